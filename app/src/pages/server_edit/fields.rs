//! What is typed in the form of a server, and its inputs.

use leptos::{prelude::*, task::spawn_local};

use super::{Seen, parent::ParentPick};
use crate::{
    backend::{Backend, Servers as _},
    components::{Avatar, Button, ButtonKind, Icon, Row, RowText, Section, Sheet, TextArea, TextField},
    fleet::form::Form,
    i18n::use_texts,
    live::{live, watch},
    model::{employee::Employee, ids::ServerId, monitor::MonitorDraft},
    pages::person_picker::PersonPicker,
};

/// What is wrong: the field's name on the wire and the words.
pub type Problems = RwSignal<Vec<(String, String)>>;

/// All fields as signals.
#[derive(Clone, Copy)]
pub struct Fields {
    name: RwSignal<String>,
    address: RwSignal<String>,
    group: RwSignal<String>,
    tags: RwSignal<String>,
    notes: RwSignal<String>,
    runbook: RwSignal<String>,
    /// What it is reached through.
    pub parent: RwSignal<Option<(ServerId, String)>>,
    /// Who is responsible.
    pub responsible: RwSignal<Option<Employee>>,
    /// What is watched; only for a new one.
    pub monitors: RwSignal<Vec<MonitorDraft>>,
}

impl Fields {
    /// Fields that hold this.
    pub fn of(seen: &Seen) -> Self {
        let Form { name, address, group, tags, notes, runbook } = seen.form.clone();
        Self {
            name: RwSignal::new(name),
            address: RwSignal::new(address),
            group: RwSignal::new(group),
            tags: RwSignal::new(tags),
            notes: RwSignal::new(notes),
            runbook: RwSignal::new(runbook),
            parent: RwSignal::new(seen.parent.clone()),
            responsible: RwSignal::new(seen.responsible.clone()),
            monitors: RwSignal::new(seen.monitors.clone()),
        }
    }

    /// The texts; tracked.
    pub fn form(self) -> Form {
        Form {
            name: self.name.get(),
            address: self.address.get(),
            group: self.group.get(),
            tags: self.tags.get(),
            notes: self.notes.get(),
            runbook: self.runbook.get(),
        }
    }

    /// Whether something was changed; tracked.
    pub fn differs(self, seen: &Seen) -> bool {
        let id = |person: &Option<Employee>| person.as_ref().map(|person| person.id);
        self.form() != seen.form
            || self.parent.get() != seen.parent
            || self.responsible.with(id) != id(&seen.responsible)
            || self.monitors.get() != seen.monitors
    }
}

/// The inputs in groups.
#[component]
pub fn Inputs(
    /// Where it is typed.
    fields: Fields,
    /// What is wrong.
    problems: Problems,
) -> impl IntoView {
    let t = use_texts();
    let wrong = move |name: &'static str| {
        Signal::derive(move || {
            problems.with(|problems| problems.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone()))
        })
    };
    let groups = groups();
    view! {
        <Section>
            <TextField
                label=t.fleet_name()
                value=fields.name
                name="name"
                required=true
                max_length=100
                error=wrong("name")
            />
            <TextField
                label=t.fleet_address()
                value=fields.address
                name="address"
                input_mode="url"
                required=true
                error=wrong("address")
            />
            <TextField label=t.server_group() value=fields.group name="group" hint=t.fleet_group_hint() error=wrong("group") />
            <GroupChips fields=fields groups=groups />
            <TextField label=t.server_tags() value=fields.tags name="tags" hint=t.fleet_tags_hint() error=wrong("tags") />
        </Section>
        <Section header=t.server_responsible()>
            <Responsible person=fields.responsible />
        </Section>
        <Section header=t.fleet_parent() footer=t.fleet_parent_hint()>
            <ParentPick parent=fields.parent error=wrong("parent_id") />
        </Section>
        <Section>
            <TextField
                label=t.fleet_runbook()
                value=fields.runbook
                name="runbook_url"
                kind="url"
                input_mode="url"
                placeholder="https://"
                error=wrong("runbook_url")
            />
            <TextArea label=t.server_notes() value=fields.notes name="notes" hint=t.fleet_notes_hint() error=wrong("notes") />
        </Section>
    }
}

/// The names of the groups there are, for choosing by a tap.
fn groups() -> RwSignal<Vec<String>> {
    let backend = expect_context::<Backend>();
    let groups = RwSignal::new(Vec::new());
    watch(move || {
        let servers = backend.servers();
        spawn_local(async move {
            // Without them the name is typed.
            if let Ok(known) = servers.groups().await {
                let _ = groups.try_set(known.into_iter().map(|group| group.name).collect());
            }
        });
    });
    groups
}

#[component]
fn GroupChips(fields: Fields, groups: RwSignal<Vec<String>>) -> impl IntoView {
    live(move || {
        let typed = fields.group.get();
        let chips: Vec<AnyView> = groups
            .get()
            .into_iter()
            .filter(|name| *name != typed)
            .take(12)
            .map(|name| {
                let chosen = name.clone();
                view! {
                    <li class="chip chip--fill">
                        <button type="button" class="chip__link" on:click=move |_| fields.group.set(chosen.clone())>
                            {name}
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect();
        (!chips.is_empty()).then(|| view! { <ul class="chips chips--line field__chips">{chips}</ul> }.into_any())
    })
}

#[component]
fn Responsible(person: RwSignal<Option<Employee>>) -> impl IntoView {
    let t = use_texts();
    let picking = RwSignal::new(false);
    let picked = move |chosen: Employee| {
        person.set(Some(chosen));
        picking.set(false);
    };
    view! {
        {live(move || match person.get() {
            Some(known) => {
                let avatar = view! { <Avatar name=known.full_name.clone() seed=known.id.get() /> }.into_any();
                let clear = view! {
                    <Button
                        label=t.fleet_clear()
                        kind=ButtonKind::Plain
                        icon=Icon::Close
                        icon_only=true
                        on_press=move |()| person.set(None)
                    />
                }
                    .into_any();
                view! {
                    <Row before=avatar after=clear>
                        <RowText title=known.full_name subtitle=known.position.unwrap_or_default() />
                    </Row>
                }
                    .into_any()
            }
            None => view! {
                <Row on_press=move |()| picking.set(true) leads=true>
                    <RowText title=t.fleet_responsible_pick() subtitle=t.fleet_responsible_none() />
                </Row>
            }
                .into_any(),
        })}
        <Sheet title=t.fleet_responsible_pick() open=picking>
            <PersonPicker on_pick=picked />
        </Sheet>
    }
}
