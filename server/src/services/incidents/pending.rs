//! What time does to incidents: those that waited long enough for their parents are decided, and those that began
//! in a planned window are quiet no longer when it ends.

use std::collections::BTreeSet;

use time::OffsetDateTime;

use super::Book;
use crate::{
    services::{
        Deps,
        servers::{MOST, shown, windows::OpenWindows},
    },
    store,
};

/// How many are decided in one transaction.
const AT_ONCE: i64 = 100;

/// Decides incidents that waited long enough. Whether there may be more.
///
/// # Errors
/// Those of the database.
pub async fn decide(deps: &Deps, now: OffsetDateTime) -> sqlx::Result<bool> {
    let mut tx = deps.db.begin().await?;
    let due = store::incidents::due(&mut tx, now, AT_ONCE).await?;
    if due.is_empty() {
        return Ok(false);
    }
    let mut book = Book::open(deps, &mut tx, now);
    for pending in &due {
        book.decide(pending).await?;
    }
    let news = book.news().await?;
    store::live_log::append(&mut tx, &news, now).await?;
    tx.commit().await?;
    Ok(i64::try_from(due.len()).is_ok_and(|decided| decided == AT_ONCE))
}

/// Says which servers entered or left a planned window since `before`; answers those that are in one now.
///
/// # Errors
/// Those of the database.
pub async fn follow_windows(deps: &Deps, before: &BTreeSet<i64>, now: OffsetDateTime) -> sqlx::Result<BTreeSet<i64>> {
    let mut tx = deps.db.begin().await?;
    let windows = OpenWindows::load(deps, &mut tx, now).await?;
    let covered: BTreeSet<i64> = if windows.is_empty() {
        BTreeSet::new()
    } else {
        let rows = store::servers::list::rows(&mut tx, None, MOST).await?;
        rows.iter().filter(|row| windows.over(row.id.get(), row.group_id).is_some()).map(|row| row.id.get()).collect()
    };
    let in_window: Vec<i64> = covered.iter().copied().collect();
    let mut book = Book::open(deps, &mut tx, now);
    book.windows_ended(&in_window).await?;
    let mut news = book.news().await?;
    let moved: Vec<i64> = covered.symmetric_difference(before).copied().collect();
    news.extend(shown::news_of(deps, &mut tx, &moved, now).await?);
    store::live_log::append(&mut tx, &news, now).await?;
    tx.commit().await?;
    Ok(covered)
}
