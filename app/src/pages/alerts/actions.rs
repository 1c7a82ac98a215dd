//! What may be done with an incident: take it, silence it, say something, close it by hand, open it again.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Incidents as _},
    components::{
        Button, ButtonKind, ButtonSize, Icon, Section, Segmented, Sheet, TextArea, TextField, Toasts, use_clock,
        use_toasts,
    },
    device, format,
    i18n::{Texts, use_texts},
    model::{
        Error,
        ids::IncidentId,
        incident::{Incident, IncidentAction, IncidentState},
        user::Role,
    },
    pages::{Fetched, server::mute::Length},
    session::use_role,
    telegram::{Haptic, Telegram, guard_unsaved, use_telegram},
};

/// The actions this account may take.
#[component]
pub fn Actions(
    /// On which incident.
    incident: Incident,
    /// Where it comes from.
    known: Fetched<Incident>,
    /// Whether the sheet of silence is open.
    silencing: RwSignal<bool>,
    /// A comment that is being typed.
    comment: RwSignal<String>,
) -> impl IntoView {
    let t = use_texts();
    let desk =
        Desk { t, backend: expect_context(), toasts: use_toasts(), telegram: use_telegram(), id: incident.id, known };
    (use_role() >= Role::Operator).then(|| {
        let open = incident.state == IncidentState::Open;
        let free = open && incident.acknowledged.is_none();
        let silent = open && incident.silenced.is_some();
        let desk = StoredValue::new(desk);
        let act = move |action: IncidentAction, done: &'static str, back: Option<IncidentAction>| {
            desk.get_value().act(action, done.to_owned(), back);
        };
        let silence = IncidentAction::Silence { minutes: 0, reason: String::new() };
        view! {
            <div class="incident__actions">
                {free
                    .then(|| {
                        view! {
                            <Button
                                label=t.alerts_acknowledge()
                                icon=Icon::Check
                                on_press=move |()| act(IncidentAction::Acknowledge, t.alerts_acknowledged(), None)
                            />
                        }
                    })}
                {(open && !silent)
                    .then(|| {
                        view! {
                            <Button
                                label=t.alerts_silence()
                                kind=ButtonKind::Tinted
                                icon=Icon::BellOff
                                on_press=move |()| silencing.set(true)
                            />
                        }
                    })}
                {silent
                    .then(|| {
                        view! {
                            <Button
                                label=t.alerts_unsilence()
                                kind=ButtonKind::Tinted
                                icon=Icon::Bell
                                on_press=move |()| act(silence.clone(), t.alerts_unsilenced(), None)
                            />
                        }
                    })}
                {if open {
                    view! {
                        <Button
                            label=t.alerts_resolve()
                            kind=ButtonKind::Plain
                            on_press=move |()| act(
                                IncidentAction::Resolve,
                                t.alerts_resolved(),
                                Some(IncidentAction::Reopen),
                            )
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <Button
                            label=t.alerts_reopen()
                            kind=ButtonKind::Tinted
                            on_press=move |()| act(
                                IncidentAction::Reopen,
                                t.alerts_reopened(),
                                Some(IncidentAction::Resolve),
                            )
                        />
                    }
                        .into_any()
                }}
            </div>
            <Comment desk=desk text=comment />
            <Silence desk=desk open=silencing />
        }
    })
}

/// Everything an action needs to the end: "undo" is pressed later.
#[derive(Clone)]
struct Desk {
    t: Texts,
    backend: Backend,
    toasts: Toasts,
    telegram: Telegram,
    id: IncidentId,
    known: Fetched<Incident>,
}

impl Desk {
    /// Does it and says so, with the way back where there is one.
    fn act(self, action: IncidentAction, done: String, back: Option<IncidentAction>) {
        self.telegram.haptic(Haptic::Impact);
        spawn_local(async move {
            match self.send(action).await {
                Ok(()) => match back {
                    Some(back) => {
                        let desk = self.clone();
                        let undone = self.t.card_undone();
                        self.toasts.undo(done, move || desk.clone().act(back.clone(), undone.to_owned(), None));
                    }
                    None => self.toasts.show(done),
                },
                Err(error) => self.toasts.problem(self.t.error(&error)),
            }
        });
    }

    async fn send(&self, action: IncidentAction) -> Result<(), Error> {
        let answer = self.backend.incidents().act(self.id, action, device::unique_key()).await;
        self.telegram.haptic(if answer.is_ok() { Haptic::Success } else { Haptic::Error });
        let incident = answer?;
        // Another one may be open by now.
        if self.known.known().is_some_and(|known| known.id == incident.id) {
            if incident.events.is_empty() {
                self.known.refetch();
            } else {
                self.known.set(incident);
            }
        }
        Ok(())
    }
}

#[component]
fn Comment(desk: StoredValue<Desk>, text: RwSignal<String>) -> impl IntoView {
    let t = use_texts();
    let busy = RwSignal::new(false);
    let empty = Signal::derive(move || text.with(|text| text.trim().is_empty()));
    guard_unsaved(Signal::derive(move || !empty.get()));
    let send = move |()| {
        let typed = text.get_untracked().trim().to_owned();
        if typed.is_empty() {
            return;
        }
        let desk = desk.get_value();
        busy.set(true);
        spawn_local(async move {
            let answer = desk.send(IncidentAction::Comment { text: typed }).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(()) => drop(text.try_set(String::new())),
                Err(error) => desk.toasts.problem(desk.t.error(&error)),
            }
        });
    };
    view! {
        <Section>
            <TextArea label=t.alerts_comment() value=text name="comment" hint=t.alerts_comment_hint() />
            <div class="section__inset">
                <Button
                    label=t.alerts_send()
                    kind=ButtonKind::Tinted
                    size=ButtonSize::Small
                    disabled=empty
                    busy=busy
                    on_press=send
                />
            </div>
        </Section>
    }
}

#[component]
fn Silence(desk: StoredValue<Desk>, open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let length = RwSignal::new(Length::Minutes(120));
    let reason = RwSignal::new(t.mute_reason_known().to_owned());
    let until = move || format::clock(length.get().end(clock.now.get(), clock.zone.get()), clock.zone.get());
    let label = Signal::derive(move || t.mute_confirm(&until()));
    let act = move |()| {
        let minutes = length.get_untracked().minutes(clock.now.get_untracked(), clock.zone.get_untracked());
        let said = reason.get_untracked();
        let said = if said.trim().is_empty() { t.mute_reason_known().to_owned() } else { said };
        let back = IncidentAction::Silence { minutes: 0, reason: String::new() };
        open.set(false);
        desk.get_value().act(
            IncidentAction::Silence { minutes, reason: said },
            t.alerts_silenced(&untrack(until)),
            Some(back),
        );
    };
    view! {
        <Sheet title=t.alerts_silence() open=open>
            <div class="mute">
                <Segmented
                    label=t.mute_how_long()
                    name="silence-length"
                    options=Length::choices(t)
                    chosen=length
                    on_choose=move |chosen| length.set(chosen)
                />
                <TextField label=t.mute_reason() value=reason name="silence-reason" max_length=200 />
                <p class="mute__note">{t.alerts_silence_text()}</p>
                <Button label=label size=ButtonSize::Large on_press=act />
            </div>
        </Sheet>
    }
}
