//! The rows of the list.

use leptos::prelude::*;

use super::{
    desk::{Desk, Shelf},
    detail::Opened,
    row::row,
    views::view_name,
};
use crate::{
    components::{Button, ButtonKind, EmptyState, ErrorNotice, Icon, LinkButton, ListEnd, SkeletonRows},
    helpdesk::links::{Filter, ticket as address},
    i18n::{Texts, use_texts},
    live::live,
    model::{
        ids::TicketId,
        otrs_link::CopyState,
        ticket::{Ticket, View},
    },
};

/// All that is known of the view.
#[component]
pub fn Rows(
    /// What is opened beside the list.
    opened: Memo<Opened>,
) -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let here = Memo::new(move |_| opened.get().ticket());
    let shown = Memo::new(move |_| desk.shelf.with(|shelf| shelf.tickets.as_ref().map_or(0, Vec::len)));
    view! {
        <div class="fleet tickets live" id="tickets">
            {live(move || desk.shelf.with(|shelf| match (&shelf.tickets, &shelf.failure) {
                (Some(tickets), _) if tickets.is_empty() => nothing(t, desk, shelf),
                (Some(tickets), _) => rows(t, desk, here, tickets, shelf.me()),
                (None, Some(error)) => {
                    view! { <ErrorNotice error=error.clone() retry=move |()| desk.again() /> }.into_any()
                }
                (None, None) => view! { <SkeletonRows rows=8 plain=true /> }.into_any(),
            }))}
        </div>
        <ListEnd
            left=Signal::derive(move || desk.shelf.with(|shelf| shelf.next.is_some()))
            shown=shown
            on_more=move |()| desk.more()
        />
    }
}

fn rows(t: Texts, desk: Desk, here: Memo<Option<TicketId>>, tickets: &[Ticket], me: &str) -> AnyView {
    let filter = desk.filter.get_untracked();
    let filter = Filter { text: filter.text.trim().to_owned(), ..filter };
    tickets
        .iter()
        .map(|ticket| {
            let id = ticket.id;
            let ticket = desk.expected(ticket.clone());
            let chosen = Signal::derive(move || {
                desk.shelf.with(|shelf| shelf.chosen.as_ref().is_some_and(|chosen| chosen.contains(&id)))
            });
            let press = move |event: leptos::ev::MouseEvent| {
                if desk.shelf.with_untracked(|shelf| shelf.chosen.is_none()) {
                    return;
                }
                event.prevent_default();
                desk.shelf.update(|shelf| {
                    let Some(chosen) = &mut shelf.chosen else { return };
                    match chosen.iter().position(|known| *known == id) {
                        Some(at) => drop(chosen.remove(at)),
                        None => chosen.push(id),
                    }
                });
            };
            view! {
                <a
                    class=if ticket.unread { "row ticket ticket--unread" } else { "row ticket" }
                    class:row--selected=Signal::derive(move || here.get() == Some(id))
                    class:host--chosen=chosen
                    class:ticket--over=ticket.state_type.is_over()
                    href=address(id, &filter)
                    on:click=press
                >
                    {row(t, &ticket, me)}
                </a>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

/// Why there is nothing, and where there is something.
fn nothing(t: Texts, desk: Desk, shelf: &Shelf) -> AnyView {
    let filter = desk.filter.get();
    if shelf.copy.state == CopyState::Filling && !filter.narrows() {
        return view! { <EmptyState icon=Icon::Download title=t.tickets_filling() text=t.tickets_filling_text() /> }
            .into_any();
    }
    if shelf.link.as_ref().is_some_and(|link| link.queues.is_empty()) {
        return view! {
            <EmptyState icon=Icon::Lock title=t.tickets_no_queues_title() text=t.tickets_no_queues_text()>
                <LinkButton label=t.tickets_sign_in() href="/tickets/link" />
            </EmptyState>
        }
        .into_any();
    }
    if filter.narrows() {
        let reset = move |()| {
            desk.filter.update(|filter| *filter = Filter { view: filter.view, ..Filter::default() });
        };
        return view! {
            <EmptyState icon=Icon::Search title=t.tickets_nothing_title() text=t.tickets_nothing_text()>
                <Button label=t.servers_reset() kind=ButtonKind::Tinted on_press=reset />
            </EmptyState>
        }
        .into_any();
    }
    let new = shelf.counts.map_or(0, |counts| counts.new);
    let (title, text) = match filter.view {
        Some(View::Mine) => (t.tickets_mine_none_title(), t.tickets_mine_none_text()),
        Some(View::Waiting) => (t.tickets_waiting_none_title(), t.tickets_waiting_none_text()),
        Some(View::Escalating) => (t.tickets_escalating_none_title(), t.tickets_escalating_none_text()),
        Some(View::Watched) => (t.tickets_watched_none_title(), t.tickets_watched_none_text()),
        _ => (t.tickets_none_title(), t.tickets_none_text()),
    };
    let way = (filter.view != Some(View::New) && new > 0).then(|| {
        let label = [view_name(t, Some(View::New)), ": ", &new.to_string()].concat();
        view! { <LinkButton label=label href="/tickets?view=new" kind=ButtonKind::Tinted /> }.into_any()
    });
    view! { <EmptyState icon=Icon::Ticket title=title text=text>{way}</EmptyState> }.into_any()
}
