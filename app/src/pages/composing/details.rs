//! What else is known of a ticket: dates, promises, service, additional fields, the way into OTRS.

use leptos::prelude::*;

use crate::{
    components::{Icon, Section, use_clock},
    fleet::links::is_web,
    format,
    i18n::use_texts,
    live::live_text,
    model::ticket::{Ticket, asked::FieldKind},
    telegram::use_telegram,
};

/// The details.
#[component]
pub fn Details(
    /// Of which.
    ticket: StoredValue<Ticket>,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let telegram = use_telegram();
    let ticket = ticket.get_value();
    let detail = ticket.detail.unwrap_or_default();
    let over = ticket.state_type.is_over();
    let due = |at: Option<time::OffsetDateTime>| at.filter(|_| !over);
    let times = [
        (t.tickets_created(), Some(ticket.created_at)),
        (t.tickets_changed(), Some(ticket.changed_at)),
        (t.tickets_closed_at(), detail.closed_at),
        (t.tickets_due_first(), due(detail.first_response_due)),
        (t.tickets_due_update(), due(detail.update_due)),
        (t.tickets_due_solution(), due(detail.solution_due)),
    ];
    let times = times.into_iter().filter_map(|(label, at)| {
        let at = at?;
        let text = live_text(move || format::exact(t, at, clock.zone.get()));
        Some(value(label.to_owned(), text))
    });
    let texts = [
        (t.tickets_state(), Some(ticket.state)),
        (t.tickets_do_priority(), Some(ticket.priority)),
        (t.tickets_responsible(), ticket.responsible),
        (t.tickets_kind(), detail.kind),
        (t.tickets_service(), detail.service),
        (t.tickets_sla(), detail.sla),
    ];
    let texts = texts.into_iter().filter_map(|(label, text)| Some(value(label.to_owned(), text?.into_any())));
    let fields = detail.fields.into_iter().map(|field| {
        let text = match (field.kind, field.values.first().map(String::as_str)) {
            (FieldKind::Checkbox, Some("1")) => t.tickets_ticked().to_owned(),
            (FieldKind::Date, Some(day)) => day.get(..10).unwrap_or(day).to_owned(),
            _ => field.values.join(", "),
        };
        let label = if field.label.is_empty() { field.name } else { field.label };
        value(label, text.into_any())
    });
    let rows: Vec<AnyView> = times.chain(texts).chain(fields).collect();
    let web = detail.web_url.filter(|url| is_web(url)).map(|url| {
        view! {
            <button type="button" class="row" on:click=move |_| telegram.open_link(&url)>
                <span class="row__main">
                    <span class="row__title talk__web">{t.tickets_open_otrs()}</span>
                </span>
                <span class="row__next">{Icon::Link.view()}</span>
            </button>
        }
        .into_any()
    });
    view! {
        <Section header=t.tickets_details()>{rows} {web}</Section>
    }
    .into_any()
}

fn value(label: String, text: AnyView) -> AnyView {
    view! {
        <div class="value">
            <span class="value__main">
                <span class="value__label">{label}</span>
                <span class="value__text">{text}</span>
            </span>
        </div>
    }
    .into_any()
}
