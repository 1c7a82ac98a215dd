//! The form of a server, for a new one, one like another, and one that is there; and the sheet of a monitor.

mod fields;
mod monitor;
mod parent;
mod save;

use leptos::prelude::*;

pub use monitor::{load_monitor_sheet, monitor_sheet};

use crate::{
    components::{Button, ButtonKind, Icon, MainAction, Page, Row, RowText, Section, SkeletonRows},
    fleet::form::Form,
    i18n::use_texts,
    live::live,
    model::{employee::Employee, ids::ServerId, monitor::MonitorDraft, server::Server},
    pages::server::known,
    telegram::guard_unsaved,
};
use fields::{Fields, Inputs};
use save::Saver;

/// What a form was opened with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Seen {
    /// The server; nothing for a new one.
    pub id: Option<ServerId>,
    /// Its version.
    pub version: i64,
    /// Its fields.
    pub form: Form,
    /// What it is reached through.
    pub parent: Option<(ServerId, String)>,
    /// Who is responsible.
    pub responsible: Option<Employee>,
    /// What is watched; only for a new one.
    pub monitors: Vec<MonitorDraft>,
}

impl Seen {
    fn of(server: &Server, responsible: Option<Employee>) -> Self {
        Self {
            id: Some(server.id),
            version: server.version,
            form: Form::of(server),
            parent: server.parent_id.map(|id| (id, server.parent_name.clone().unwrap_or_default())),
            responsible,
            monitors: Vec::new(),
        }
    }

    /// Another one like it.
    fn like(server: &Server, responsible: Option<Employee>, name: String) -> Self {
        let monitors = server.monitors.iter().map(|monitor| MonitorDraft {
            kind: monitor.kind,
            // The address of a job is the job's own.
            target: if monitor.kind == crate::model::monitor::Kind::Push {
                String::new()
            } else {
                monitor.target.clone()
            },
            interval_s: monitor.interval_s,
            settings: monitor.settings.clone(),
            paused: monitor.paused,
        });
        let seen = Self { id: None, version: 0, monitors: monitors.collect(), ..Self::of(server, responsible) };
        Self { form: Form { name, ..seen.form.clone() }, ..seen }
    }
}

/// Entering a new server, or one like another.
#[component]
pub fn ServerNew(
    /// Like this one.
    like: Option<ServerId>,
) -> impl IntoView {
    let t = use_texts();
    match like {
        None => {
            let seen = Seen { monitors: vec![MonitorDraft::default()], ..Seen::default() };
            view! {
                <Page title=t.fleet_new()>
                    <Editor seen=seen />
                </Page>
            }
            .into_any()
        }
        Some(id) => {
            let known = known(id);
            view! {
                <Page title=t.fleet_new()>
                    {known.view(
                        || view! { <SkeletonRows rows=6 plain=true /> }.into_any(),
                        move |(server, responsible)| {
                            let name = t.fleet_copy_of(&server.name);
                            view! { <Editor seen=Seen::like(&server, responsible, name) /> }.into_any()
                        },
                    )}
                </Page>
            }
            .into_any()
        }
    }
}

/// Changing a server.
#[component]
pub fn ServerEdit(
    /// Which.
    id: ServerId,
) -> impl IntoView {
    let t = use_texts();
    let known = known(id);
    view! {
        <Page title=t.fleet_edit()>
            {known.view(
                || view! { <SkeletonRows rows=6 plain=true /> }.into_any(),
                |(server, responsible)| view! { <Editor seen=Seen::of(&server, responsible) /> }.into_any(),
            )}
        </Page>
    }
}

#[component]
fn Editor(seen: Seen) -> impl IntoView {
    let t = use_texts();
    let new = seen.id.is_none();
    let fields = Fields::of(&seen);
    let seen = RwSignal::new(seen);
    let saver = Saver::new(seen, fields);
    let changed = Memo::new(move |_| fields.differs(&seen.get()));
    guard_unsaved(changed.into());
    let save = saver.clone();
    let (busy, failure) = (saver.busy, saver.failure);
    let problems = saver.problems;
    view! {
        <form
            class="editor"
            on:submit=move |event| {
                event.prevent_default();
                saver.save();
            }
        >
            <Inputs fields=fields problems=problems />
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">
                {t.fleet_save()}
            </button>
        </form>
        {new.then(|| view! { <NewMonitors fields=fields /> })}
        {live(move || {
            failure
                .get()
                .map(|text| view! { <p class="editor__failure" role="alert">{text} " " {t.edit_kept()}</p> }.into_any())
        })}
        <MainAction label=t.fleet_save() on_press=move |()| save.save() busy=busy />
    }
}

/// The monitors a new server begins with.
#[component]
fn NewMonitors(fields: Fields) -> impl IntoView {
    let t = use_texts();
    let editing = RwSignal::new(None::<Option<usize>>);
    view! {
        <Section header=t.server_monitors()>
            {live(move || {
                fields
                    .monitors
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(at, draft)| {
                        let every = t.server_every(&t.span(draft.interval_s.into()));
                        let about = if draft.target.is_empty() { every } else { [&draft.target, " · ", &every].concat() };
                        view! {
                            <Row on_press=move |()| editing.set(Some(Some(at))) leads=true>
                                <RowText title=t.kind(draft.kind) subtitle=about />
                            </Row>
                        }
                    })
                    .collect_view()
            })}
            <div class="section__inset">
                <Button
                    label=t.monitor_add()
                    kind=ButtonKind::Plain
                    icon=Icon::Add
                    on_press=move |()| editing.set(Some(None))
                />
            </div>
        </Section>
        <monitor::DraftSheet fields=fields editing=editing />
    }
}
