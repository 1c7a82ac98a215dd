//! From what OTRS says of tickets to rows of the copy. Pure.

use std::collections::BTreeMap;

use serde_json::json;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::clean;
use crate::{
    integrations::otrs::{History, StateKind, Ticket},
    store::tickets::{self as rows, Name},
};

/// What a batch of tickets is in the copy.
#[derive(Debug, Default)]
pub struct Batch {
    pub tickets: Vec<rows::Ticket>,
    pub articles: Vec<rows::Article>,
    pub files: Vec<rows::Attachment>,
    pub entries: Vec<rows::Entry>,
    pub queues: BTreeMap<i64, Name>,
    pub agents: BTreeMap<i64, Name>,
    pub states: BTreeMap<i64, Name>,
    pub priorities: BTreeMap<i64, Name>,
}

impl Batch {
    /// Adds a ticket that was read with its articles in this reading.
    pub fn add(&mut self, ticket: &Ticket, history: &History, reading: i64) {
        let name = |id: i64, name: &str, kind: &str| Name { id, name: name.to_owned(), kind: kind.to_owned() };
        let kind = kind(&ticket.state_kind);
        self.queues.insert(ticket.queue.id, name(ticket.queue.id, &clean::line(&ticket.queue.name), ""));
        self.states.insert(ticket.state.id, name(ticket.state.id, &ticket.state.name, kind));
        self.priorities.insert(ticket.priority.id, name(ticket.priority.id, &ticket.priority.name, ""));
        for agent in [&ticket.owner, &ticket.responsible] {
            if !agent.login.is_empty() {
                self.agents.insert(agent.id, name(agent.id, &agent.login, ""));
            }
        }
        self.tickets.push(row(ticket, history, reading));
        for article in &ticket.articles {
            let (body, body_cut) = clean::body(&article.body);
            self.articles.push(rows::Article {
                id: article.id.get(),
                ticket_id: ticket.id.get(),
                at: article.at,
                created_by: article.created_by,
                channel: article.channel,
                sender: article.sender.clone(),
                visible: article.visible_for_customer,
                deleted: article.deleted,
                sent_from: clean::line(&article.from),
                sent_to: clean::line(&article.to),
                cc: clean::line(&article.cc),
                subject: clean::line(&article.subject),
                body,
                body_cut,
            });
            self.files.extend(article.attachments.iter().map(|file| rows::Attachment {
                ticket_id: ticket.id.get(),
                article_id: article.id.get(),
                place: file.n,
                name: file.name.replace('\0', ""),
                kind: file.content_type.replace('\0', ""),
                size: file.size.try_into().unwrap_or(i64::MAX),
                inline: file.inline,
            }));
        }
        self.entries.extend(history.entries.iter().zip(0_i32..).map(|(entry, place)| rows::Entry {
            ticket_id: ticket.id.get(),
            place,
            at: entry.at,
            by: entry.by,
            kind: entry.kind.clone(),
            name: clean::text(&entry.name),
            article_id: entry.article.map(crate::integrations::otrs::ArticleId::get),
            queue_id: entry.queue,
            state_id: entry.state,
            owner_id: entry.owner,
            priority_id: entry.priority,
        }));
    }
}

fn row(ticket: &Ticket, history: &History, reading: i64) -> rows::Ticket {
    let (customer_name, customer_email) = customer(ticket);
    let title = clean::line(&ticket.title);
    let shown = ticket.articles.iter().filter(|article| !article.deleted);
    let last = shown.clone().map(|article| article.id.get()).max().unwrap_or_default();
    let last_sender = shown.clone().rev().map(|article| article.sender.as_str()).find(|sender| *sender != "system");
    let texts = shown.flat_map(|article| [article.subject.as_str(), article.body.as_str()]);
    let known = [
        &title,
        ticket.customer_user.as_deref().unwrap_or_default(),
        ticket.customer_company.as_deref().unwrap_or_default(),
    ];
    let people = [customer_name.as_deref().unwrap_or_default(), customer_email.as_deref().unwrap_or_default()];
    let words = format!("{} {}", clean::ends(&ticket.number), clean::searched(known.into_iter().chain(people)));
    let fields = ticket.fields.iter().filter(|field| !field.values.is_empty());
    rows::Ticket {
        id: ticket.id.get(),
        number: ticket.number.clone(),
        queue_id: ticket.queue.id,
        queue: clean::line(&ticket.queue.name),
        state_id: ticket.state.id,
        state: ticket.state.name.clone(),
        state_type: kind(&ticket.state_kind).to_owned(),
        priority_id: ticket.priority.id,
        priority: ticket.priority.name.clone(),
        locked: ticket.locked,
        owner_id: ticket.owner.id,
        owner: ticket.owner.login.clone(),
        responsible_id: ticket.responsible.id,
        responsible: ticket.responsible.login.clone(),
        customer_login: ticket.customer_user.as_deref().map(clean::line),
        customer_company: ticket.customer_company.as_deref().map(clean::line),
        more_words: clean::searched(texts),
        words,
        title,
        customer_name,
        customer_email,
        kind: ticket.kind.as_ref().map(|kind| kind.name.clone()),
        service: ticket.service.as_ref().map(|service| service.name.clone()),
        sla: ticket.sla.as_ref().map(|sla| sla.name.clone()),
        fields: fields.map(|field| json!({ "name": field.name, "values": field.values.iter().map(|value| clean::text(value)).collect::<Vec<_>>() })).collect(),
        created_at: ticket.created_at,
        changed_at: ticket.changed_at,
        escalates_at: ticket.deadlines.next,
        first_response_due: ticket.deadlines.first_response,
        update_due: ticket.deadlines.update,
        solution_due: ticket.deadlines.solution,
        pending_until: ticket.pending_until,
        first_response_at: ticket.first_response_at,
        first_lock_at: ticket.first_lock_at,
        closed_at: ticket.closed_at,
        last_article_id: last,
        last_sender: last_sender.unwrap_or_default().to_owned(),
        merged_into: merged_into(ticket, history),
        version: version(ticket, history.entries.len()),
        reading,
    }
}

/// What operators look at, in short: two of them are alike when an action meant for one may be done to the other.
///
/// Deadlines are no part of it, for they move by themselves; nor is the time of the last change, for notices of OTRS move that.
pub fn version(ticket: &Ticket, entries: usize) -> String {
    let fields: Vec<_> = ticket.fields.iter().map(|field| (&field.name, &field.values)).collect();
    let looked_at = json!([
        ticket.title,
        ticket.queue.id,
        ticket.state.id,
        ticket.priority.id,
        ticket.locked,
        ticket.owner.id,
        ticket.responsible.id,
        ticket.customer_user,
        ticket.kind.as_ref().map(|kind| kind.id),
        ticket.service.as_ref().map(|service| service.id),
        ticket.sla.as_ref().map(|sla| sla.id),
        ticket.pending_until.map(OffsetDateTime::unix_timestamp),
        ticket.articles.iter().filter(|article| !article.deleted).map(|article| article.id.get()).max(),
        fields,
    ]);
    let digest = Sha256::digest(looked_at.to_string().as_bytes());
    let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{entries}-{short}")
}

/// Whether two versions are of a ticket that looks the same.
pub fn is_same(one: &str, other: &str) -> bool {
    digest_of(one) == digest_of(other)
}

/// How many entries the history had.
pub fn entries_of(version: &str) -> i32 {
    version.split('-').next().and_then(|count| count.parse().ok()).unwrap_or_default()
}

fn digest_of(version: &str) -> &str {
    version.split_once('-').map_or(version, |(_, digest)| digest)
}

/// A kind of our own is `other` for everybody.
pub fn kind(kind: &StateKind) -> &str {
    match kind {
        StateKind::Other(_) => "other",
        known => known.name(),
    }
}

/// The customer as he writes himself: From of the first article is he, whoever stored it (086).
pub fn customer(ticket: &Ticket) -> (Option<String>, Option<String>) {
    let his = ticket.articles.iter().find(|article| article.sender == "customer");
    let header = his.or(ticket.articles.first()).map(|article| article.from.as_str()).unwrap_or_default();
    let (name, email) = clean::person(header);
    let login = ticket.customer_user.as_deref().unwrap_or_default();
    (name, email.or_else(|| clean::person(login).1))
}

/// Pairs of number and id stand in the history of a merge; the other one is where it went.
fn merged_into(ticket: &Ticket, history: &History) -> Option<i64> {
    if ticket.state_kind != StateKind::Merged {
        return None;
    }
    let merge = history.entries.iter().rev().find(|entry| entry.kind == "Merged")?;
    let values: Vec<&str> = merge.values().collect();
    let mut pairs = values.chunks_exact(2).filter(|pair| pair[0] != ticket.number);
    pairs.find_map(|pair| pair[1].parse().ok().filter(|id| *id != ticket.id.get()))
}
