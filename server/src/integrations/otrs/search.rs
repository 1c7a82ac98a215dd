//! Conditions of a search. Pure.
//!
//! OTRS ignores a condition whose name it does not know, and everything matches (150, 189, 205); a value that it does
//! not know empties the answer without a word (143, 144, 199, 202). So names are spelled here once, and values are
//! numbers where there are any.

use serde_json::{Value, json};

use super::{HostTime, StateKind, TicketId, request::Params};

/// A time of a ticket that searches compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeField {
    /// When it was made.
    Created,
    /// When it was last changed: moved by notes, fields, title, lock and customer too (470-489), not by setting what is
    /// set already.
    Changed,
}

/// Which tickets are wanted. Several values of one condition are alternatives, several conditions all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// In one of these queues, sub-queues not included.
    Queues(Vec<i64>),
    /// In one of these states.
    States(Vec<i64>),
    /// In states of these kinds.
    StateKinds(Vec<StateKind>),
    /// Of one of these owners.
    Owners(Vec<i64>),
    /// Of one of these responsible agents.
    Responsibles(Vec<i64>),
    /// Asked by this customer user.
    CustomerUser(String),
    /// With this number for people.
    Number(String),
    /// One of these.
    Tickets(Vec<TicketId>),
    /// Between these times, both included, as the host's clock shows them.
    Between(TimeField, HostTime, HostTime),
    /// Whose additional field has this value. Needs a route with POST.
    Field {
        /// Of the field.
        name: String,
        /// The exact value.
        equals: String,
    },
}

/// By what the numbers are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// Time of creation.
    Created,
    /// Time of change.
    Changed,
}

/// Which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Oldest first.
    Up,
    /// Newest first.
    Down,
}

/// A search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// All hold.
    pub conditions: Vec<Condition>,
    /// At most so many. Nothing says that there are more: see [`super::Walk`].
    pub limit: usize,
    /// Tickets of one second come in any order.
    pub sort: (SortBy, Order),
}

impl Search {
    /// Whether it can be asked in a query string.
    pub(super) fn fits_a_query(&self) -> bool {
        !self.conditions.iter().any(|condition| matches!(condition, Condition::Field { .. }))
    }

    /// Whether no ticket can fit: an empty list of alternatives, which OTRS takes for no condition (417).
    pub(super) fn is_hopeless(&self) -> bool {
        self.conditions.iter().any(|condition| match condition {
            Condition::Queues(ids) | Condition::States(ids) | Condition::Owners(ids) | Condition::Responsibles(ids) => {
                ids.is_empty()
            }
            Condition::StateKinds(kinds) => kinds.is_empty(),
            Condition::Tickets(ids) => ids.is_empty(),
            Condition::Between(_, from, to) => from > to,
            Condition::CustomerUser(_) | Condition::Number(_) | Condition::Field { .. } => false,
        }) || self.limit == 0
    }

    pub(super) fn params(&self) -> Params {
        let mut params: Params = self.conditions.iter().flat_map(params_of).collect();
        let (by, order) = self.sort;
        params.push(("SortBy".to_owned(), json!(if by == SortBy::Created { "Created" } else { "Changed" })));
        params.push(("OrderBy".to_owned(), json!(if order == Order::Up { "Up" } else { "Down" })));
        params.push(("Limit".to_owned(), json!(self.limit)));
        params
    }
}

fn params_of(condition: &Condition) -> Params {
    let one = |name: &str, value: Value| vec![(name.to_owned(), value)];
    match condition {
        Condition::Queues(ids) => one("QueueIDs", json!(ids)),
        Condition::States(ids) => one("StateIDs", json!(ids)),
        Condition::StateKinds(kinds) => one("StateType", kinds.iter().map(StateKind::name).collect()),
        Condition::Owners(ids) => one("OwnerIDs", json!(ids)),
        Condition::Responsibles(ids) => one("ResponsibleIDs", json!(ids)),
        Condition::CustomerUser(login) => one("CustomerUserLogin", json!(literally(login))),
        Condition::Number(number) => one("TicketNumber", json!(literally(number))),
        Condition::Tickets(ids) => one("TicketID", ids.iter().map(|id| json!(id.to_string())).collect()),
        Condition::Between(field, from, to) => {
            // `TicketChangeTime…` looks at any entry of the history (312, 314); the field itself is `LastChange`.
            let name = if *field == TimeField::Created { "TicketCreateTime" } else { "TicketLastChangeTime" };
            vec![
                (format!("{name}NewerDate"), json!(from.to_string())),
                (format!("{name}OlderDate"), json!(to.to_string())),
            ]
        }
        Condition::Field { name, equals } => one("DynamicField", json!([{"Name": name, "Equals": equals}])),
    }
}

/// Without what stands for any text.
fn literally(text: &str) -> String {
    text.replace(['*', '\0'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_named_as_otrs_knows_them() {
        let at = |text| HostTime::read(text).expect("a time");
        let search = Search {
            conditions: vec![
                Condition::Queues(vec![5, 6]),
                Condition::StateKinds(vec![StateKind::New, StateKind::PendingReminder]),
                Condition::Between(TimeField::Changed, at("2026-11-20 02:32:17"), at("2026-11-20 02:32:18")),
                Condition::CustomerUser("ti*na".into()),
            ],
            limit: 5,
            sort: (SortBy::Changed, Order::Up),
        };
        let expected = json!({
            "QueueIDs": [5, 6],
            "StateType": ["new", "pending reminder"],
            "TicketLastChangeTimeNewerDate": "2026-11-20 02:32:17",
            "TicketLastChangeTimeOlderDate": "2026-11-20 02:32:18",
            "CustomerUserLogin": "tina",
            "SortBy": "Changed",
            "OrderBy": "Up",
            "Limit": 5,
        });
        assert_eq!(search.params().into_iter().collect::<Value>(), expected);
    }

    #[test]
    fn no_alternatives_are_no_tickets() {
        let search = |conditions| Search { conditions, limit: 5, sort: (SortBy::Created, Order::Up) };
        assert!(search(vec![Condition::Queues(Vec::new())]).is_hopeless());
        assert!(!search(Vec::new()).is_hopeless());
    }
}
