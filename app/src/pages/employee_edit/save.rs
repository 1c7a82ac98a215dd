//! Saving the form, and what comes back: done, wrong, taken, or changed by somebody else meanwhile.

use leptos::{prelude::*, task::spawn_local};

use super::{
    Seen,
    conflict::Conflict,
    draft::{self, Sent},
    fields::Fields,
    inputs::Problems,
};
use crate::{
    backend::{Backend, Employees as _, Records as _},
    components::{Back, Toasts, use_toasts},
    device,
    directory::{conflict::reconcile, form::Form, links::card},
    i18n::{Texts, use_texts},
    model::{
        Error, Result,
        employee::{Employee, Field},
    },
    pages::employees::finder::Finder,
    telegram::{Haptic, Telegram, use_telegram},
};

/// Whose e-mail it is that was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The record that has it.
    pub person: Employee,
    /// That record is deleted.
    pub deleted: bool,
}

/// Saves the form.
#[derive(Clone)]
pub struct Saver {
    /// It is being saved.
    pub busy: RwSignal<bool>,
    /// What is wrong, field by field.
    pub problems: Problems,
    /// Whose e-mail it is, when it is taken.
    pub taken: RwSignal<Option<Taken>>,
    /// What somebody else changed meanwhile.
    pub conflict: RwSignal<Option<Conflict>>,
    /// Why it could not be saved at all.
    pub failure: RwSignal<Option<String>>,
    seen: RwSignal<Seen>,
    fields: Fields,
    /// What was sent last for somebody new.
    pub sent: RwSignal<Option<Sent>>,
    draft: String,
    backend: Backend,
    finder: Finder,
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
            taken: RwSignal::new(None),
            conflict: RwSignal::new(None),
            failure: RwSignal::new(None),
            seen,
            fields,
            sent: RwSignal::new(None),
            draft: draft::name(seen.with_untracked(|seen| seen.id)),
            backend: expect_context(),
            finder: expect_context(),
            back: expect_context(),
            t: use_texts(),
            toasts: use_toasts(),
            telegram: use_telegram(),
        }
    }

    /// Saves what is typed, unless something is wrong with it or it is being saved already.
    pub fn save(&self) {
        if self.busy.get_untracked() {
            return;
        }
        let form = untrack(|| self.fields.form());
        let problems: Vec<_> =
            form.problems().into_iter().map(|(field, code)| (field, self.words(field, code))).collect();
        self.failure.set(None);
        self.taken.set(None);
        if !problems.is_empty() {
            self.wrong(problems);
            return;
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
                Ok(Some(person)) => saver.saved(&person),
                Ok(None) => saver.leave(saver.t.edit_unchanged(), saver.seen.get_untracked().id),
                Err(error) => saver.failed(&error),
            }
        });
    }

    async fn send(&self, form: Form) -> Result<Option<Employee>> {
        let seen = self.seen.get_untracked();
        match seen.id {
            Some(id) => match form.patch(&seen.form, seen.version) {
                Some(patch) => self.backend.employees().change(id, patch).await.map(Some),
                None => Ok(None),
            },
            None => {
                let sent = self.sent.get_untracked().filter(|sent| sent.form == form);
                let sent = sent.unwrap_or_else(|| Sent { form, key: device::unique_key() });
                self.sent.set(Some(sent.clone()));
                self.backend.records().create(sent.form.draft(), sent.key).await.map(Some)
            }
        }
    }

    fn saved(&self, person: &Employee) {
        self.telegram.haptic(Haptic::Success);
        let new = self.seen.with_untracked(|seen| seen.id.is_none());
        // The form agrees with the record now: there is nothing left to keep or to ask about.
        let form = untrack(|| self.fields.form());
        self.seen.set(Seen { id: Some(person.id), version: person.version, form });
        self.finder.refresh();
        self.leave(if new { self.t.edit_created() } else { self.t.edit_saved() }, Some(person.id));
    }

    fn leave(&self, words: &str, id: Option<crate::model::ids::EmployeeId>) {
        draft::forget(&self.draft);
        self.toasts.show(words);
        if let Some(id) = id {
            self.back.leave_for(&card(id, &self.finder.search_now()));
        }
    }

    fn failed(&self, error: &Error) {
        self.telegram.haptic(Haptic::Error);
        match error {
            Error::Invalid { field, code } => match named(field) {
                Some(field) => self.wrong(vec![(field, self.words(field, code))]),
                None => self.failure.set(Some(self.t.error(error))),
            },
            Error::Conflict { code, .. } if code == "employee_conflict" => match error.current::<Employee>() {
                Some(current) => self.changed_meanwhile(&current),
                None => self.failure.set(Some(self.t.error(error))),
            },
            Error::Conflict { code, .. } if code.starts_with("email_taken") => {
                let deleted = code == "email_taken_by_deleted";
                self.taken.set(error.current().map(|person| Taken { person, deleted }));
                self.wrong(vec![(Field::Email, self.t.error(error))]);
            }
            _ => self.failure.set(Some(self.t.error(error))),
        }
    }

    fn changed_meanwhile(&self, current: &Employee) {
        let seen = self.seen.get_untracked();
        let theirs = Form::of(current);
        let outcome = reconcile(&seen.form, &untrack(|| self.fields.form()), &theirs);
        self.fields.fill(&outcome.form);
        self.seen.set(Seen { id: seen.id, version: current.version, form: theirs.clone() });
        self.conflict.set(Some(Conflict { outcome, theirs }));
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    fn wrong(&self, problems: Vec<(Field, String)>) {
        let first = problems.first().map(|(field, _)| ["#field-", field.as_str()].concat());
        self.problems.set(problems);
        if let Some(first) = first {
            device::focus(&first);
        }
    }

    fn words(&self, field: Field, code: &str) -> String {
        let t = self.t;
        match (field, code) {
            (_, "required" | "missing_name" | "incomplete_name") => t.invalid_required(),
            (Field::Surname | Field::Name | Field::Patronymic, _) => t.invalid_name(),
            (Field::Email, _) => t.invalid_email(),
            (Field::Phones, _) => t.invalid_phones(),
            (Field::Ips, _) => t.invalid_ips(),
            (Field::Workstation, _) => t.invalid_workstation(),
            (Field::Hired, _) => t.invalid_hired(),
            (_, "truncated" | "too_long") => t.invalid_too_long(),
            _ => t.invalid_other(),
        }
        .to_owned()
    }
}

/// The field an answer names: `phones`, or `phones.0`.
fn named(field: &str) -> Option<Field> {
    let name = field.split(['.', '[']).next()?;
    [Field::Phones, Field::State].into_iter().chain(crate::directory::form::TEXTS).find(|known| known.as_str() == name)
}
