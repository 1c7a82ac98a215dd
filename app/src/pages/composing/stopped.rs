//! What of mine was not done: why, what changed meanwhile, the text that was written with it, and the two ways on.

use leptos::{prelude::*, task::spawn_local};

use super::history::words;
use crate::{
    backend::Actions as _,
    components::{Button, ButtonKind, ButtonSize, Icon, LinkButton},
    helpdesk::{
        act::Act,
        changes::{Field, changes},
    },
    i18n::{Texts, use_texts},
    live::live,
    model::{
        Error,
        action::{Action, ActionState},
        ids::{ActionId, TicketId},
        mailing::{ActionMail, MailState},
        ticket::Ticket,
    },
    pages::{
        Acts, Sender,
        ticket::writer,
        tickets::{composer::doing, copy::is_stopped, desk::Desk},
    },
};

/// Those on one ticket.
#[component]
pub fn StoppedHere(
    /// Around the list.
    desk: Desk,
    /// Which.
    ticket: StoredValue<Ticket>,
) -> impl IntoView {
    let t = use_texts();
    let acts = expect_context::<Acts>();
    let sender = StoredValue::new(Sender::new());
    live(move || {
        let id = ticket.with_value(|ticket| ticket.id);
        let refused: Vec<Act> = acts
            .list
            .with(|acts| acts.iter().filter(|act| act.ticket == id && act.refused.is_some()).cloned().collect());
        let stopped: Vec<Action> = desk.shelf.with(|shelf| {
            let here = |action: &&Action| action.ticket_id == Some(id) && is_stopped(action);
            shelf.actions.iter().filter(here).cloned().collect()
        });
        let refused = refused.into_iter().map(|act| ticket.with_value(|seen| refused_view(t, sender, act, Some(seen))));
        let stopped = stopped.into_iter().map(|action| stopped_view(t, desk, sender, action));
        refused.chain(stopped).collect::<Vec<_>>()
    })
}

/// One that the server did not take.
pub fn refused_view(t: Texts, sender: StoredValue<Sender>, act: Act, seen: Option<&Ticket>) -> AnyView {
    let Some(error) = act.refused.clone() else { return ().into_any() };
    let now = error.current::<Ticket>();
    let differences = seen.zip(now.as_ref()).map(|(seen, now)| differences(t, seen, now));
    let why = match &error {
        Error::Conflict { code, .. } if code == "ticket_conflict" => t.tickets_moved_on().to_owned(),
        error => t.error(error),
    };
    let again = (!matches!(error, Error::NotFound | Error::Forbidden { .. })).then(|| {
        let key = act.key.clone();
        Callback::new(move |()| sender.with_value(|sender| sender.insist(&key)))
    });
    let key = act.key.clone();
    let drop = Callback::new(move |()| sender.with_value(|sender| sender.drop_act(&key)));
    card(t, doing(t, act.request.action), &why, differences, act.text(), again, drop, Ways::Usual)
}

/// One that the server has, and OTRS does not.
pub fn stopped_view(t: Texts, desk: Desk, sender: StoredValue<Sender>, action: Action) -> AnyView {
    let ways = match action.state {
        ActionState::NeedsSignIn => Ways::SignIn,
        ActionState::Done => Ways::Mail,
        _ => Ways::Usual,
    };
    let why = match action.state {
        ActionState::NeedsSignIn => t.tickets_needs_sign_in().to_owned(),
        ActionState::Conflict => t.tickets_moved_on().to_owned(),
        ActionState::Done => action.mail.as_ref().map(|mail| mail_reason(t, mail)).unwrap_or_default(),
        _ => reason(t, &action),
    };
    let changes = (!action.changes.is_empty()).then(|| {
        let rows = action.changes.iter().map(|entry| {
            let (what, values) = words(t, entry);
            view! {
                <p class="difference">
                    <span class="difference__field">{what}</span>
                    " "
                    <span class="difference__after">{values}</span>
                </p>
            }
            .into_any()
        });
        view! { <div class="differences">{rows.collect_view()}</div> }.into_any()
    });
    let id = action.id;
    let again = Callback::new(move |()| settle(desk, sender.get_value(), id, true, None));
    let text = action.comment.clone().unwrap_or_default();
    let returned = action.ticket_id.map(|ticket| (ticket, text.clone()));
    let drop = Callback::new(move |()| settle(desk, sender.get_value(), id, false, returned.clone()));
    card(t, doing(t, action.action), &why, changes, &text, Some(again), drop, ways)
}

/// Two ways on, and what they are called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ways {
    Usual,
    SignIn,
    /// All is done but the mail.
    Mail,
}

fn mail_reason(t: Texts, mail: &ActionMail) -> String {
    let what = match mail.state {
        MailState::Unclear => return t.tickets_mail_unclear(&mail.to),
        _ if mail.to.is_empty() => return t.error_no_address().to_owned(),
        _ => t.tickets_mail_not_sent(&mail.to),
    };
    let why = match mail.reason.as_deref() {
        Some("smtp_not_configured") => t.error_smtp_not_configured(),
        Some("smtp_away") => t.tickets_mail_away(),
        _ => t.tickets_mail_refused(),
    };
    [&what, " ", why, " ", mail.detail.as_deref().unwrap_or_default()].concat()
}

fn reason(t: Texts, action: &Action) -> String {
    let why = match action.reason.as_deref() {
        Some("ticket_gone") => t.tickets_why_gone(),
        Some("half_done") => t.tickets_why_half(),
        Some("field_missing") => t.tickets_why_field_missing(),
        Some("field_invalid") => t.tickets_why_field_invalid(),
        Some("unclear") => t.tickets_why_unclear(),
        Some("otrs_away") => t.tickets_why_away(),
        _ => t.tickets_why_refused(),
    };
    match &action.detail {
        Some(detail) => [why, " ", detail].concat(),
        None => why.to_owned(),
    }
}

/// Tries it again, or gives it up: the channel tells what comes of it.
fn settle(desk: Desk, sender: Sender, id: ActionId, again: bool, returned: Option<(TicketId, String)>) {
    spawn_local(async move {
        let actions = sender.backend.actions();
        let answer = if again { actions.retry(id).await } else { actions.undo(id).await };
        match answer {
            Ok(_) => {
                if let Some((ticket, text)) = returned {
                    sender.give_back(ticket, &text);
                }
                if !desk.shelf.is_disposed() {
                    desk.ask_actions();
                }
            }
            Err(error) => sender.toasts.error(&error),
        }
    });
}

fn differences(t: Texts, seen: &Ticket, now: &Ticket) -> AnyView {
    let rows = changes(seen, now).into_iter().map(|change| {
        let field = match change.field {
            Field::State => t.tickets_state(),
            Field::Owner => t.tickets_owner(),
            Field::Queue => t.tickets_queue(),
            Field::Priority => t.tickets_do_priority(),
            Field::Title => t.tickets_subject(),
            Field::Articles => t.tickets_written(),
        };
        let now = if change.field == Field::Articles { brief(&change.now) } else { change.now };
        let none = |text: String| if text.is_empty() { t.tickets_nobody().to_owned() } else { text };
        let before = (change.field != Field::Articles)
            .then(|| view! { <span class="difference__before">{none(change.before)}</span> }.into_any());
        view! {
            <div class="difference">
                <p class="difference__field">{field}</p>
                <p class="difference__values">{before} <span class="difference__after">{none(now)}</span></p>
            </div>
        }
        .into_any()
    });
    view! { <div class="differences">{rows.collect_view()}</div> }.into_any()
}

fn brief(text: &str) -> String {
    let (from, body) = text.split_once(": ").unwrap_or(("", text));
    [writer(from), ": ", &body.chars().take(200).collect::<String>()].concat()
}

#[expect(clippy::too_many_arguments, reason = "the parts of one card, each said once")]
fn card(
    t: Texts,
    what: &'static str,
    why: &str,
    changes: Option<AnyView>,
    text: &str,
    again: Option<Callback<()>>,
    drop: Callback<()>,
    ways: Ways,
) -> AnyView {
    let (again_words, drop_words) = match ways {
        Ways::Usual => (t.tickets_insist(), t.tickets_give_up()),
        Ways::SignIn => (t.common_retry(), t.tickets_give_up()),
        Ways::Mail => (t.tickets_mail_again(), t.tickets_mail_leave()),
    };
    let text =
        (!text.is_empty()).then(|| view! { <p class="stopped-card__text" dir="auto">{text.to_owned()}</p> }.into_any());
    let again = again.map(|again| {
        view! {
            <Button
                label=again_words
                kind=ButtonKind::Tinted
                size=ButtonSize::Small
                on_press=move |()| again.run(())
            />
        }
        .into_any()
    });
    let sign_in = (ways == Ways::SignIn).then(|| {
        view! { <LinkButton label=t.tickets_sign_in() href="/tickets/link" size=ButtonSize::Small /> }.into_any()
    });
    view! {
        <div class="stopped-card" role="group" aria-label=what>
            <p class="stopped-card__what">
                {Icon::Warning.view()}
                {t.tickets_not_done_what(what)}
            </p>
            <p class="stopped-card__why">{why.to_owned()}</p>
            {changes} {text}
            <div class="stopped-card__ways">
                {sign_in} {again}
                <Button
                    label=drop_words
                    kind=ButtonKind::Plain
                    size=ButtonSize::Small
                    on_press=move |()| drop.run(())
                />
            </div>
        </div>
    }
    .into_any()
}
