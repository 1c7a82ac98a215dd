//! A ticket: who asked, what was written, what may be done. What is composed is in [`super::tickets::composer`], so that it
//! outlives what is asked for again here.

mod article;
mod bar;
mod conversation;
mod files;
mod head;
mod looking;
mod pending;
mod related;

use std::time::Duration;

use leptos::prelude::*;
use serde::Deserialize;

use super::tickets::{copy::is_stopped, desk::Desk};
use crate::{
    backend::{Backend, Tickets as _},
    components::{Button, ButtonKind, EmptyState, ErrorNotice, Icon, LinkButton, Page, SkeletonRows},
    helpdesk::links::{Filter, list},
    i18n::use_texts,
    live::{channel::use_channel, live, together, watch},
    model::{Error, ids::TicketId, ticket::Ticket},
    pages::{
        Acts, Fetched, Last, Sender,
        composing::{load_more, load_stopped, more, stopped_here},
        part::through,
    },
    start::refuse,
};
pub use article::writer;
pub use files::Looked;
use files::PreviewSheet;

/// What changes at once is asked for together.
const TOGETHER: Duration = Duration::from_millis(400);

/// A ticket's page.
#[component]
pub fn TicketPage(
    /// Which.
    id: TicketId,
) -> impl IntoView {
    let backend = expect_context::<Backend>();
    let known = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.tickets().ticket(id).await }
    });
    keep_current(id, known);
    provide_context(Looked::new());
    provide_context(article::Opened::new());
    provide_context(looking::Beside::new(id));
    // They outlive a new answer: what was unfolded stays so.
    let unfolded = Unfolded { talk: RwSignal::new(false), more: RwSignal::new(false) };
    // Around what is asked for again: the heading takes the focus when it is made.
    let title = RwSignal::new(String::new());
    let last = Last::none();
    let show = move |answer: Result<Ticket, Error>| match last.or(answer) {
        Ok(ticket) => {
            if title.with_untracked(|title| *title != ticket.title) {
                title.set(ticket.title.clone());
            }
            see(&ticket);
            whole(StoredValue::new(ticket), known, unfolded)
        }
        Err(Error::NotFound) => {
            refuse(&Error::NotFound);
            gone()
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
    .into_any()
}

/// What is shown besides the usual.
#[derive(Clone, Copy)]
struct Unfolded {
    talk: RwSignal<bool>,
    more: RwSignal<bool>,
}

fn whole(ticket: StoredValue<Ticket>, known: Fetched<Ticket>, unfolded: Unfolded) -> AnyView {
    let t = use_texts();
    let toggle = move |()| unfolded.more.update(|open| *open = !*open);
    view! {
        <head::Head ticket=ticket known=known />
        <Stopped ticket=ticket />
        <conversation::Conversation ticket=ticket unfolded=unfolded.talk />
        <pending::Pending ticket=ticket />
        <div class="talk__more">
            <Button label=t.tickets_more() kind=ButtonKind::Plain on_press=toggle />
        </div>
        // Rarely read, and often long: built when it is unfolded.
        {live(move || unfolded.more.get().then(|| through(load_more, move || more(ticket))))}
        <bar::Bar ticket=ticket />
    }
    .into_any()
}

/// What of mine was not done to it; known in the browser only.
#[component]
fn Stopped(ticket: StoredValue<Ticket>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let acts = expect_context::<Acts>();
    let any = Memo::new(move |_| {
        let id = ticket.with_value(|ticket| ticket.id);
        acts.list.with(|acts| acts.iter().any(|act| act.ticket == id && act.refused.is_some()))
            || desk
                .shelf
                .with(|shelf| shelf.actions.iter().any(|action| action.ticket_id == Some(id) && is_stopped(action)))
    });
    live(move || any.get().then(|| through(load_stopped, move || stopped_here(desk, ticket))))
}

/// Asks again when the channel tells of it.
fn keep_current(id: TicketId, known: Fetched<Ticket>) {
    let soon = together(TOGETHER, move || known.refetch());
    use_channel().listen(move |heard| {
        let mine = || match &*heard.event {
            "action.state" => heard.read::<Done>().is_some_and(|done| done.ticket_id == Some(id)),
            event => event.starts_with("ticket.") && heard.read::<Told>().is_some_and(|told| told.id == id),
        };
        if heard.is_anew() || mine() {
            soon.run(());
        }
    });
}

/// What names a ticket.
#[derive(Deserialize)]
struct Told {
    id: TicketId,
}

/// What was done to one.
#[derive(Deserialize)]
struct Done {
    ticket_id: Option<TicketId>,
}

/// What is read here is unread no more, for the server and in the list.
fn see(ticket: &Ticket) {
    let desk = expect_context::<Desk>();
    let (id, unread) = (ticket.id, ticket.unread || ticket.articles.iter().any(|article| article.unread));
    let sender = Sender::new();
    watch(move || {
        if unread {
            sender.see(id);
        }
        untrack(|| desk.seen(id));
    });
}

fn gone() -> AnyView {
    let t = use_texts();
    view! {
        <EmptyState icon=Icon::Ticket title=t.tickets_gone_title() text=t.tickets_gone_text()>
            <LinkButton label=t.tickets_to_list() href=list(&Filter::default()) />
        </EmptyState>
    }
    .into_any()
}
