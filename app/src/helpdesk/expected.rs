//! What a ticket is expected to look like once an action is done: it is shown so at once, and as it was when it fails.

use crate::model::{
    action::{ActionKind, ActionRequest},
    ticket::{Lock, StateType, Ticket},
};

/// Changes the ticket as the action will. `me` is how the screens call its author.
pub fn expect(ticket: &mut Ticket, request: &ActionRequest, me: &str) {
    let own = |ticket: &mut Ticket| {
        ticket.owner = Some(me.to_owned());
        ticket.lock = Lock::Lock;
    };
    match request.action {
        ActionKind::Take => {
            own(ticket);
            if ticket.state_type == StateType::New {
                ticket.state_type = StateType::Open;
            }
        }
        ActionKind::Release => {
            ticket.owner = None;
            ticket.lock = Lock::Unlock;
        }
        ActionKind::Close | ActionKind::Reject => {
            // OTRS gives it to who ends it.
            if ticket.owner.is_none() {
                own(ticket);
            }
            ticket.state_type = StateType::Closed;
            ticket.escalates_at = None;
            ticket.pending_until = None;
        }
        ActionKind::Reopen => ticket.state_type = StateType::Open,
        ActionKind::Move => ticket.queue = request.queue.clone().unwrap_or_else(|| ticket.queue.clone()),
        ActionKind::Priority => ticket.priority = request.priority.clone().unwrap_or_else(|| ticket.priority.clone()),
        ActionKind::Assign => {
            ticket.owner = request.owner.clone();
            ticket.lock = Lock::Lock;
        }
        ActionKind::Pending => {
            ticket.state_type = StateType::PendingReminder;
            ticket.pending_until = request.until;
        }
        ActionKind::Comment | ActionKind::Reply | ActionKind::Create => {}
    }
}

/// With a ticket that other tests use, too.
#[cfg(test)]
pub(crate) mod tests {
    use time::macros::datetime;

    use super::expect;
    use crate::model::{
        action::{ActionKind, ActionRequest},
        ticket::{Lock, StateType, Ticket},
    };

    /// A new ticket that nobody has taken.
    pub fn ticket() -> Ticket {
        let at = datetime!(2026-11-20 9:00 UTC);
        Ticket {
            id: 7.into(),
            number: "2026112000000017".into(),
            title: "Не печатает".into(),
            queue: "IT::Level1".into(),
            state: "new".into(),
            state_type: StateType::New,
            priority: "3 normal".into(),
            lock: Lock::Unlock,
            owner: None,
            responsible: None,
            customer: None,
            created_at: at,
            changed_at: at,
            escalates_at: Some(at),
            pending_until: None,
            unread: true,
            watched: false,
            version: "a".into(),
            as_of: at,
            articles: Vec::new(),
            history: Vec::new(),
            detail: None,
        }
    }

    fn after(request: &ActionRequest) -> Ticket {
        let mut ticket = ticket();
        expect(&mut ticket, request, "petr");
        ticket
    }

    #[test]
    fn who_takes_it_has_it() {
        let taken = after(&ActionRequest::new(ActionKind::Take));
        assert_eq!((taken.owner.as_deref(), taken.lock, taken.state_type), (Some("petr"), Lock::Lock, StateType::Open));
    }

    #[test]
    fn what_is_over_escalates_no_more() {
        for kind in [ActionKind::Close, ActionKind::Reject] {
            let closed = after(&ActionRequest::new(kind));
            assert_eq!((closed.state_type, closed.escalates_at), (StateType::Closed, None));
        }
    }

    #[test]
    fn a_comment_changes_nothing_else() {
        assert_eq!(after(&ActionRequest::new(ActionKind::Comment)), ticket());
    }

    #[test]
    fn what_is_named_is_there() {
        let request = ActionRequest { queue: Some("Raw".into()), ..ActionRequest::new(ActionKind::Move) };
        assert_eq!(after(&request).queue, "Raw");
        assert_eq!(after(&ActionRequest::new(ActionKind::Move)).queue, "IT::Level1");
    }
}
