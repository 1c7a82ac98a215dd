//! Making a ticket for somebody: found in the directory, with photos of what is broken. What is typed is kept on the device.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::photos::{Chosen, Photos};
use crate::{
    backend::{Actions as _, Backend},
    components::{
        Avatar, Back, Button, ButtonKind, ButtonSize, ErrorNotice, MainAction, Page, Row, RowText, Section, Sheet,
        TextArea, TextField, use_toasts,
    },
    device::{self, storage},
    directory::remembered::key,
    helpdesk::links::{Filter, list},
    i18n::use_texts,
    live::{live, watch},
    model::{
        Error,
        action::NewTicket,
        ids::EmployeeId,
        ticket::asked::{AskedField, FieldValue, Moment},
    },
    pages::{
        Acts,
        composing::{asked, select},
        person_picker::PersonPicker,
        tickets::desk::Desk,
    },
    session::use_session,
    telegram::{Haptic, guard_unsaved, use_telegram},
};

/// What is kept of the form. Files are not: they may be larger than what a device keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    title: String,
    body: String,
    queue: String,
    person: Option<(EmployeeId, String)>,
    #[serde(default)]
    fields: Vec<FieldValue>,
    /// What was sent last, and its key: sent again after an answer that was lost, it must not be made twice.
    sent: Option<(String, String)>,
}

/// The form.
#[component]
pub fn NewTicketPage() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let form = RwSignal::new(Draft::default());
    let (title, body, queue) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let person = RwSignal::new(None::<(EmployeeId, String)>);
    let filled = RwSignal::new(Vec::<FieldValue>::new());
    let fields = Memo::new(move |_| desk.shelf.with(|shelf| shelf.choices.fields.clone()));
    let files = RwSignal::new(Vec::<Chosen>::new());
    let picking = RwSignal::new(false);
    let failure = RwSignal::new(None::<Error>);
    let busy = RwSignal::new(false);
    let account = use_session().user_untracked().map_or(0.into(), |user| user.id);
    let name = StoredValue::new(key(&account.to_string(), "draft.ticket.new"));
    let restored = StoredValue::new(false);
    watch(move || {
        if !restored.get_value() {
            restored.set_value(true);
            if let Some(draft) = storage::read::<Draft>(&name.get_value()) {
                title.set(draft.title.clone());
                body.set(draft.body.clone());
                queue.set(draft.queue.clone());
                person.set(draft.person.clone());
                filled.set(draft.fields.clone());
                form.set(draft);
            }
        }
        let draft = Draft {
            title: title.get(),
            body: body.get(),
            queue: queue.get(),
            person: person.get(),
            fields: filled.get(),
            sent: form.with_untracked(|form| form.sent.clone()),
        };
        form.set(draft.clone());
        if draft.title.is_empty() && draft.body.is_empty() {
            storage::forget(&name.get_value());
        } else {
            storage::write(&name.get_value(), &draft);
        }
    });
    guard_unsaved(Signal::derive(move || !files.with(Vec::is_empty)));
    let missing = Signal::derive(move || {
        title.with(|text| text.trim().is_empty())
            || body.with(|text| text.trim().is_empty())
            || queue.with(String::is_empty)
            || fields.with(|fields| filled.with(|filled| asked::is_open(fields, Moment::Create, filled)))
    });
    let make = make(form, fields, files, name, failure, busy);
    let queues = move || desk.shelf.with(|shelf| shelf.choices.queues.clone());
    view! {
        <Page title=t.tickets_new()>
            <Section header=t.tickets_customer()>
                {live(move || match person.get() {
                    Some((id, shown)) => {
                        let avatar = view! { <Avatar name=shown.clone() seed=id.get() /> }.into_any();
                        view! {
                            <Row before=avatar on_press=move |()| picking.set(true) leads=true>
                                <RowText title=shown />
                            </Row>
                        }
                            .into_any()
                    }
                    None => view! {
                        <Row on_press=move |()| picking.set(true) leads=true>
                            <RowText title=t.tickets_pick_customer() />
                        </Row>
                    }
                        .into_any(),
                })}
            </Section>
            <Section>
                <TextField label=t.tickets_subject() value=title name="ticket-title" required=true max_length=191 />
                <TextArea label=t.tickets_body() value=body name="ticket-body" />
                {select(t.tickets_queue(), "ticket-queue", queue, queues)}
                {live(move || asked::asked(t, fields.get(), Moment::Create, filled))}
            </Section>
            <Section header=t.tickets_photos()>
                <Photos files=files />
            </Section>
            {live(move || failure.get().map(|error| view! { <ErrorNotice error=error /> }.into_any()))}
            <MainAction label=t.tickets_create() disabled=missing busy=busy on_press=make />
            <Sheet title=t.tickets_pick_customer() open=picking>
                <PersonPicker on_pick=move |found: crate::model::employee::Employee| {
                    person.set(Some((found.id, found.full_name.clone())));
                    picking.set(false);
                } />
                <div class="sheet__actions">
                    <Button
                        label=t.tickets_without_customer()
                        kind=ButtonKind::Plain
                        size=ButtonSize::Large
                        on_press=move |()| {
                            person.set(None);
                            picking.set(false);
                        }
                    />
                </div>
            </Sheet>
        </Page>
    }
}

/// Sends the form.
fn make(
    form: RwSignal<Draft>,
    fields: Memo<Vec<AskedField>>,
    files: RwSignal<Vec<Chosen>>,
    name: StoredValue<String>,
    failure: RwSignal<Option<Error>>,
    busy: RwSignal<bool>,
) -> Callback<()> {
    let t = use_texts();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let acts = expect_context::<Acts>();
    let back = expect_context::<Back>();
    let backend = StoredValue::new(expect_context::<Backend>());
    Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        let draft = form.get_untracked();
        let ticket = NewTicket {
            title: draft.title.trim().to_owned(),
            body: draft.body.trim().to_owned(),
            queue: draft.queue.clone(),
            employee_id: draft.person.as_ref().map(|(id, _)| *id),
            fields: fields.with_untracked(|fields| asked::sent(fields, Moment::Create, &draft.fields, &[])),
            files: files.with_untracked(|files| files.iter().map(|(file, _)| file.clone()).collect()),
            ..NewTicket::default()
        };
        let print = serde_json::to_string(&NewTicket { files: Vec::new(), ..ticket.clone() }).unwrap_or_default()
            + &ticket.files.len().to_string();
        let request_key = match draft.sent.clone() {
            Some((sent, key)) if sent == print => key,
            _ => device::unique_key(),
        };
        let draft = Draft { sent: Some((print, request_key.clone())), ..draft };
        storage::write(&name.get_value(), &draft);
        // With a key of its own the next time: this one stands for what is taken back.
        let written = Draft { sent: None, ..draft.clone() };
        form.set(draft);
        failure.set(None);
        busy.set(true);
        let backend = backend.get_value();
        spawn_local(async move {
            let answer = backend.actions().create(ticket, request_key).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(action) => {
                    telegram.haptic(Haptic::Success);
                    let name = name.try_get_value().unwrap_or_default();
                    storage::forget(&name);
                    let undo = move || {
                        let (backend, name, written) = (backend.clone(), name.clone(), written.clone());
                        spawn_local(async move {
                            match backend.actions().undo(action.id).await {
                                Ok(_) => {
                                    // What was written waits for the next time.
                                    storage::write(&name, &written);
                                    toasts.show(t.card_undone());
                                }
                                Err(error) => toasts.error(&error),
                            }
                        });
                    };
                    match acts.undo_s.get_value() {
                        0 => toasts.show(t.tickets_done_create()),
                        seconds => toasts.undo_for(
                            Duration::from_secs(seconds.into()),
                            t.tickets_done_create().to_owned(),
                            undo,
                        ),
                    }
                    back.leave_for(&list(&Filter::default()));
                }
                Err(error) => {
                    telegram.haptic(Haptic::Error);
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    })
}
