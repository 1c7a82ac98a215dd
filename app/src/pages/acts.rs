//! Actions on tickets that are on their way, for as long as the document lives; and sending on what was done without a
//! connection. How they are sent is in the part of the tickets.

use leptos::{prelude::*, task::spawn_local};

use super::tickets::send_waiting;
use crate::{
    backend::Backend,
    components::{Toasts, use_toasts},
    device::storage,
    directory::remembered::key,
    helpdesk::act::Act,
    i18n::{CurrentLanguage, use_language},
    model::ids::{AccountId, TicketId},
    session::{Session, use_session},
    telegram::{Telegram, use_telegram},
};

/// What is on its way; [`crate::app::App`] provides it by context.
#[derive(Clone, Copy)]
pub struct Acts {
    /// In the order they were asked for.
    pub list: RwSignal<Vec<Act>>,
    /// One is being sent.
    pub sending: StoredValue<bool>,
    /// How long an action can be undone, in seconds.
    pub undo_s: StoredValue<u32>,
    /// Whose they are.
    pub account: StoredValue<AccountId>,
}

impl Acts {
    /// Nothing is on its way.
    #[must_use]
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            sending: StoredValue::new(false),
            undo_s: StoredValue::new(10),
            account: StoredValue::new(0.into()),
        }
    }
}

impl Default for Acts {
    fn default() -> Self {
        Self::new()
    }
}

/// Sends actions. It outlives the page: what was pressed there is sent all the same, and "undo" is pressed later.
#[derive(Clone)]
pub struct Sender {
    /// What is on its way.
    pub acts: Acts,
    /// Who takes it.
    pub backend: Backend,
    /// For the words of messages.
    pub language: CurrentLanguage,
    /// Where they are shown.
    pub toasts: Toasts,
    /// The client.
    pub telegram: Telegram,
    session: Session,
}

impl Sender {
    /// With what the context holds.
    #[must_use]
    pub fn new() -> Self {
        Self {
            acts: expect_context(),
            backend: expect_context(),
            language: use_language(),
            toasts: use_toasts(),
            telegram: use_telegram(),
            session: use_session(),
        }
    }

    /// Who is signed in.
    #[must_use]
    pub fn account(&self) -> AccountId {
        self.session.user_untracked().map_or(0.into(), |user| user.id)
    }

    /// Under which name an action of this account is kept on the device.
    #[must_use]
    pub fn name(&self, act: &str) -> String {
        [&acts(self.account()), act].concat()
    }

    /// Under which name the text for a ticket is kept until it is sent.
    #[must_use]
    pub fn draft(&self, id: TicketId) -> String {
        key(&self.account().to_string(), &["draft.ticket.", &id.to_string()].concat())
    }

    /// Sends on what the device kept, if there is anything: then the part that can do it is fetched.
    pub fn resume(&self) {
        if !storage::keys(&self.name("")).is_empty() {
            let sender = self.clone();
            spawn_local(async move {
                // Without a connection there will be another time.
                let _ = send_waiting(sender).await;
            });
        }
    }
}

impl Default for Sender {
    fn default() -> Self {
        Self::new()
    }
}

fn acts(account: AccountId) -> String {
    key(&account.to_string(), "act.")
}
