//! Picking a ready reply: found by typing, one press puts it where the cursor is, another one takes it back.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Replies as _},
    components::{Button, ButtonKind, ButtonSize, Icon, Row, RowText, TextField, use_clock},
    device::{self, storage},
    directory::remembered::key,
    helpdesk::replies::{DayPart, Placeholder, fill, gap_in, glance, is_cyrillic, offered, splice, units},
    i18n::{texts, use_texts},
    live::live,
    model::{action::ActionKind, reply::Reply, ticket::Ticket, user::Language},
    pages::{composing::placeholder_name, tickets::composer::Composer},
    session::use_session,
};

/// The field that is written in.
const FIELD: &str = "#field-ticket-text";

/// The pick.
#[component]
pub fn Insert(
    /// What is composed.
    composer: Composer,
    /// For which action.
    kind: ActionKind,
) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let me = use_session().user_untracked();
    let kept = key(&me.as_ref().map_or(0.into(), |user| user.id).to_string(), "replies");
    let me = me.map(|user| user.name);
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let known = RwSignal::new(None::<Vec<Reply>>);
    // What the text was before the insertion, and after it.
    let inserted = RwSignal::new(None::<(String, String)>);
    let backend = expect_context::<Backend>();
    let toggle = move |()| {
        open.update(|open| *open = !*open);
        if !open.get_untracked() {
            return;
        }
        // Those of the last time are there without a connection.
        if known.with_untracked(Option::is_none) {
            known.set(storage::read(&kept));
        }
        let (backend, kept) = (backend.clone(), kept.clone());
        spawn_local(async move {
            if let Ok(replies) = backend.replies().replies().await {
                storage::write(&kept, &replies);
                let _ = known.try_set(Some(replies));
            }
        });
    };
    let name = move |placeholder| placeholder_name(t, placeholder);
    let filled = Callback::new(move |body: String| {
        let Some(ticket) = composer.targets.with_value(|targets| targets.first().cloned()) else { return body };
        let hour = clock.now.get_untracked().to_offset(clock.zone.get_untracked()).hour();
        fill(&body, &|placeholder| value(placeholder, &ticket, me.as_deref(), hour, &body), &name)
    });
    let put = Callback::new(move |text: String| {
        let before = composer.text.get_untracked();
        let selected = device::selection(FIELD).unwrap_or_else(|| units(&before)..units(&before));
        let (after, at) = splice(&before, selected, &text);
        inserted.set(Some((before, after.clone())));
        composer.text.set(after);
        open.set(false);
        let gap = gap_in(&text, &name).map(|gap| at + units(&text[..gap.start])..at + units(&text[..gap.end]));
        let end = at + units(&text);
        request_animation_frame(move || device::select(FIELD, gap.unwrap_or(end..end)));
    });
    view! {
        <div class="insert">
            <Button
                label=t.replies_pick()
                kind=ButtonKind::Tinted
                size=ButtonSize::Small
                icon=Icon::Reply
                on_press=toggle
            />
            {live(move || {
                let text = composer.text.get();
                inserted.get().filter(|(_, after)| *after == text).map(|(before, _)| {
                    let back = move |()| {
                        composer.text.set(before.clone());
                        inserted.set(None);
                        device::focus(FIELD);
                    };
                    view! {
                        <Button label=t.replies_undo_insert() kind=ButtonKind::Plain size=ButtonSize::Small on_press=back />
                    }
                })
            })}
            {live(move || open.get().then(|| view! { <Choice known=known typed=typed composer=composer kind=kind filled=filled put=put /> }))}
        </div>
    }
    .into_any()
}

#[component]
fn Choice(
    known: RwSignal<Option<Vec<Reply>>>,
    typed: RwSignal<String>,
    composer: Composer,
    kind: ActionKind,
    /// What a text is in this ticket.
    filled: Callback<String, String>,
    put: Callback<String>,
) -> impl IntoView {
    let t = use_texts();
    let queue =
        composer.targets.with_value(|targets| targets.first().map(|ticket| ticket.queue.clone()).unwrap_or_default());
    view! {
        <div class="insert__choice">
            <TextField label=t.replies_search() value=typed name="reply-search" />
            <div class="insert__list">
                {live(move || {
                    let none = |words: &'static str| view! { <p class="mute__note">{words}</p> }.into_any();
                    known.with(|known| {
                        let Some(all) = known else { return none(t.replies_offline()) };
                        let found = typed.with(|typed| offered(all, kind, &queue, typed).into_iter().cloned().collect::<Vec<_>>());
                        if found.is_empty() {
                            return none(t.replies_none_here());
                        }
                        let rows = found.into_iter().map(|reply| {
                            let text = filled.run(reply.body);
                            let glance = glance(&text, 110);
                            view! {
                                <Row on_press=move |()| put.run(text.clone())>
                                    <RowText title=reply.title subtitle=glance />
                                </Row>
                            }
                            .into_any()
                        });
                        rows.collect_view().into_any()
                    })
                })}
            </div>
        </div>
    }
    .into_any()
}

/// What a placeholder stands for in this ticket, if it is known.
pub fn value(placeholder: Placeholder, ticket: &Ticket, me: Option<&str>, hour: u8, body: &str) -> Option<String> {
    match placeholder {
        Placeholder::Greeting => Some(greeting(hour, body).to_owned()),
        Placeholder::CustomerName => ticket.customer.as_ref().and_then(|customer| customer.name.clone()),
        Placeholder::TicketNumber => Some(ticket.number.clone()),
        Placeholder::Title => Some(ticket.title.clone()),
        Placeholder::Queue => Some(ticket.queue.clone()),
        Placeholder::OperatorName => me.map(str::to_owned),
    }
}

/// In the language of the text, whatever the operator's own is.
pub fn greeting(hour: u8, body: &str) -> &'static str {
    let t = texts(if is_cyrillic(body) { Language::Ru } else { Language::En });
    match DayPart::of(hour) {
        DayPart::Morning => t.replies_morning(),
        DayPart::Day => t.replies_day(),
        DayPart::Evening => t.replies_evening(),
    }
}
