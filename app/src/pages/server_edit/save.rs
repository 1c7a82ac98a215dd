//! Saving the form of a server, and what comes back.

use leptos::{prelude::*, task::spawn_local};

use super::{
    Seen,
    fields::{Fields, Problems},
};
use crate::{
    backend::{Backend, Servers as _},
    components::{Back, Toasts, use_toasts},
    device,
    fleet::{
        form::Form,
        links::{Filter, server},
    },
    i18n::{Texts, use_texts},
    model::{
        Error, Result,
        ids::ServerId,
        server::{Server, ServerPatch},
    },
    pages::servers::roster::Roster,
    telegram::{Haptic, Telegram, use_telegram},
};

/// Saves the form.
#[derive(Clone)]
pub struct Saver {
    /// It is being saved.
    pub busy: RwSignal<bool>,
    /// What is wrong, field by field.
    pub problems: Problems,
    /// Why it could not be saved at all.
    pub failure: RwSignal<Option<String>>,
    seen: RwSignal<Seen>,
    fields: Fields,
    /// Sent again after an answer that was lost, the same form must not make another server.
    key: StoredValue<(Form, String)>,
    backend: Backend,
    roster: Roster,
    back: Back,
    t: Texts,
    toasts: Toasts,
    telegram: Telegram,
}

impl Saver {
    /// Nothing saved yet.
    pub fn new(seen: RwSignal<Seen>, fields: Fields) -> Self {
        Self {
            busy: RwSignal::new(false),
            problems: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            seen,
            fields,
            key: StoredValue::new((Form::default(), String::new())),
            backend: expect_context(),
            roster: expect_context(),
            back: expect_context(),
            t: use_texts(),
            toasts: use_toasts(),
            telegram: use_telegram(),
        }
    }

    /// Saves what is typed, unless something is missing or it is being saved already.
    pub fn save(&self) {
        if self.busy.get_untracked() {
            return;
        }
        let form = untrack(|| self.fields.form());
        self.failure.set(None);
        let missing = [("name", &form.name), ("address", &form.address)];
        let missing = missing.into_iter().filter(|(_, text)| text.trim().is_empty());
        let problems: Vec<_> =
            missing.map(|(name, _)| (name.to_owned(), self.t.invalid_required().to_owned())).collect();
        if !problems.is_empty() {
            return self.wrong(problems);
        }
        self.problems.set(Vec::new());
        self.busy.set(true);
        let saver = self.clone();
        spawn_local(async move {
            let saved = saver.send(form).await;
            if saver.busy.is_disposed() {
                return;
            }
            saver.busy.set(false);
            match saved {
                Ok(Some(server)) => saver.saved(&server),
                Ok(None) => saver.leave(saver.t.fleet_unchanged(), saver.seen.get_untracked().id),
                Err(error) => saver.failed(&error),
            }
        });
    }

    async fn send(&self, form: Form) -> Result<Option<Server>> {
        let seen = self.seen.get_untracked();
        let parent = self.fields.parent.get_untracked().map(|(id, _)| id);
        let responsible = self.fields.responsible.get_untracked().map(|person| person.id);
        let Some(id) = seen.id else {
            let mut draft = form.draft();
            draft.parent_id = parent;
            draft.responsible_id = responsible;
            draft.monitors = self.fields.monitors.get_untracked();
            let (sent, mut key) = self.key.get_value();
            if sent != form || key.is_empty() {
                key = device::unique_key();
                self.key.set_value((form, key.clone()));
            }
            return self.backend.servers().create(draft, key).await.map(Some);
        };
        let mut patch = form.patch(&seen.form, seen.version);
        patch.parent_id = (parent != seen.parent.map(|(id, _)| id)).then_some(parent);
        patch.responsible_id = (responsible != seen.responsible.map(|person| person.id)).then_some(responsible);
        if patch == (ServerPatch { version: seen.version, ..ServerPatch::default() }) {
            return Ok(None);
        }
        self.backend.servers().change(id, patch).await.map(Some)
    }

    fn saved(&self, server: &Server) {
        self.telegram.haptic(Haptic::Success);
        let new = self.seen.with_untracked(|seen| seen.id.is_none());
        // The form agrees with the record now: there is nothing left to ask about.
        let seen = Seen {
            id: Some(server.id),
            version: server.version,
            form: untrack(|| self.fields.form()),
            parent: self.fields.parent.get_untracked(),
            responsible: self.fields.responsible.get_untracked(),
            monitors: self.fields.monitors.get_untracked(),
        };
        self.seen.set(seen);
        self.roster.keep_told(server.id, &server.monitors);
        self.roster.ask();
        self.leave(if new { self.t.fleet_created() } else { self.t.fleet_saved() }, Some(server.id));
    }

    fn leave(&self, words: &str, id: Option<ServerId>) {
        self.toasts.show(words);
        if let Some(id) = id {
            self.back.leave_for(&server(id, &Filter::default()));
        }
    }

    fn failed(&self, error: &Error) {
        self.telegram.haptic(Haptic::Error);
        let text = self.t.error(error);
        match error {
            Error::Invalid { field, code } => {
                let text = if code == "required" { self.t.invalid_required().to_owned() } else { text };
                let field = field.split(['.', '[']).next().unwrap_or_default().to_owned();
                if ["name", "address", "group", "tags", "parent_id", "runbook_url", "notes"].contains(&field.as_str()) {
                    self.wrong(vec![(field, text)]);
                } else {
                    self.failure.set(Some(text));
                }
            }
            Error::Conflict { code, .. } if code == "server_name_taken" => self.wrong(vec![("name".to_owned(), text)]),
            Error::Conflict { code, .. } if code == "server_conflict" => {
                if let Some(current) = error.current::<Server>() {
                    // What is typed stays and is compared with what is stored now.
                    self.seen.update(|seen| {
                        seen.version = current.version;
                        seen.form = Form::of(&current);
                    });
                    self.failure.set(Some(self.t.fleet_conflict().to_owned()));
                } else {
                    self.failure.set(Some(text));
                }
            }
            _ => self.failure.set(Some(text)),
        }
    }

    fn wrong(&self, problems: Vec<(String, String)>) {
        let first = problems.first().map(|(field, _)| ["#field-", field].concat());
        self.problems.set(problems);
        if let Some(first) = first {
            device::focus(&first);
        }
    }
}
