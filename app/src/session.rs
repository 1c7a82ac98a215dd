//! Who is using the app, as the browser knows it: signing in with Telegram's launch data, keeping the
//! bearer for this tab, signing in again when it is refused, signing out.
//!
//! A cookie beside the bearer lets the server put data into the first HTML; where it names the right
//! person it is enough. What one may do is decided by the server alone.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod store;

use leptos::prelude::*;
use time::OffsetDateTime;

use crate::model::{
    Error,
    ids::AccountId,
    user::{Role, User},
};
use crate::{start::Start, telegram::Launch};

#[cfg(feature = "hydrate")]
pub use browser::{Bearers, Launched, backend, begin, launched, now};

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not known yet, or signing in.
    Pending,
    /// This one.
    SignedIn(User),
    /// The app was opened outside of Telegram and no session is alive.
    Outside,
    /// Signed out here.
    SignedOut,
    /// Signing in failed.
    Failed(Error),
}

/// The part of the standing that decides which screens there are; when it changes they are built anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screens {
    /// A skeleton.
    Pending,
    /// Everything this role may see.
    Inside(AccountId, Role),
    /// Asking for access.
    Guest(AccountId),
    /// One page that explains.
    Outside,
    /// One page that explains.
    SignedOut,
    /// One page that explains.
    Failed(Error),
}

/// The session; [`crate::app::App`] provides it by context.
#[derive(Clone, Copy)]
pub struct Session {
    standing: RwSignal<Standing>,
    expired: RwSignal<bool>,
    asked_at: RwSignal<Option<OffsetDateTime>>,
    token: StoredValue<Option<String>>,
    launch: StoredValue<Launch>,
}

/// The session.
///
/// # Panics
/// Outside of [`crate::app::App`].
#[must_use]
pub fn use_session() -> Session {
    expect_context()
}

/// What the one using the app may do. A change of role builds the screens anew, so this is plain.
#[must_use]
pub fn use_role() -> Role {
    use_session().standing.with_untracked(|standing| match standing {
        Standing::SignedIn(user) => user.role,
        _ => Role::Guest,
    })
}

impl Session {
    /// As the server saw it.
    #[must_use]
    pub fn new(start: &Start) -> Self {
        Self {
            standing: RwSignal::new(start.user.clone().map_or(Standing::Pending, Standing::SignedIn)),
            expired: RwSignal::new(false),
            asked_at: RwSignal::new(None),
            token: StoredValue::new(None),
            launch: StoredValue::new(Launch::default()),
        }
    }

    /// Who is signed in.
    #[must_use]
    pub fn user(self) -> Option<User> {
        match self.standing.get() {
            Standing::SignedIn(user) => Some(user),
            _ => None,
        }
    }

    /// Who is signed in, for a reaction or a page that is built anew anyway.
    #[must_use]
    pub fn user_untracked(self) -> Option<User> {
        untrack(|| self.user())
    }

    /// Which screens there are.
    #[must_use]
    pub fn screens(self) -> Memo<Screens> {
        Memo::new(move |_| {
            self.standing.with(|standing| match standing {
                Standing::Pending => Screens::Pending,
                Standing::SignedIn(user) if user.role == Role::Guest => Screens::Guest(user.id),
                Standing::SignedIn(user) => Screens::Inside(user.id, user.role),
                Standing::Outside => Screens::Outside,
                Standing::SignedOut => Screens::SignedOut,
                Standing::Failed(error) => Screens::Failed(error.clone()),
            })
        })
    }

    /// The session is over and cannot be renewed from here: the screens stay with all that is typed in
    /// them, and a sheet offers to open the app again.
    #[must_use]
    pub const fn expired(self) -> RwSignal<bool> {
        self.expired
    }

    /// When the server was last asked for something.
    #[must_use]
    pub fn asked_at(self) -> Option<OffsetDateTime> {
        self.asked_at.get_untracked()
    }

    /// The server's newest word about the user: after a change of language, a request for access, a look
    /// whether access was given.
    pub fn update(self, user: User) {
        self.standing.set(Standing::SignedIn(user));
    }

    /// Forgets bearer and launch data on this device, after the server ended the session.
    pub fn forget(self) {
        #[cfg(feature = "hydrate")]
        store::clear();
        self.token.set_value(None);
        self.launch.set_value(Launch::default());
        self.standing.set(Standing::SignedOut);
    }
}
