//! Keeps the events of tickets: made when a ticket is copied, and all of them anew when the rule is another one.

use std::collections::{BTreeMap, HashMap};

use sqlx::PgConnection;

use super::settings;
use crate::{
    helpdesk::fold::{self, Entry, States, fold},
    services::Deps,
    store::{
        self,
        tickets::events::{EntryRow, EventRow, MarkRow},
    },
};

/// Tickets whose events are made anew at once.
const BATCH: i64 = 500;

/// Makes the events of these tickets out of what the copy holds of them, in the transaction that wrote it.
///
/// # Errors
/// Those of the database.
pub async fn write(tx: &mut PgConnection, ids: &[i64]) -> sqlx::Result<()> {
    let (states, _) = states(tx).await?;
    make(tx, ids, &states).await
}

async fn make(tx: &mut PgConnection, ids: &[i64], states: &States) -> sqlx::Result<()> {
    let mut answers: HashMap<i64, Vec<i64>> = HashMap::new();
    for (ticket, article) in store::tickets::events::answers(tx, ids).await? {
        answers.entry(ticket).or_default().push(article);
    }
    let rows = store::tickets::events::histories(tx, ids).await?;
    let mut marks: HashMap<i64, Vec<MarkRow>> = HashMap::new();
    for mark in store::tickets::events::marks(tx, ids).await? {
        marks.entry(mark.ticket_id).or_default().push(mark);
    }
    let mut events = Vec::new();
    let mut agents = BTreeMap::new();
    for history in rows.chunk_by(|one, next| one.ticket_id == next.ticket_id) {
        let ticket = history[0].ticket_id;
        let marks = marks.get(&ticket).map(Vec::as_slice).unwrap_or_default();
        let mut entries = Vec::new();
        for row in history {
            let mark = marks.iter().find(|mark| row.article_id.is_some() && row.name.contains(&mark.marker));
            let entry = entry(row, mark);
            let author = mark.and_then(|mark| Some((row.by, mark.login.as_deref()?)));
            agents.extend(author.or_else(|| fold::named(&entry)).map(|(id, login)| (id, login.to_owned())));
            entries.push(entry);
        }
        let answers = answers.get(&ticket).map(Vec::as_slice).unwrap_or_default();
        events.extend(fold(&entries, answers, states).into_iter().map(|event| row(ticket, event)));
    }
    let (numbers, logins): (Vec<i64>, Vec<String>) = agents.into_iter().filter(|(id, _)| *id != fold::NOBODY).unzip();
    store::tickets::events::know_agents(tx, &numbers, &logins).await?;
    store::tickets::events::replace(tx, ids, &events).await
}

/// Only what the service agent did counts for somebody else than its author.
fn entry(row: &EntryRow, mark: Option<&MarkRow>) -> Entry {
    Entry {
        place: row.place,
        at: row.at,
        by: row.by,
        kind: row.kind.clone(),
        name: row.name.clone(),
        article: row.article_id,
        queue: row.queue_id,
        state: row.state_id,
        owner: row.owner_id,
        account: mark.filter(|mark| mark.login.is_none()).map(|mark| mark.account_id),
    }
}

fn row(ticket: i64, event: fold::Event) -> EventRow {
    EventRow {
        ticket_id: ticket,
        place: event.place,
        kind: event.kind.as_str(),
        at: event.at,
        by: event.who.agent,
        account_id: event.who.account,
        queue_id: event.queue,
        after_s: event.after_s,
    }
}

/// What is known of states, and the rule that follows from it.
async fn states(db: &mut PgConnection) -> sqlx::Result<(States, String)> {
    let known = store::tickets::events::states(db).await?;
    let reject = settings::get(db).await?.reject_state;
    let rule = serde_json::json!([fold::VERSION, reject, known]).to_string();
    Ok((States::new(known, &reject), rule))
}

/// Makes some of the events anew that follow an older rule. Whether there may be more of them.
///
/// # Errors
/// Those of the database.
pub async fn renew(deps: &Deps) -> sqlx::Result<bool> {
    let mut tx = deps.db.begin().await?;
    let (written, through) = store::tickets::events::rule(&mut tx).await?;
    let (states, rule) = states(&mut tx).await?;
    let after = if written == rule { through } else { 0 };
    if after == i64::MAX {
        return Ok(false);
    }
    let ids = store::tickets::events::next(&mut tx, after, BATCH).await?;
    // Whoever copies one of them meanwhile waits, and makes its events after this.
    store::tickets::lock(&mut tx, &ids).await?;
    make(&mut tx, &ids, &states).await?;
    let through = ids.last().copied().unwrap_or(i64::MAX);
    store::tickets::events::set_rule(&mut tx, &rule, through).await?;
    tx.commit().await?;
    Ok(!ids.is_empty())
}
