//! What a screen looks at, and what it is told of others who look at the same.
//!
//! The right to see the ticket is looked at with the session, every few seconds. A client that gives no sign of life looks at
//! nothing: its connection may be dead long before that is certain.

use std::{sync::Arc, time::Duration};

use app::model::{
    ids::TicketId,
    live::{Frame, Looking, Person, Topic},
};
use axum::extract::ws::Message;
use serde_json::value::to_raw_value;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{
    auth::AuthUser,
    clock,
    services::{Deps, presence::Presence},
    state::AppState,
};

/// Without a sign of life for so long nobody looks. With the pause between two looks at it less than half a minute.
const ALIVE: Duration = Duration::from_secs(24);

/// A screen.
pub(super) struct Screen {
    number: i64,
    /// Whether it listens to tickets at all.
    hears: bool,
    /// What its client says.
    wanted: Option<TicketId>,
    /// What others are told.
    shown: Option<TicketId>,
    /// What it was told last; nothing yet of what it shows now.
    told: Option<Vec<Person>>,
    changes: Receiver<i64>,
    presence: Arc<Presence>,
    deps: Deps,
    leaving: tokio_util::task::TaskTracker,
}

impl Screen {
    pub(super) fn new(state: &AppState, hears: bool) -> Self {
        Self {
            number: rand::random(),
            hears,
            wanted: None,
            shown: None,
            told: None,
            changes: state.presence.subscribe(),
            presence: state.presence.clone(),
            deps: state.deps.clone(),
            leaving: state.tasks.clone(),
        }
    }

    /// Waits until something may be new about who looks at what it shows.
    pub(super) async fn changed(&mut self) {
        loop {
            match self.changes.recv().await {
                Ok(ticket) if self.shown.is_some_and(|shown| shown.get() == ticket) => return,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return,
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// Its client says something. Whether it shows something else now.
    pub(super) async fn says(&mut self, message: &Message, user: &AuthUser) -> bool {
        let Message::Text(text) = message else { return false };
        let Ok(Looking { looking }) = serde_json::from_str(text) else { return false };
        let ticket = looking.and_then(|what| what.strip_prefix("ticket-")?.parse().ok());
        self.wanted = ticket.filter(|_| self.hears);
        // Whoever asks is told, also of nobody: he may know something older.
        self.told = None;
        self.show(self.wanted, user).await;
        self.shown.is_some()
    }

    /// Time goes by since its last sign of life.
    pub(super) async fn still(&mut self, user: &AuthUser, silent: Duration) {
        self.show(self.wanted.filter(|_| silent <= ALIVE), user).await;
    }

    async fn show(&mut self, wanted: Option<TicketId>, user: &AuthUser) {
        let before = self.shown;
        self.shown = match wanted {
            None => None,
            Some(ticket) => match self.presence.look(&self.deps, user, self.number, ticket, clock::now()).await {
                Ok(true) => Some(ticket),
                Ok(false) => None,
                // Nobody is told anything while the database is away.
                Err(_) => before.filter(|before| *before == ticket),
            },
        };
        if before != self.shown {
            self.told = None;
        }
        if before.is_some() && self.shown.is_none() {
            self.presence.leave(&self.deps.db, self.number).await;
        }
    }

    /// Who else looks, unless that is what was said last.
    pub(super) fn news(&mut self, user: &AuthUser, seq: i64) -> Option<String> {
        let shown = self.presence.beside(user, self.shown?);
        if self.told.as_ref() == Some(&shown.people) {
            return None;
        }
        self.told = Some(shown.people.clone());
        let data = to_raw_value(&shown).ok();
        serde_json::to_string(&Frame { seq, topic: Some(Topic::Tickets), event: "presence".to_owned(), data }).ok()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let (presence, db, number) = (self.presence.clone(), self.deps.db.clone(), self.number);
            self.leaving.spawn(async move { presence.leave(&db, number).await });
        }
    }
}
