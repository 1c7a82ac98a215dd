//! An action as the device knows it, from the press to its end. What no server has accepted is kept on the device, so that it
//! outlives a reload and is sent once there is a connection: in order, and with its own key, which makes a repetition harmless.

use serde::{Deserialize, Serialize};

use crate::model::{
    Error,
    action::{ActionKind, ActionRequest},
    ids::{ActionId, TicketId},
    ticket::Ticket,
};

/// One action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// The key of its request.
    pub key: String,
    /// When it was asked for, in milliseconds.
    pub at_ms: i64,
    /// On which ticket.
    pub ticket: TicketId,
    /// Its number for people.
    pub number: String,
    /// What that is about.
    pub title: String,
    /// What is done.
    pub request: ActionRequest,
    /// Why the server did not accept it; it waits for its author.
    pub refused: Option<Error>,
    /// What the server calls it since it was accepted.
    #[serde(skip)]
    pub stored: Option<ActionId>,
    /// It was on its way before, and nobody knows whether it arrived.
    #[serde(default)]
    pub tried: bool,
    /// Its author took it back while it was, or may have been, on its way.
    #[serde(default)]
    pub undone: bool,
    /// It is done; shown until the ticket itself says so.
    #[serde(skip)]
    pub over: bool,
}

impl Act {
    /// Not sent yet.
    #[must_use]
    pub fn new(key: String, at_ms: i64, ticket: &Ticket, request: ActionRequest) -> Self {
        let (number, title) = (ticket.number.clone(), ticket.title.clone());
        Self {
            key,
            at_ms,
            ticket: ticket.id,
            number,
            title,
            request,
            refused: None,
            stored: None,
            tried: false,
            undone: false,
            over: false,
        }
    }

    /// It is shown as if it were done.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.refused.is_none() && !self.undone
    }

    /// It is only known here.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        self.stored.is_none() && !self.undone
    }

    /// What was written with it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.request.comment.as_deref().unwrap_or_default()
    }

    /// It does something besides what is written.
    #[must_use]
    pub const fn is_more_than_words(&self) -> bool {
        !matches!(self.request.action, ActionKind::Comment | ActionKind::Reply)
    }
}

/// The next one to be sent: the oldest, unless an older one on the same ticket waits for its author. One that was taken back may
/// have arrived before: the server is asked to take it back.
#[must_use]
pub fn next(acts: &[Act]) -> Option<&Act> {
    let mut waiting: Vec<&Act> = acts.iter().filter(|act| act.stored.is_none()).collect();
    waiting.sort_by(|one, other| (one.at_ms, &one.key).cmp(&(other.at_ms, &other.key)));
    waiting.iter().enumerate().find_map(|(at, act)| {
        let held = waiting[..at].iter().any(|older| older.ticket == act.ticket && older.refused.is_some());
        (act.refused.is_none() && !held).then_some(*act)
    })
}

/// Whether trying the same again later may help: the server did not look at it, or is about to.
#[must_use]
pub fn may_come_later(error: &Error) -> bool {
    match error {
        Error::Unavailable { .. } | Error::TooMany { .. } | Error::Unauthenticated { .. } => true,
        Error::Conflict { code, .. } => code == "idempotency_key_in_use",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, may_come_later, next};
    use crate::{
        helpdesk::expected::tests::ticket,
        model::{
            Error,
            action::{ActionKind, ActionRequest},
        },
    };

    fn act(key: &str, at_ms: i64, on: i64) -> Act {
        let ticket = crate::model::ticket::Ticket { id: on.into(), ..ticket() };
        Act::new(key.into(), at_ms, &ticket, ActionRequest::new(ActionKind::Take))
    }

    #[test]
    fn actions_are_sent_in_their_order() {
        let acts = [act("b", 2, 7), act("a", 1, 8)];
        assert_eq!(next(&acts).map(|act| act.key.as_str()), Some("a"));
    }

    #[test]
    fn what_is_on_the_server_is_not_sent_again() {
        let mut done = act("a", 1, 7);
        done.stored = Some(5.into());
        assert_eq!(next(&[done]), None);
    }

    #[test]
    fn one_that_was_taken_back_and_may_have_arrived_is_not_forgotten() {
        let gone = Act { tried: true, undone: true, ..act("a", 1, 7) };
        let kept = serde_json::to_string(&gone).expect("serialises");
        let kept: Act = serde_json::from_str(&kept).expect("reads back");
        assert!(kept.undone && !kept.counts() && !kept.is_here());
        assert_eq!(next(&[kept]).map(|act| act.key.as_str()), Some("a"));
    }

    #[test]
    fn a_refused_one_holds_back_its_ticket_and_no_other() {
        let refused = Act { refused: Some(Error::conflict("ticket_conflict")), ..act("a", 1, 7) };
        let acts = [refused, act("b", 2, 7), act("c", 3, 8)];
        assert_eq!(next(&acts).map(|act| act.key.as_str()), Some("c"));
    }

    #[test]
    fn it_survives_the_device() {
        let act = Act { refused: Some(Error::conflict_with("ticket_conflict", &7)), ..act("a", 1, 7) };
        let kept = serde_json::to_string(&act).expect("serialises");
        assert_eq!(serde_json::from_str::<Act>(&kept).expect("reads back"), act);
    }

    #[test]
    fn only_what_nobody_looked_at_is_tried_again() {
        assert!(may_come_later(&Error::Unavailable { retry_after_s: 1 }));
        assert!(may_come_later(&Error::conflict("idempotency_key_in_use")));
        assert!(!may_come_later(&Error::NotFound));
        assert!(!may_come_later(&Error::conflict("ticket_conflict")));
    }
}
