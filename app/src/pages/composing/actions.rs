//! Actions of mine that are not over: on this device, on their way, and those that wait for me.

use leptos::prelude::*;

use super::stopped::{refused_view, stopped_view};
use crate::{
    components::{EmptyState, Icon, Page, Row, RowText, Section},
    helpdesk::{
        act::Act,
        links::{Filter, ticket},
    },
    i18n::{Texts, use_texts},
    live::live,
    model::action::Action,
    pages::{
        Acts, Sender,
        tickets::{composer::doing, copy::is_stopped, desk::Desk},
    },
};

/// The page.
#[component]
pub fn MyActions() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let acts = expect_context::<Acts>();
    let sender = StoredValue::new(Sender::new());
    view! {
        <Page title=t.tickets_my_actions()>
            {live(move || {
                let here = acts.list.with(|acts| acts.iter().filter(|act| act.is_here()).cloned().collect::<Vec<_>>());
                let (stopped, coming): (Vec<Action>, Vec<Action>) = desk.shelf.with(|shelf| shelf.actions.clone()).into_iter().partition(is_stopped);
                if here.is_empty() && stopped.is_empty() && coming.is_empty() {
                    return view! {
                        <EmptyState icon=Icon::Check title=t.tickets_actions_none_title() text=t.tickets_actions_none_text() />
                    }
                        .into_any();
                }
                let (refused, waiting): (Vec<Act>, Vec<Act>) = here.into_iter().partition(|act| act.refused.is_some());
                let refused = refused.into_iter().map(|act| {
                    let about = about(&act.number, &act.title, Some(act.ticket));
                    view! { {about} {refused_view(t, sender, act, None)} }.into_any()
                });
                let stopped = stopped.into_iter().map(|action| {
                    let about = about_action(&action);
                    view! { {about} {stopped_view(t, desk, sender, action)} }.into_any()
                });
                let bad: Vec<AnyView> = refused.chain(stopped).collect();
                view! { {bad} {section(t, t.tickets_on_device(), waiting)} {coming_view(t, coming)} }.into_any()
            })}
        </Page>
    }
}

fn about(number: &str, title: &str, id: Option<crate::model::ids::TicketId>) -> AnyView {
    let text = [number, " · ", title].concat();
    match id {
        Some(id) => view! { <a class="stopped-card__about" dir="auto" href=ticket(id, &Filter::default())>{text}</a> }
            .into_any(),
        None => view! { <p class="stopped-card__about" dir="auto">{text}</p> }.into_any(),
    }
}

fn about_action(action: &Action) -> AnyView {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    about(&text(&action.ticket_number), &text(&action.ticket_title), action.ticket_id)
}

fn section(t: Texts, header: &'static str, acts: Vec<Act>) -> Option<AnyView> {
    (!acts.is_empty()).then(|| {
        let rows = acts.into_iter().map(move |act| {
            let title = [doing(t, act.request.action), ": ", &act.title].concat();
            let text: String = act.text().chars().take(120).collect();
            view! {
                <Row href=ticket(act.ticket, &Filter::default()) leads=true>
                    <RowText title=title subtitle=text />
                </Row>
            }
            .into_any()
        });
        view! { <Section header=header footer=t.tickets_on_device_hint()>{rows.collect_view()}</Section> }.into_any()
    })
}

fn coming_view(t: Texts, actions: Vec<Action>) -> Option<AnyView> {
    (!actions.is_empty()).then(|| {
        let rows = actions.into_iter().map(move |action| {
            let what = doing(t, action.action);
            let title = action.ticket_title.map_or(what.to_owned(), |title| [what, ": ", &title].concat());
            let text = action.comment.unwrap_or_default().chars().take(120).collect::<String>();
            match action.ticket_id {
                Some(id) => view! {
                    <Row href=ticket(id, &Filter::default()) leads=true>
                        <RowText title=title subtitle=text />
                    </Row>
                }
                .into_any(),
                None => view! { <Row><RowText title=title subtitle=text /></Row> }.into_any(),
            }
        });
        view! { <Section header=t.tickets_soon()>{rows.collect_view()}</Section> }.into_any()
    })
}
