//! Doing the same to several tickets at once, on wide screens.

use leptos::prelude::*;

use super::{composer::Composer, desk::Desk};
use crate::{
    components::{Button, ButtonKind, ButtonSize, Icon},
    i18n::use_texts,
    live::{live, live_text},
    model::{action::ActionKind, ids::TicketId, ticket::Ticket},
};

/// The bar while several are being chosen.
#[component]
pub fn Bulk() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let composer = expect_context::<Composer>();
    let count = move || desk.chosen.with(|chosen| chosen.as_ref().map_or(0, Vec::len));
    let choosing = Memo::new(move |_| desk.chosen.with(Option::is_some));
    let all = move |()| {
        let ids = desk.tickets.with_untracked(|tickets| tickets.iter().flatten().map(|ticket| ticket.id).collect());
        desk.chosen.set(Some(ids));
    };
    let begin = move |kind: Option<ActionKind>| {
        let ids: Vec<TicketId> = desk.chosen.get_untracked().unwrap_or_default();
        let tickets: Vec<Ticket> = desk.tickets.with_untracked(|tickets| {
            tickets.iter().flatten().filter(|ticket| ids.contains(&ticket.id)).cloned().collect()
        });
        composer.begin(tickets, kind);
    };
    let none = Signal::derive(move || count() == 0);
    live(move || {
        choosing.get().then(|| {
            view! {
                <div class="bulk tickets__bulk" role="status">
                    <span class="bulk__count">
                        {live_text(move || t.servers_selected(u64::try_from(count()).unwrap_or(u64::MAX)))}
                    </span>
                    <Button label=t.servers_select_all() kind=ButtonKind::Plain size=ButtonSize::Small on_press=all />
                    <Button
                        label=t.tickets_do_close()
                        kind=ButtonKind::Tinted
                        size=ButtonSize::Small
                        disabled=none
                        on_press=move |()| begin(Some(ActionKind::Close))
                    />
                    <Button
                        label=t.tickets_do_more()
                        kind=ButtonKind::Tinted
                        size=ButtonSize::Small
                        disabled=none
                        on_press=move |()| begin(None)
                    />
                    <Button
                        label=t.servers_select_done()
                        kind=ButtonKind::Plain
                        size=ButtonSize::Small
                        icon=Icon::Close
                        icon_only=true
                        on_press=move |()| desk.chosen.set(None)
                    />
                </div>
            }
            .into_any()
        })
    })
}
