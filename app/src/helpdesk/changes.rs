//! What happened to a ticket between the look its author had and now: shown before anything is done all the same.

use crate::model::ticket::Ticket;

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// How far it is.
    State,
    /// Who works on it.
    Owner,
    /// Where it is.
    Queue,
    /// How urgent it is.
    Priority,
    /// What it is about.
    Title,
    /// How much is written in it.
    Articles,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what.
    pub field: Field,
    /// As it was; empty for nothing.
    pub before: String,
    /// As it is.
    pub now: String,
}

/// What differs. Tickets of lists know no articles: then nothing is said of them.
#[must_use]
pub fn changes(before: &Ticket, now: &Ticket) -> Vec<Change> {
    let owner = |ticket: &Ticket| ticket.owner.clone().unwrap_or_default();
    let mut changes: Vec<Change> = [
        (Field::State, before.state.clone(), now.state.clone()),
        (Field::Owner, owner(before), owner(now)),
        (Field::Queue, before.queue.clone(), now.queue.clone()),
        (Field::Priority, before.priority.clone(), now.priority.clone()),
        (Field::Title, before.title.clone(), now.title.clone()),
    ]
    .into_iter()
    .filter(|(_, before, now)| before != now)
    .map(|(field, before, now)| Change { field, before, now })
    .collect();
    let known = before.articles.last().map(|article| article.id);
    let mut new = now.articles.iter().filter(|article| known.is_some_and(|known| article.id > known));
    if let Some(article) = new.next_back() {
        let now = [&article.from, ": ", &article.body].concat();
        changes.push(Change { field: Field::Articles, before: String::new(), now });
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::{Change, Field, changes};
    use crate::helpdesk::expected::tests::ticket;

    #[test]
    fn only_what_differs_is_told() {
        let before = ticket();
        assert_eq!(changes(&before, &before), []);
        let mut now = ticket();
        now.owner = Some("anna".into());
        now.queue = "Raw".into();
        now.version = "b".into();
        assert_eq!(
            changes(&before, &now),
            [
                Change { field: Field::Owner, before: String::new(), now: "anna".into() },
                Change { field: Field::Queue, before: "IT::Level1".into(), now: "Raw".into() },
            ]
        );
    }
}
