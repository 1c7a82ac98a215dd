//! What stands beside the list, or in its place on a phone: the address says it.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use crate::{
    components::{EmptyState, ErrorNotice, Icon},
    i18n::use_texts,
    live::live,
    model::{Error, ids::TicketId, user::Role},
    pages::{
        NotFound,
        composing::actions,
        part::{Entered, Part},
        replies::{Answering, answering},
        ticket::TicketPage,
        ticketing::{LinkPage, NewTicketPage, TicketSettingsPage},
    },
    session::use_role,
    start::refuse,
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
    /// What administrators set of replies.
    Answering(Answering),
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
    /// How tickets are dealt with here.
    Settings,
}

/// Enters the part of what is rarely done.
#[wasm_split(ticketing, fallible, preload(#[doc = "Fetches it."] load_ticketing))]
pub fn ticketing(page: Ticketing) -> Entered {
    Ok(match page {
        Ticketing::New => view! { <NewTicketPage /> }.into_any(),
        Ticketing::Link => view! { <LinkPage /> }.into_any(),
        Ticketing::Settings => view! { <TicketSettingsPage /> }.into_any(),
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
            ("settings", _) => Self::Ticketing(Ticketing::Settings),
            ("replies", _) => Self::Answering(Answering::Replies),
            ("mailing", _) => Self::Answering(Answering::Mailing),
            (_, Ok(id)) => Self::Ticket(id),
            _ => Self::Unknown,
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
        Opened::Ticketing(Ticketing::Settings) | Opened::Answering(_) if role < Role::Admin => {
            let error = Error::forbidden();
            refuse(&error);
            view! { <ErrorNotice error=error /> }.into_any()
        }
        Opened::Nobody => {
            view! { <EmptyState icon=Icon::Ticket title=t.tickets_choose_title() text=t.tickets_choose_text() /> }
                .into_any()
        }
        Opened::Ticket(id) => view! { <TicketPage id=id /> }.into_any(),
        Opened::Actions => Part::Composing.view(actions),
        Opened::Answering(page) => Part::Replies.view(move || answering(page)),
        Opened::Ticketing(page) => Part::Ticketing.view(move || ticketing(page)),
        Opened::Unknown => {
            refuse(&Error::NotFound);
            view! { <NotFound /> }.into_any()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Answering, Opened, Ticketing};

    #[test]
    fn each_address_opens_its_page() {
        for (path, opened) in [
            ("", Opened::Nobody),
            ("7", Opened::Ticket(7.into())),
            ("7/", Opened::Ticket(7.into())),
            ("new", Opened::Ticketing(Ticketing::New)),
            ("actions", Opened::Actions),
            ("link", Opened::Ticketing(Ticketing::Link)),
            ("settings", Opened::Ticketing(Ticketing::Settings)),
            ("replies", Opened::Answering(Answering::Replies)),
            ("mailing", Opened::Answering(Answering::Mailing)),
            ("seven", Opened::Unknown),
            ("7/edit", Opened::Unknown),
        ] {
            assert_eq!(Opened::at(path), opened, "{path}");
        }
    }
}
