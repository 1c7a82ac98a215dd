//! Doing the same to several tickets at once, on wide screens.

use leptos::prelude::*;

use crate::{
    components::{Button, ButtonKind, ButtonSize, Icon},
    i18n::use_texts,
    live::live_text,
    model::{action::ActionKind, ids::TicketId, ticket::Ticket},
    pages::tickets::{
        composer::{Composer, Shown},
        desk::Desk,
    },
};

/// The bar while several are being chosen.
#[component]
pub fn Bulk(
    /// Around the list.
    desk: Desk,
    /// What does it.
    composer: Composer,
) -> impl IntoView {
    let t = use_texts();
    let count = move || desk.shelf.with(|shelf| shelf.chosen.as_ref().map_or(0, Vec::len));
    let all = move |()| {
        desk.shelf.update(|shelf| {
            shelf.chosen = Some(shelf.tickets.iter().flatten().map(|ticket| ticket.id).collect());
        });
    };
    let begin = move |shown: Shown| {
        let tickets: Vec<Ticket> = desk.shelf.with_untracked(|shelf| {
            let chosen: &[TicketId] = shelf.chosen.as_deref().unwrap_or_default();
            shelf.tickets.iter().flatten().filter(|ticket| chosen.contains(&ticket.id)).cloned().collect()
        });
        composer.begin(tickets, shown);
    };
    let none = Signal::derive(move || count() == 0);
    view! {
        <div class="bulk" role="status">
            <span class="bulk__count">
                {live_text(move || t.servers_selected(u64::try_from(count()).unwrap_or(u64::MAX)))}
            </span>
            <Button label=t.servers_select_all() kind=ButtonKind::Plain size=ButtonSize::Small on_press=all />
            <Button
                label=t.tickets_do_close()
                kind=ButtonKind::Tinted
                size=ButtonSize::Small
                disabled=none
                on_press=move |()| begin(Shown::Form(ActionKind::Close))
            />
            <Button
                label=t.tickets_do_more()
                kind=ButtonKind::Tinted
                size=ButtonSize::Small
                disabled=none
                on_press=move |()| begin(Shown::Menu)
            />
            <Button
                label=t.servers_select_done()
                kind=ButtonKind::Plain
                size=ButtonSize::Small
                icon=Icon::Close
                icon_only=true
                on_press=move |()| desk.choose()
            />
        </div>
    }
    .into_any()
}
