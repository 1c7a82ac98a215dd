//! What is typed and not saved, kept on the device over a reload, a look at another page, and the way back
//! into the app after a session that ended.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Seen, conflict::Conflict, fields::Fields};
use crate::{
    device::storage,
    directory::{conflict::reconcile, form::Form, remembered::key},
    model::ids::{AccountId, EmployeeId},
    session::use_session,
};

#[derive(Serialize, Deserialize)]
struct Draft {
    version: i64,
    seen: Form,
    typed: Form,
    #[serde(default)]
    sent: Option<Sent>,
}

/// The form of somebody new as it was sent last, and the key it was sent with: sent again after an answer
/// that was lost, it must not enter him twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// The form.
    pub form: Form,
    /// The key of the request.
    pub key: String,
}

/// What is kept in step with the device.
#[derive(Clone, Copy)]
pub struct Kept {
    /// What the form was opened with.
    pub seen: RwSignal<Seen>,
    /// What is typed.
    pub fields: Fields,
    /// What was sent.
    pub sent: RwSignal<Option<Sent>>,
    /// What somebody else changed meanwhile.
    pub conflict: RwSignal<Option<Conflict>>,
}

/// The name of the draft of a record, or of somebody new.
pub fn name(id: Option<EmployeeId>) -> String {
    let account = untrack(|| use_session().user()).map_or(0.into(), |user| user.id);
    let record = id.map_or_else(|| "new".to_owned(), |id| id.to_string());
    [drafts(account), record].concat()
}

/// Forgets a draft.
pub fn forget(name: &str) {
    storage::forget(name);
}

/// Forgets all drafts of an account that leaves this device.
pub fn forget_drafts(account: AccountId) {
    storage::forget_all(&drafts(account));
}

fn drafts(account: AccountId) -> String {
    key(&account.to_string(), "draft.")
}

/// Brings back what was typed, then keeps it in step. The answer becomes true when something came back.
pub fn keep(kept: Kept, changed: Memo<bool>) -> RwSignal<bool> {
    let Kept { seen, fields, sent, .. } = kept;
    let restored = RwSignal::new(false);
    let name = name(seen.with_untracked(|seen| seen.id));
    Effect::new(move |looked: Option<()>| {
        if looked.is_none()
            && let Some(draft) = storage::read::<Draft>(&name)
        {
            bring_back(draft, kept);
            restored.set(true);
        }
        if changed.get() {
            let (version, form) = seen.with(|seen| (seen.version, seen.form.clone()));
            storage::write(&name, &Draft { version, seen: form, typed: fields.form(), sent: sent.get() });
        } else if looked.is_some() {
            forget(&name);
        }
    });
    restored
}

/// The record may have moved on since the draft was typed.
fn bring_back(draft: Draft, kept: Kept) {
    let now = kept.seen.get_untracked();
    kept.sent.set(draft.sent);
    if now.version == draft.version {
        kept.fields.fill(&draft.typed);
        return;
    }
    let outcome = reconcile(&draft.seen, &draft.typed, &now.form);
    kept.fields.fill(&outcome.form);
    if !outcome.arrived.is_empty() || !outcome.clashes.is_empty() {
        kept.conflict.set(Some(Conflict { outcome, theirs: now.form }));
    }
}
