//! What stands beside the list, or in its place on a phone: the address says it.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use crate::{
    components::{EmptyState, Icon},
    i18n::use_texts,
    live::live,
    model::{ids::TicketId, user::Role},
    pages::{
        Forbidden, NotFound,
        arranging::{MailingPage, RepliesPage, TicketSettingsPage},
        composing::actions,
        part::{Entered, Part},
        ticket::TicketPage,
        ticketing::{LinkPage, NewTicketPage},
    },
    session::use_role,
};

/// What is opened beside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Nothing.
    Nobody,
    /// A ticket.
    Ticket(TicketId),
    /// Actions of mine that are not over.
    Actions,
    /// A page of the part of what is rarely done.
    Ticketing(Ticketing),
    /// What administrators set of tickets.
    Arranging(Arranging),
    /// No such page.
    Unknown,
}

/// What is rarely done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticketing {
    /// The form of a new ticket.
    New,
    /// As whom I act in OTRS.
    Link,
}

/// What administrators set of tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arranging {
    /// Ready replies.
    Replies,
    /// Who mails replies.
    Mailing,
    /// How tickets are dealt with here.
    Settings,
}

/// Enters the part that shows a ticket.
#[wasm_split(ticket, fallible, preload(#[doc = "Fetches it."] load_ticket))]
pub fn ticket(id: TicketId) -> Entered {
    Ok(view! { <TicketPage id=id /> }.into_any())
}

/// Enters the part of what is rarely done.
#[wasm_split(ticketing, fallible, preload(#[doc = "Fetches it."] load_ticketing))]
pub fn ticketing(page: Ticketing) -> Entered {
    Ok(match page {
        Ticketing::New => view! { <NewTicketPage /> }.into_any(),
        Ticketing::Link => view! { <LinkPage /> }.into_any(),
    })
}

/// Enters the part for administrators.
#[wasm_split(arranging, fallible, preload(#[doc = "Fetches it."] load_arranging))]
pub fn arranging(page: Arranging) -> Entered {
    Ok(match page {
        Arranging::Replies => view! { <RepliesPage /> }.into_any(),
        Arranging::Mailing => view! { <MailingPage /> }.into_any(),
        Arranging::Settings => view! { <TicketSettingsPage /> }.into_any(),
    })
}

impl Opened {
    /// The ticket that is opened.
    pub const fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Ticket(id) => Some(id),
            _ => None,
        }
    }

    /// What is opened at this path below the list.
    pub fn at(path: &str) -> Self {
        let path = path.trim_matches('/');
        match (path, path.parse()) {
            ("", _) => Self::Nobody,
            ("new", _) => Self::Ticketing(Ticketing::New),
            ("actions", _) => Self::Actions,
            ("link", _) => Self::Ticketing(Ticketing::Link),
            ("settings", _) => Self::Arranging(Arranging::Settings),
            ("replies", _) => Self::Arranging(Arranging::Replies),
            ("mailing", _) => Self::Arranging(Arranging::Mailing),
            (_, Ok(id)) => Self::Ticket(id),
            _ => Self::Unknown,
        }
    }

    /// The parts of the app that it takes.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Nobody | Self::Unknown => &[Part::Tickets],
            Self::Ticket(_) => &[Part::Tickets, Part::Ticket],
            Self::Actions => &[Part::Tickets, Part::Composing],
            Self::Ticketing(_) => &[Part::Tickets, Part::Ticketing],
            Self::Arranging(_) => &[Part::Tickets, Part::Arranging],
        }
    }
}

/// The page that is opened.
#[component]
pub fn Detail(
    /// Which.
    opened: Memo<Opened>,
) -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    live(move || match opened.get() {
        Opened::Arranging(_) if role < Role::Admin => view! { <Forbidden /> }.into_any(),
        Opened::Nobody => {
            view! { <EmptyState icon=Icon::Ticket title=t.tickets_choose_title() text=t.tickets_choose_text() /> }
                .into_any()
        }
        Opened::Ticket(id) => Part::Ticket.view(move || ticket(id)),
        Opened::Actions => Part::Composing.view(actions),
        Opened::Arranging(page) => Part::Arranging.view(move || arranging(page)),
        Opened::Ticketing(page) => Part::Ticketing.view(move || ticketing(page)),
        Opened::Unknown => view! { <NotFound /> }.into_any(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Arranging, Opened, Ticketing};

    #[test]
    fn each_address_opens_its_page() {
        for (path, opened) in [
            ("", Opened::Nobody),
            ("7", Opened::Ticket(7.into())),
            ("7/", Opened::Ticket(7.into())),
            ("new", Opened::Ticketing(Ticketing::New)),
            ("actions", Opened::Actions),
            ("link", Opened::Ticketing(Ticketing::Link)),
            ("settings", Opened::Arranging(Arranging::Settings)),
            ("replies", Opened::Arranging(Arranging::Replies)),
            ("mailing", Opened::Arranging(Arranging::Mailing)),
            ("seven", Opened::Unknown),
            ("7/edit", Opened::Unknown),
        ] {
            assert_eq!(Opened::at(path), opened, "{path}");
        }
    }
}
