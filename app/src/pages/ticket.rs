//! A ticket: who asked, what was written, what may be done. What is composed is in [`super::tickets::composer`], so that it
//! outlives what is asked for again here.

mod article;
mod bar;
mod conversation;
mod details;
mod files;
mod head;
mod history;
mod pending;
pub mod stopped;

use std::time::Duration;

use leptos::prelude::*;

use super::tickets::desk::Desk;
use crate::{
    backend::{Backend, Tickets as _},
    components::{EmptyState, ErrorNotice, Icon, LinkButton, Page, SkeletonRows},
    helpdesk::links::{Filter, list},
    i18n::use_texts,
    live::watch,
    model::{Error, ids::TicketId, ticket::Ticket},
    pages::{Fetched, Sender},
    start::refuse,
};
use files::{Preview, PreviewSheet};

/// What changes at once is asked for together.
const TOGETHER: Duration = Duration::from_millis(400);

/// A ticket's page.
#[component]
pub fn TicketPage(
    /// Which.
    id: TicketId,
) -> impl IntoView {
    let backend = expect_context::<Backend>();
    let desk = expect_context::<Desk>();
    let known = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.tickets().ticket(id).await }
    });
    keep_current(id, desk, known);
    provide_context(Preview::new());
    // They outlive a new answer: what was unfolded stays so.
    let unfolded = RwSignal::new(false);
    // Around what is asked for again: the heading takes the focus when it is made.
    let title = RwSignal::new(String::new());
    let show = move |answer: Result<Ticket, Error>| match answer {
        Ok(ticket) => {
            if title.with_untracked(|title| *title != ticket.title) {
                title.set(ticket.title.clone());
            }
            see(desk, &ticket);
            view! { <Whole ticket=ticket known=known unfolded=unfolded /> }.into_any()
        }
        Err(Error::NotFound) => {
            refuse(&Error::NotFound);
            view! { <Gone /> }.into_any()
        }
        Err(error) => {
            refuse(&error);
            view! { <ErrorNotice error=error retry=move |()| known.refetch() /> }.into_any()
        }
    };
    view! {
        <Page title=title hide_title=true>
            <article class="talk live">
                {known.either(|| view! { <SkeletonRows rows=6 plain=true /> }.into_any(), show)}
            </article>
            <PreviewSheet id=id />
        </Page>
    }
}

#[component]
fn Whole(ticket: Ticket, known: Fetched<Ticket>, unfolded: RwSignal<bool>) -> impl IntoView {
    view! {
        <head::Head ticket=ticket.clone() known=known />
        <stopped::StoppedHere ticket=ticket.clone() />
        <conversation::Conversation ticket=ticket.clone() unfolded=unfolded />
        <pending::Pending ticket=ticket.clone() />
        <details::Details ticket=ticket.clone() />
        <history::History entries=ticket.history.clone() />
        <bar::Bar ticket=ticket />
    }
    .into_any()
}

/// Asks again when something is told about it.
fn keep_current(id: TicketId, desk: Desk, known: Fetched<Ticket>) {
    let due = StoredValue::new(false);
    let first = StoredValue::new(true);
    watch(move || {
        let (_, about) = desk.told.get();
        if first.try_update_value(|first| std::mem::replace(first, false)) != Some(false) {
            return;
        }
        if about.is_some_and(|about| about != id) || due.get_value() {
            return;
        }
        due.set_value(true);
        set_timeout(
            move || {
                if due.try_set_value(false).is_none() {
                    known.refetch();
                }
            },
            TOGETHER,
        );
    });
}

/// What is read here is unread no more, for the server and in the list.
fn see(desk: Desk, ticket: &Ticket) {
    let (id, unread) = (ticket.id, ticket.unread || ticket.articles.iter().any(|article| article.unread));
    let sender = Sender::new();
    watch(move || {
        if unread {
            sender.see(id);
        }
        untrack(|| desk.seen(id));
    });
}

#[component]
fn Gone() -> impl IntoView {
    let t = use_texts();
    view! {
        <EmptyState icon=Icon::Ticket title=t.tickets_gone_title() text=t.tickets_gone_text()>
            <LinkButton label=t.tickets_to_list() href=list(&Filter::default()) />
        </EmptyState>
    }
}
