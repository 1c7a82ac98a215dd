//! Writing what OTRS says into the copy, and telling the screens what is new: one transaction.

use std::collections::HashMap;

use app::model::{
    ids::TicketId,
    live::Topic,
    ticket::{StateType, TicketNews, What},
};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    convert::{self, Batch},
    events,
};
use crate::{
    integrations::otrs::{self, Actor, Detail, Failure, History},
    services::{Deps, servers::json as raw, tickets::Line},
    store::{
        self,
        live_log::{Audience, News},
        tickets::{Before, names::Told},
    },
};

/// Whether anybody is told of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Everybody who may know.
    Aloud,
    /// Nobody: the first filling.
    Quiet,
}

/// Why the copy could not be renewed.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// OTRS did not give what was asked for.
    #[error(transparent)]
    Otrs(#[from] Failure),
    /// It could not be written.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Reads these tickets anew as the service agent and writes them down; those that are refused are gone. Gives those that were
/// read.
///
/// # Errors
/// Those of OTRS and of the database.
pub async fn refresh(
    deps: &Deps,
    line: &Line,
    ids: &[otrs::TicketId],
    telling: Telling,
    now: OffsetDateTime,
) -> Result<Vec<(otrs::Ticket, History)>, Trouble> {
    let reading = store::tickets::begin_reading(&mut *deps.db.acquire().await?).await?;
    let (tickets, gone) = read(line, ids).await?;
    let mut tx = deps.db.begin().await?;
    let mut news = write(&mut tx, &tickets, telling, reading, now).await?;
    if !gone.is_empty() {
        news.extend(vanish(&mut tx, &gone, now).await?);
    }
    store::live_log::append(&mut tx, &news, now).await?;
    tx.commit().await?;
    Ok(tickets)
}

/// The histories are read first: what happens in between stands in the articles then and is not missed, for the change of the
/// ticket is found by the next look.
async fn read(line: &Line, ids: &[otrs::TicketId]) -> Result<(Vec<(otrs::Ticket, History)>, Vec<i64>), Failure> {
    let histories = line.client.histories(Actor::Service, ids).await?;
    let mut histories: HashMap<_, _> = histories.seen.into_iter().map(|history| (history.ticket, history)).collect();
    let seen = line.client.tickets(Actor::Service, ids, Detail::Articles).await?;
    for (id, why) in &seen.unreadable {
        tracing::warn!(ticket.id = %id, why, "A ticket of OTRS cannot be read");
    }
    let with_history = |ticket: otrs::Ticket| {
        let none = History { ticket: ticket.id, entries: Vec::new() };
        let history = histories.remove(&ticket.id).unwrap_or(none);
        (ticket, history)
    };
    let tickets = seen.seen.into_iter().map(with_history).collect();
    Ok((tickets, seen.hidden.into_iter().map(otrs::TicketId::get).collect()))
}

async fn write(
    tx: &mut PgConnection,
    tickets: &[(otrs::Ticket, History)],
    telling: Telling,
    reading: i64,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<News>> {
    let ids: Vec<i64> = tickets.iter().map(|(ticket, _)| ticket.id.get()).collect();
    let before = store::tickets::lock(tx, &ids).await?;
    let before: HashMap<i64, Before> = before.into_iter().map(|before| (before.id, before)).collect();
    let mut batch = Batch::default();
    for (ticket, history) in tickets {
        // Somebody else read it later, or there is nothing new: looks overlap.
        let is_known = |before: &Before| before.reading > reading || stands_there(before, ticket, history);
        if !before.get(&ticket.id.get()).is_some_and(is_known) {
            batch.add(ticket, history, reading);
        }
    }
    if batch.tickets.is_empty() {
        return Ok(Vec::new());
    }
    let names =
        |names: &std::collections::BTreeMap<i64, store::tickets::Name>| names.values().cloned().collect::<Vec<_>>();
    let (queues, agents) = (names(&batch.queues), names(&batch.agents));
    let ids: Vec<i64> = batch.queues.keys().copied().collect();
    if !store::tickets::empty_queues(tx, &ids).await?.is_empty() {
        store::otrs_links::doubt_all(tx, now).await?;
    }
    store::tickets::write_names(tx, &queues, &agents, &names(&batch.states), &names(&batch.priorities)).await?;
    store::tickets::write(tx, &batch.tickets).await?;
    store::tickets::write_articles(tx, &batch.articles, &batch.files).await?;
    store::tickets::write_history(tx, &batch.entries).await?;
    let written: Vec<i64> = batch.tickets.iter().map(|ticket| ticket.id).collect();
    events::write(tx, &written).await?;
    if telling == Telling::Quiet {
        return Ok(Vec::new());
    }
    let mut changed = HashMap::new();
    let mut news = Vec::new();
    for row in &batch.tickets {
        let before = before.get(&row.id).filter(|before| !before.gone);
        let what = what(before, row);
        if what.is_empty() {
            continue;
        }
        if let Some(before) = before.filter(|before| before.queue_id != row.queue_id) {
            news.push(vanished(row.id, before.queue_id, Some(row.queue_id)));
        }
        changed.insert(row.id, what);
    }
    let ids: Vec<i64> = changed.keys().copied().collect();
    let rows = store::tickets::names::told(tx, &ids).await?;
    news.extend(rows.into_iter().map(|row| {
        let what = changed.remove(&row.id).unwrap_or_default();
        told(row, what)
    }));
    Ok(news)
}

/// Whether the copy holds just this already.
/// Files come last and move nothing else: a look in between saw the article without them.
fn stands_there(before: &Before, ticket: &otrs::Ticket, history: &History) -> bool {
    let files = ticket.articles.iter().map(|article| article.attachments.len()).sum::<usize>();
    !before.gone
        && before.files >= i64::try_from(files).unwrap_or(i64::MAX)
        && before.version == convert::version(ticket, history.entries.len())
        && before.changed_at == ticket.changed_at
        && before.escalates_at == ticket.deadlines.next
}

/// What is new about a ticket; nothing when it looks as before.
fn what(before: Option<&Before>, after: &store::tickets::Ticket) -> Vec<What> {
    let Some(before) = before else { return vec![What::Created] };
    if convert::is_same(&before.version, &after.version) {
        return Vec::new();
    }
    let mut what = Vec::new();
    if after.last_article_id > before.last_article_id {
        what.push(if after.last_sender == "customer" { What::CustomerAnswer } else { What::Article });
    }
    if after.state_type == "merged" && before.state_type != "merged" {
        what.push(What::Merged);
    } else if after.state_id != before.state_id {
        what.push(What::State);
    }
    if after.owner_id != before.owner_id {
        what.push(What::Owner);
    }
    if after.queue_id != before.queue_id {
        what.push(What::Queue);
    }
    if what.is_empty() {
        what.push(What::Other);
    }
    what
}

fn told(row: Told, what: Vec<What>) -> News {
    let event = if what == [What::Created] { "ticket.created" } else { "ticket.changed" };
    let somebody = |id: i64, login: &str| Some(login.to_lowercase()).filter(|_| id != 1);
    let agents = [somebody(row.owner_id, &row.owner), somebody(row.responsible_id, &row.responsible)];
    let audience = Audience::Ticket {
        ticket: row.id,
        queue: row.queue_id,
        unless_queue: None,
        agents: agents.into_iter().flatten().collect(),
    };
    let news = TicketNews {
        id: TicketId::from(row.id),
        number: row.number,
        title: row.title,
        queue: row.queue,
        owner: Some(row.owner).filter(|_| row.owner_id != 1),
        state_type: StateType::from_name(&row.state_type),
        version: row.version,
        what,
        changed_at: row.changed_at,
    };
    News { topic: Topic::Tickets, event, data: raw(&news), audience: Some(audience) }
}

/// What those are told who see a queue where a ticket no longer is.
fn vanished(ticket: i64, queue: i64, unless_queue: Option<i64>) -> News {
    let audience = Audience::Ticket { ticket, queue, unless_queue, agents: Vec::new() };
    let data = raw(&json!({ "id": TicketId::from(ticket) }));
    News { topic: Topic::Tickets, event: "ticket.vanished", data, audience: Some(audience) }
}

/// These tickets are out of sight of the service agent.
async fn vanish(tx: &mut PgConnection, ids: &[i64], now: OffsetDateTime) -> sqlx::Result<Vec<News>> {
    let gone = store::tickets::mark_gone(tx, ids, now).await?;
    Ok(gone.into_iter().map(|before| vanished(before.id, before.queue_id, None)).collect())
}

/// Tells of tickets whose next promise is broken soon.
///
/// # Errors
/// Those of the database.
pub async fn tell_escalations(deps: &Deps, by: OffsetDateTime, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = deps.db.begin().await?;
    let ids = store::tickets::sync::take_escalating(&mut tx, by).await?;
    if ids.is_empty() {
        return Ok(());
    }
    let rows = store::tickets::names::told(&mut tx, &ids).await?;
    let news: Vec<News> = rows.into_iter().map(|row| told(row, vec![What::Escalating])).collect();
    store::live_log::append(&mut tx, &news, now).await?;
    tx.commit().await
}
