//! What is typed and not saved, kept in this tab over a reload or a look at another page.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Seen, conflict::Conflict, fields::Fields};
use crate::{
    device::storage::{self, Keep},
    directory::{conflict::reconcile, form::Form, remembered::key},
    model::ids::EmployeeId,
    session::use_session,
};

#[derive(Serialize, Deserialize)]
struct Draft {
    version: i64,
    seen: Form,
    typed: Form,
}

/// The name of the draft of a record, or of somebody new.
pub fn name(id: Option<EmployeeId>) -> String {
    let account = untrack(|| use_session().user()).map(|user| user.id.to_string()).unwrap_or_default();
    let record = id.map_or_else(|| "new".to_owned(), |id| id.to_string());
    key(&account, &["draft.", &record].concat())
}

/// Forgets a draft.
pub fn forget(name: &str) {
    storage::forget(Keep::Tab, name);
}

/// Brings back what was typed, then keeps it in step. The answer becomes true when something came back.
pub fn keep(
    seen: RwSignal<Seen>,
    fields: Fields,
    conflict: RwSignal<Option<Conflict>>,
    changed: Memo<bool>,
) -> RwSignal<bool> {
    let restored = RwSignal::new(false);
    let name = name(seen.with_untracked(|seen| seen.id));
    Effect::new(move |looked: Option<()>| {
        if looked.is_none()
            && let Some(draft) = storage::read::<Draft>(Keep::Tab, &name)
        {
            bring_back(draft, seen, fields, conflict);
            restored.set(true);
        }
        if changed.get() {
            let (version, form) = seen.with(|seen| (seen.version, seen.form.clone()));
            storage::write(Keep::Tab, &name, &Draft { version, seen: form, typed: fields.form() });
        } else if looked.is_some() {
            forget(&name);
        }
    });
    restored
}

/// The record may have moved on since the draft was typed.
fn bring_back(draft: Draft, seen: RwSignal<Seen>, fields: Fields, conflict: RwSignal<Option<Conflict>>) {
    let now = seen.get_untracked();
    if now.version == draft.version {
        fields.fill(&draft.typed);
        return;
    }
    let outcome = reconcile(&draft.seen, &draft.typed, &now.form);
    fields.fill(&outcome.form);
    if !outcome.arrived.is_empty() || !outcome.clashes.is_empty() {
        conflict.set(Some(Conflict { outcome, theirs: now.form }));
    }
}
