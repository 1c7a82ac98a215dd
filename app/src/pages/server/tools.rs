//! What may be done with a server: look now, mute; for administrators also edit, copy, pause, delete.

use leptos::{prelude::*, task::spawn_local};

use super::{Known, mute::Target};
use crate::{
    backend::{Backend, Servers as _},
    components::{Back, Icon, IconTile, Row, RowText, Section, Toasts, use_toasts},
    fleet::links::{Filter, about, list},
    i18n::{Texts, use_texts},
    live::live_text,
    model::{
        Error,
        ids::ServerId,
        server::{Server, ServerPatch},
        user::Role,
    },
    pages::{Fetched, servers::roster::Roster},
    session::use_role,
    telegram::{Haptic, Telegram, use_telegram},
};

/// The actions this account may take.
#[component]
pub fn Tools(
    /// On which server.
    server: Server,
    /// Where it comes from.
    known: Fetched<Known>,
    /// Opens the sheet of silence.
    muting: RwSignal<bool>,
    /// What that sheet would mute.
    target: RwSignal<Option<Target>>,
) -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    let desk = Desk::new();
    let id = server.id;
    let checking = RwSignal::new(false);
    let check = {
        let desk = desk.clone();
        move |_| desk.check_now(id, known, checking)
    };
    let mute = {
        let aim =
            Target { server: id, name: server.name.clone(), group: server.group.clone(), incident: server.incident };
        move |_| {
            target.set(Some(aim.clone()));
            muting.set(true);
        }
    };
    (role >= Role::Operator).then(|| {
        view! {
            <div class="reach server__tools">
                <button type="button" class="reach__button" disabled=checking on:click=check>
                    {Icon::Refresh.view()}
                    <span>{live_text(move || if checking.get() { t.server_checking() } else { t.server_check_now() })}</span>
                </button>
                <button type="button" class="reach__button" on:click=mute>
                    {Icon::BellOff.view()}
                    <span>{t.server_mute()}</span>
                </button>
                {(role >= Role::Admin)
                    .then(|| {
                        view! {
                            <a class="reach__button" href=about(id, "edit")>
                                {Icon::Edit.view()}
                                <span>{t.card_edit()}</span>
                            </a>
                        }
                    })}
            </div>
            {(role >= Role::Admin).then(|| view! { <SetUp server=server known=known desk=desk /> })}
        }
    })
}

/// What is rarely done, folded.
#[component]
fn SetUp(server: Server, known: Fetched<Known>, desk: Desk) -> impl IntoView {
    let t = use_texts();
    let tile = |icon, colour| view! { <IconTile icon=icon colour=colour /> }.into_any();
    let id = server.id;
    let (paused, version) = (server.paused, server.version);
    let (words, icon) = if paused { (t.fleet_resume(), Icon::Play) } else { (t.fleet_pause(), Icon::Pause) };
    let deleting = desk.clone();
    let back = expect_context::<Back>();
    let pause = move |()| desk.clone().pause(id, version, !paused, Some(known));
    let delete = move |()| {
        back.leave_for(&list(&Filter::default()));
        deleting.clone().delete(id);
    };
    view! {
        <details class="server__more">
            <summary>{t.fleet_actions()}</summary>
            <Section>
                <Row href=about(id, "copy") leads=true before=tile(Icon::Copy, 5)>
                    <RowText title=t.fleet_copy() />
                </Row>
                <Row on_press=pause before=tile(icon, 1)>
                    <RowText title=words />
                </Row>
                <Row on_press=delete destructive=true before=tile(Icon::Delete, 0)>
                    <RowText title=t.fleet_delete() />
                </Row>
            </Section>
        </details>
    }
}

/// Everything an action needs to the end: it outlives the page, because "undo" is pressed later.
#[derive(Clone)]
struct Desk {
    t: Texts,
    backend: Backend,
    roster: Roster,
    toasts: Toasts,
    telegram: Telegram,
}

impl Desk {
    fn new() -> Self {
        Self {
            t: use_texts(),
            backend: expect_context(),
            roster: expect_context(),
            toasts: use_toasts(),
            telegram: use_telegram(),
        }
    }

    fn check_now(&self, id: ServerId, known: Fetched<Known>, checking: RwSignal<bool>) {
        let desk = self.clone();
        checking.set(true);
        spawn_local(async move {
            match desk.backend.servers().check_now(id).await {
                Ok(_) => desk.telegram.haptic(Haptic::Success),
                Err(error) => desk.failed(&error),
            }
            // The outcome comes by the channel; without one it is asked for.
            crate::device::sleep(1_500).await;
            let _ = checking.try_set(false);
            if !checking.is_disposed() {
                known.refetch();
            }
        });
    }

    fn pause(self, id: ServerId, version: i64, paused: bool, known: Option<Fetched<Known>>) {
        spawn_local(async move {
            let patch = ServerPatch { version, paused: Some(paused), ..ServerPatch::default() };
            match self.backend.servers().change(id, patch).await {
                Ok(server) => {
                    self.telegram.haptic(Haptic::Success);
                    let done = if paused { self.t.fleet_paused() } else { self.t.fleet_resumed() };
                    let version = server.version;
                    if let Some((known, responsible)) = known.and_then(|known| Some((known, known.known()?.1))) {
                        known.set((server, responsible));
                    }
                    let desk = self.clone();
                    self.toasts.undo(done, move || desk.clone().pause(id, version, !paused, known));
                }
                Err(error) => self.failed(&error),
            }
        });
    }

    fn delete(self, id: ServerId) {
        self.telegram.haptic(Haptic::Impact);
        spawn_local(async move {
            if let Err(error) = self.backend.servers().delete(id).await {
                return self.failed(&error);
            }
            self.telegram.haptic(Haptic::Success);
            self.ask_list();
            let desk = self.clone();
            self.toasts.undo(self.t.fleet_deleted(), move || desk.clone().restore(id));
        });
    }

    fn restore(self, id: ServerId) {
        spawn_local(async move {
            match self.backend.servers().restore(id).await {
                Ok(_) => self.toasts.show(self.t.fleet_restored()),
                Err(error) => self.failed(&error),
            }
            self.ask_list();
        });
    }

    /// The list may be gone by the time somebody undoes.
    fn ask_list(&self) {
        if !self.roster.rows.is_disposed() {
            self.roster.ask();
        }
    }

    fn failed(&self, error: &Error) {
        self.telegram.haptic(Haptic::Error);
        self.toasts.problem(self.t.error(error));
    }
}
