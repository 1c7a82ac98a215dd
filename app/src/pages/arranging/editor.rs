//! One ready reply: its text with the placeholders beside it, how it will look, and what to do when somebody else was faster.

use leptos::{prelude::*, task::spawn_local};

use super::replies::purpose_name;
use crate::{
    backend::{Backend, Replies as _},
    components::{Button, ButtonKind, ButtonSize, Icon, Segmented, TextArea, TextField, use_clock, use_toasts},
    device,
    helpdesk::replies::{Placeholder, fill, splice, units, unknown},
    i18n::{texts, use_texts},
    live::{live, live_text},
    model::{
        Error,
        reply::{Purpose, Reply, ReplyChange, ReplyDraft},
        user::Language,
    },
    pages::{
        composing::{placeholder_name, select},
        replies::greeting,
        tickets::desk::Desk,
    },
};

/// The field of the text.
const FIELD: &str = "#field-reply-body";

/// The form.
#[component]
pub fn Editor(
    /// Which; absent: another one.
    reply: Option<Reply>,
    /// Whether its sheet is open.
    open: RwSignal<bool>,
    /// Something was stored.
    on_done: Callback<()>,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let desk = expect_context::<Desk>();
    let backend = StoredValue::new(expect_context::<Backend>());
    let text = |text: Option<&String>| RwSignal::new(text.cloned().unwrap_or_default());
    let title = text(reply.as_ref().map(|reply| &reply.title));
    let body = text(reply.as_ref().map(|reply| &reply.body));
    let queue = text(reply.as_ref().and_then(|reply| reply.queue.as_ref()));
    let purpose = RwSignal::new(reply.as_ref().map(|reply| reply.purpose).unwrap_or_default());
    let version = RwSignal::new(reply.as_ref().map_or(0, |reply| reply.version));
    let failure = RwSignal::new(None::<Error>);
    let busy = RwSignal::new(false);
    let id = reply.as_ref().map(|reply| reply.id);
    let key = StoredValue::new(device_key());
    let wrong = Memo::new(move |_| body.with(|body| unknown(body)).join(", "));
    let missing = Signal::derive(move || {
        title.with(|text| text.trim().is_empty())
            || body.with(|text| text.trim().is_empty())
            || wrong.with(|wrong| !wrong.is_empty())
    });
    let save = move |()| {
        let draft = ReplyDraft {
            title: title.get_untracked(),
            body: body.get_untracked(),
            queue: Some(queue.get_untracked()).filter(|queue| !queue.is_empty()),
            purpose: purpose.get_untracked(),
        };
        let (backend, version, key) = (backend.get_value(), version.get_untracked(), key.get_value());
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = match id {
                Some(id) => backend.replies().change_reply(id, ReplyChange { draft, version }).await,
                None => backend.replies().create_reply(draft, key).await,
            };
            let _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    toasts.show(t.replies_saved());
                    let _ = open.try_set(false);
                    let _ = on_done.try_run(());
                }
                Err(error) => drop(failure.try_set(Some(error))),
            }
        });
    };
    let delete = move |()| {
        let Some(reply) = reply.clone() else { return };
        let backend = backend.get_value();
        spawn_local(async move {
            if let Err(error) = backend.replies().delete_reply(reply.id).await {
                return drop(failure.try_set(Some(error)));
            }
            let _ = open.try_set(false);
            let _ = on_done.try_run(());
            let said = t.replies_deleted(&reply.title);
            let Reply { title, body, queue, purpose, .. } = reply;
            let draft = ReplyDraft { title, body, queue, purpose };
            let key = device::unique_key();
            let undo = move || {
                let (backend, draft, key) = (backend.clone(), draft.clone(), key.clone());
                spawn_local(async move {
                    match backend.replies().create_reply(draft, key).await {
                        Ok(_) => drop(on_done.try_run(())),
                        Err(error) => toasts.error(&error),
                    }
                });
            };
            toasts.undo(said, undo);
        });
    };
    let put = move |placeholder: Placeholder| {
        let before = body.get_untracked();
        let selected = device::selection(FIELD).unwrap_or_else(|| units(&before)..units(&before));
        let written = placeholder.written();
        let (after, at) = splice(&before, selected, &written);
        body.set(after);
        let end = at + units(&written);
        request_animation_frame(move || device::select(FIELD, end..end));
    };
    let chips = Placeholder::ALL.map(|placeholder| {
        view! {
            <li class="placeholder">
                <button type="button" class="placeholder__name" on:click=move |_| put(placeholder)>
                    {placeholder.written()}
                </button>
                <span class="placeholder__what">{placeholder_name(t, placeholder)}</span>
            </li>
        }
        .into_any()
    });
    let take_theirs = move |theirs: Reply| {
        title.set(theirs.title);
        body.set(theirs.body);
        queue.set(theirs.queue.unwrap_or_default());
        purpose.set(theirs.purpose);
        version.set(theirs.version);
        failure.set(None);
    };
    view! {
        <div class="mute reply-editor">
            <TextField label=t.replies_name() value=title name="reply-title" required=true max_length=100 />
            <TextArea
                label=t.replies_text()
                value=body
                name="reply-body"
                error=Signal::derive(move || {
                    wrong.with(|wrong| (!wrong.is_empty()).then(|| t.error_unknown_placeholder(wrong)))
                })
            />
            <section class="placeholders" aria-label=t.replies_placeholders()>
                <h3 class="placeholders__title">{t.replies_placeholders()}</h3>
                <ul class="placeholders__list">{chips.into_iter().collect_view()}</ul>
                <p class="mute__note">{t.replies_placeholders_hint()}</p>
            </section>
            {select(t.replies_queue(), "reply-queue", queue, move || {
                let mut queues = desk.shelf.with(|shelf| shelf.choices.queues.clone());
                let own = queue.get_untracked();
                if !own.is_empty() && !queues.contains(&own) {
                    queues.push(own);
                }
                queues
            })}
            <Segmented
                label=t.replies_purpose()
                name="reply-purpose"
                options=Purpose::ALL.map(|purpose| (purpose, purpose_name(t, purpose).to_owned())).to_vec()
                chosen=purpose
                on_choose=move |chosen| purpose.set(chosen)
            />
            <Preview body=body queue=queue />
            {live(move || failure.get().map(|error| {
                let theirs = error.current::<Reply>();
                view! {
                    <div class="stopped-card" role="alert">
                        <p class="stopped-card__why">{t.error(&error)}</p>
                        {theirs.map(|theirs| {
                            let (now, mine) = (theirs.version, theirs.clone());
                            view! {
                                <p class="stopped-card__text">{theirs.title.clone()} ": " {theirs.body.clone()}</p>
                                <div class="stopped-card__ways">
                                    <Button label=t.replies_theirs() kind=ButtonKind::Tinted size=ButtonSize::Small
                                        on_press=move |()| take_theirs(mine.clone()) />
                                    <Button label=t.replies_mine() kind=ButtonKind::Plain size=ButtonSize::Small
                                        on_press=move |()| {
                                            version.set(now);
                                            save(());
                                        } />
                                </div>
                            }
                        })}
                    </div>
                }
                .into_any()
            }))}
            <Button label=t.replies_save() size=ButtonSize::Large disabled=missing busy=busy on_press=save />
            {id.map(|_| view! {
                <Button label=t.replies_delete() kind=ButtonKind::Destructive icon=Icon::Delete on_press=delete />
            })}
        </div>
    }
    .into_any()
}

/// How it will look in the ticket of somebody invented.
#[component]
fn Preview(body: RwSignal<String>, queue: RwSignal<String>) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let text = move || {
        body.with(|body| {
            let hour = clock.now.get().to_offset(clock.zone.get()).hour();
            let language = if crate::helpdesk::replies::is_cyrillic(body) { Language::Ru } else { Language::En };
            let own = texts(language);
            let value = |placeholder| {
                Some(match placeholder {
                    Placeholder::Greeting => greeting(hour, body).to_owned(),
                    Placeholder::CustomerName | Placeholder::OperatorName => own.replies_example_customer().to_owned(),
                    Placeholder::TicketNumber => "2026112000000017".to_owned(),
                    Placeholder::Title => own.replies_example_title().to_owned(),
                    Placeholder::Queue => {
                        queue.with(|queue| if queue.is_empty() { "Helpdesk".to_owned() } else { queue.clone() })
                    }
                })
            };
            fill(body, &value, &|placeholder| placeholder_name(t, placeholder))
        })
    };
    view! {
        <section class="reply-preview" aria-label=t.replies_preview()>
            <h3 class="placeholders__title">{t.replies_preview()}</h3>
            <p class="reply-preview__text" dir="auto">{live_text(text)}</p>
        </section>
    }
    .into_any()
}

/// The editor is made in the browser alone: its sheet is closed when the server renders.
fn device_key() -> String {
    if cfg!(feature = "hydrate") { device::unique_key() } else { String::new() }
}
