//! Keeping the past: partitions are made ahead, checks are rolled up, what is too old is dropped.

use time::{Duration, OffsetDateTime, Time, UtcOffset};

use crate::{
    services::Deps,
    store::{self, history::Table},
};

/// How long raw checks are kept.
pub const KEPT_CHECKS: Duration = Duration::days(4);
/// How long minutes are kept.
pub const KEPT_MINUTES: Duration = Duration::days(15);
/// How long hours are kept.
pub const KEPT_HOURS: Duration = Duration::days(400);
/// How long days are kept.
pub const KEPT_DAYS: Duration = Duration::days(5 * 366);
/// Checks that come later than this are not in the roll-ups: the runner keeps none longer.
const LATE: Duration = Duration::minutes(3);

/// Makes the partitions of today and of the days to come. Several nodes may do it at once.
///
/// # Errors
/// Those of the database.
pub async fn prepare(deps: &Deps, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = deps.db.begin().await?;
    store::leases::wait_for(&mut tx, store::leases::PARTITIONS).await?;
    let today = now.to_offset(UtcOffset::UTC).date();
    for table in Table::ALL {
        for ahead in -1..=2 {
            store::history::ensure(&mut tx, table, today + Duration::days(ahead)).await?;
        }
    }
    tx.commit().await
}

/// Drops what is too old. How many partitions went.
///
/// # Errors
/// Those of the database.
pub async fn tidy(deps: &Deps, now: OffsetDateTime) -> sqlx::Result<usize> {
    let mut db = deps.db.acquire().await?;
    let today = now.to_offset(UtcOffset::UTC).date();
    let mut dropped = 0;
    for (table, kept) in
        [(Table::Check, KEPT_CHECKS), (Table::Minute, KEPT_MINUTES), (Table::Hour, KEPT_HOURS), (Table::Day, KEPT_DAYS)]
    {
        dropped += store::history::drop_before(&mut db, table, today - kept).await?;
    }
    Ok(dropped)
}

/// Rolls up what is complete by now, a stretch at a time. Whether there may be more.
///
/// # Errors
/// Those of the database.
pub async fn roll_up(deps: &Deps, now: OffsetDateTime) -> sqlx::Result<bool> {
    let complete = now.to_offset(UtcOffset::UTC) - LATE;
    let mut more = false;
    for (table, stretch) in
        [(Table::Minute, Duration::HOUR), (Table::Hour, Duration::hours(6)), (Table::Day, Duration::DAY)]
    {
        let mut tx = deps.db.begin().await?;
        let Some(from) = store::history::rolled_up_until(&mut tx, table).await? else { continue };
        let end = truncated(complete, table);
        let to = end.min(from + stretch);
        if to > from {
            store::history::roll_up(&mut tx, table, from, to).await?;
            tx.commit().await?;
            more |= to < end;
        }
    }
    Ok(more)
}

/// The beginning of the step that holds this time.
fn truncated(at: OffsetDateTime, table: Table) -> OffsetDateTime {
    let time = match table {
        Table::Check => at.time(),
        Table::Minute => Time::from_hms(at.hour(), at.minute(), 0).unwrap_or(Time::MIDNIGHT),
        Table::Hour => Time::from_hms(at.hour(), 0, 0).unwrap_or(Time::MIDNIGHT),
        Table::Day => Time::MIDNIGHT,
    };
    at.replace_time(time)
}
