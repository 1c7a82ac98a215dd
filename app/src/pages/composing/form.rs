//! What each action needs: words, a queue, an agent, a time.

use leptos::prelude::*;

use super::asked;
use crate::{
    components::{Button, ButtonKind, ButtonSize, Icon, IconTile, Row, RowText, TextArea, TextField, use_clock},
    device,
    helpdesk::{
        later::{Later, field_text, read_field},
        replies::{Placeholder, gap_in},
        short_priority,
    },
    i18n::{Texts, use_texts},
    live::{live, live_text, watch},
    model::{
        action::{ActionKind, ActionRequest},
        mailing::Mailing,
        ticket::asked::{FieldValue, Moment},
    },
    pages::{
        part::through,
        replies::{extras, load_extras},
        tickets::composer::{Composer, Shown, doing},
    },
};

/// What can be done, for who pressed "more".
pub fn menu(composer: Composer) -> AnyView {
    let t = use_texts();
    let (over, several) = composer
        .targets
        .with_value(|targets| (targets.iter().all(|ticket| ticket.state_type.is_over()), targets.len() > 1));
    let kinds = [
        (ActionKind::Take, Icon::Lock, 5, several && !over),
        (ActionKind::Comment, Icon::Comment, 4, several),
        (ActionKind::Reject, Icon::Close, 0, !over),
        (ActionKind::Pending, Icon::Clock, 1, !over),
        (ActionKind::Move, Icon::Share, 5, true),
        (ActionKind::Assign, Icon::Person, 3, !over),
        (ActionKind::Priority, Icon::Warning, 2, true),
        (ActionKind::Reopen, Icon::Refresh, 3, several && over),
    ];
    let rows = kinds.into_iter().filter(|(.., offered)| *offered).map(|(kind, icon, colour, _)| {
        let press = move |()| match kind {
            ActionKind::Take | ActionKind::Reopen => composer.act(ActionRequest::new(kind)),
            _ => composer.show(Shown::Form(kind)),
        };
        let tile = view! { <IconTile icon=icon colour=colour /> }.into_any();
        view! {
            <Row on_press=press before=tile leads=true>
                <RowText title=doing(t, kind) />
            </Row>
        }
        .into_any()
    });
    rows.collect_view().into_any()
}

/// The form of an action.
pub fn form(composer: Composer, kind: ActionKind) -> AnyView {
    let t = use_texts();
    let (field, needs_text) = match kind {
        ActionKind::Move => (queues(t, composer), false),
        ActionKind::Assign => (agents(t, composer), false),
        ActionKind::Priority => return priorities(composer),
        ActionKind::Pending => (times(t, composer), false),
        ActionKind::Comment | ActionKind::Reply | ActionKind::Reject => (().into_any(), true),
        _ => (().into_any(), false),
    };
    let closes = matches!(kind, ActionKind::Close | ActionKind::Reject);
    let before = composer.targets.with_value(|targets| match targets.as_slice() {
        [ticket] => asked::held(ticket),
        _ => Vec::new(),
    });
    let filled = RwSignal::new(before.clone());
    let shelf = composer.desk.shelf;
    let fields = Memo::new(move |_| if closes { shelf.with(|shelf| shelf.choices.fields.clone()) } else { Vec::new() });
    let zone = use_clock().zone;
    let needs_value = matches!(kind, ActionKind::Move | ActionKind::Assign | ActionKind::Pending);
    // A gap is never sent; nor is anything before its files are there.
    let gap = Memo::new(move |_| {
        composer.text.with(|text| Some(text[gap_in(text, &|placeholder| placeholder_name(t, placeholder))?].to_owned()))
    });
    let missing = Signal::derive(move || {
        needs_text && composer.text.with(|text| text.trim().is_empty())
            || needs_value && composer.value.with(String::is_empty)
            || gap.with(Option::is_some)
            || composer.files.with(|files| files.iter().any(|file| file.sent.is_none()))
            || composer.files.with(|files| !files.is_empty()) && composer.text.with(|text| text.trim().is_empty())
            || fields.with(|fields| filled.with(|filled| asked::is_open(fields, Moment::Close, filled)))
    });
    let act = move |()| {
        if missing.get_untracked() {
            return;
        }
        let value = Some(composer.value.get_untracked()).filter(|value| !value.is_empty());
        let mut request = ActionRequest::new(kind);
        match kind {
            ActionKind::Move => request.queue = value,
            ActionKind::Assign => request.owner = value,
            ActionKind::Pending => request.until = value.and_then(|value| read_field(&value, zone.get_untracked())),
            _ => {}
        }
        let sent = |filled: &Vec<FieldValue>| {
            fields.with_untracked(|fields| asked::sent(fields, Moment::Close, filled, &before))
        };
        request.fields = filled.with_untracked(sent);
        composer.act(request);
    };
    // The sheet takes the focus when it opens; the text is what one came for.
    watch(|| request_animation_frame(|| device::focus("#field-ticket-text")));
    let label = match kind {
        ActionKind::Reject => t.tickets_reason(),
        ActionKind::Reply => t.tickets_reply_text(),
        _ => t.tickets_comment_text(),
    };
    // The button that closes the sheet has that name as well.
    let address = composer.targets.with_value(|targets| match targets.as_slice() {
        [ticket] => ticket.customer.as_ref().and_then(|customer| customer.email.clone()),
        _ => None,
    });
    let confirm = {
        let mails = address.is_some();
        Signal::derive(move || {
            match (kind, composer.desk.shelf.with(|shelf| shelf.link.as_ref().map(|link| link.mailing))) {
                (ActionKind::Close, _) => t.tickets_close_ticket(),
                (ActionKind::Reply, Some(Mailing::Otrs)) => t.tickets_reply_by_mail(),
                (ActionKind::Reply, Some(Mailing::Vakhta)) if mails => t.tickets_reply_by_mail(),
                (ActionKind::Reply, Some(_)) => t.tickets_reply_publish(),
                _ => doing(t, kind),
            }
            .to_owned()
        })
    };
    let targets = composer.targets.with_value(Vec::len);
    let adds = targets == 1
        && matches!(kind, ActionKind::Comment | ActionKind::Reply | ActionKind::Close | ActionKind::Reject);
    let to = (targets == 1).then(|| composer.targets.with_value(|targets| targets[0].title.clone()));
    view! {
        <div class="mute composer">
            {to.map(|title| view! { <p class="composer__to" dir="auto">{title}</p> }.into_any())}
            {field}
            <TextArea label=label value=composer.text name="ticket-text" />
            <p class="field__note field__note--bad" role="status">
                {live_text(move || gap.get().map(|gap| t.replies_gaps(&gap)).unwrap_or_default())}
            </p>
            {adds.then(|| through(load_extras, move || extras(composer, kind)))}
            {live(move || asked::asked(t, fields.get(), Moment::Close, filled))}
            {audience(t, composer, kind, address)}
            <Button label=confirm size=ButtonSize::Large disabled=missing on_press=act />
        </div>
    }
    .into_any()
}

/// Who will read it.
fn audience(t: Texts, composer: Composer, kind: ActionKind, address: Option<String>) -> AnyView {
    match kind {
        ActionKind::Reply => {
            let shelf = composer.desk.shelf;
            view! {
                <p class="mute__note">
                    {live_text(move || {
                        let mailing = shelf.with(|shelf| shelf.link.as_ref().map(|link| link.mailing));
                        match (mailing.unwrap_or_default(), &address) {
                            (Mailing::Otrs, Some(to)) => t.tickets_reply_mailed(to),
                            (Mailing::Otrs, None) => t.tickets_reply_mailed_somewhere().to_owned(),
                            (Mailing::Vakhta, Some(to)) => t.tickets_reply_ours(to),
                            (Mailing::Vakhta, None) => t.tickets_reply_no_address().to_owned(),
                            (Mailing::Portal, _) => t.tickets_reply_portal().to_owned(),
                            (Mailing::Unknown, _) => t.tickets_reply_unknown().to_owned(),
                        }
                    })}
                </p>
            }
            .into_any()
        }
        ActionKind::Comment => view! { <p class="mute__note">{t.tickets_internal_note()}</p> }.into_any(),
        _ => view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=Signal::derive(move || composer.visible.get())
                    on:change=move |event| composer.visible.set(event_target_checked(&event))
                />
                <span>{t.tickets_visible()}</span>
            </label>
        }
        .into_any(),
    }
}

/// Who mails, in two words.
pub fn mailing_name(t: Texts, mailing: Mailing) -> &'static str {
    match mailing {
        Mailing::Unknown => t.mailing_unknown(),
        Mailing::Otrs => t.mailing_otrs(),
        Mailing::Portal => t.mailing_portal(),
        Mailing::Vakhta => t.mailing_vakhta(),
    }
}

/// What a placeholder stands for, and what a gap is called.
pub fn placeholder_name(t: Texts, placeholder: Placeholder) -> &'static str {
    match placeholder {
        Placeholder::Greeting => t.replies_of_greeting(),
        Placeholder::CustomerName => t.replies_of_customer_name(),
        Placeholder::TicketNumber => t.replies_of_ticket_number(),
        Placeholder::Title => t.replies_of_title(),
        Placeholder::Queue => t.replies_of_queue(),
        Placeholder::OperatorName => t.replies_of_operator_name(),
    }
}

fn queues(t: Texts, composer: Composer) -> AnyView {
    let queues = move || composer.desk.shelf.with(|shelf| shelf.choices.queues.clone());
    select(t.tickets_queue(), "ticket-queue", composer.value, queues)
}

fn agents(t: Texts, composer: Composer) -> AnyView {
    let agents = move || composer.desk.shelf.with(|shelf| shelf.choices.agents.clone());
    select(t.tickets_owner(), "ticket-owner", composer.value, agents)
}

/// A choice of many by the device's own list.
pub fn select(
    label: &'static str,
    name: &'static str,
    value: RwSignal<String>,
    options: impl Fn() -> Vec<String> + Send + 'static,
) -> AnyView {
    view! {
        <div class="field">
            <label class="field__label" for=["field-", name].concat()>
                {label}
            </label>
            <select
                class="field__input field__input--select"
                id=["field-", name].concat()
                on:change=move |event| value.set(event_target_value(&event))
            >
                {live(move || {
                    let chosen = value.get_untracked();
                    let rows = options().into_iter().map(|option| {
                        let selected = option == chosen;
                        view! { <option value=option.clone() selected=selected>{option.clone()}</option> }.into_any()
                    });
                    view! {
                        <option value="" selected=chosen.is_empty()>
                            "—"
                        </option>
                        {rows.collect_view()}
                    }
                    .into_any()
                })}
            </select>
        </div>
    }
    .into_any()
}

/// A press on one is all it takes.
fn priorities(composer: Composer) -> AnyView {
    let current = composer.targets.with_value(|targets| match targets.as_slice() {
        [ticket] => ticket.priority.clone(),
        _ => String::new(),
    });
    live(move || {
        let current = current.clone();
        let rows =
            composer.desk.shelf.with(|shelf| shelf.choices.priorities.clone()).into_iter().map(move |priority| {
                let here = priority == current;
                let words = short_priority(&priority).to_owned();
                let press = move |()| {
                    let priority = Some(priority.clone());
                    composer.act(ActionRequest { priority, ..ActionRequest::new(ActionKind::Priority) });
                };
                let mark = here.then(|| Icon::Check.view()).into_any();
                view! {
                    <Row on_press=press after=mark>
                        <RowText title=words />
                    </Row>
                }
                .into_any()
            });
        rows.collect_view()
    })
}

fn times(t: Texts, composer: Composer) -> AnyView {
    let clock = use_clock();
    let usual = Later::ALL.map(|later| {
        let words = match later {
            Later::Hour => t.tickets_later_hour(),
            Later::Hours => t.tickets_later_hours(),
            Later::Tomorrow => t.tickets_later_tomorrow(),
            Later::Monday => t.tickets_later_monday(),
        };
        let press = move |()| {
            let zone = clock.zone.get_untracked();
            composer.value.set(field_text(later.at(clock.now.get_untracked(), zone), zone));
        };
        view! { <Button label=words kind=ButtonKind::Tinted size=ButtonSize::Small on_press=press /> }.into_any()
    });
    view! {
        <div class="composer__usual">{usual.into_iter().collect_view()}</div>
        <TextField label=t.tickets_wait_until() value=composer.value name="ticket-until" kind="datetime-local" />
    }
    .into_any()
}
