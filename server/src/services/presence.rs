//! Who looks at which ticket now, for those who look at it as well.
//!
//! Nothing of it is stored, and one node does it like many: whoever begins or ends is announced by `NOTIFY`, each node says
//! again every few seconds who still looks at its screens, and what is not said again is forgotten. So it needs no Redis, and
//! a node that dies takes its people along within [`FORGOTTEN`].

mod table;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use app::model::{
    ids::TicketId,
    live::{Person, Presence as Shown},
};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use tokio::sync::broadcast;

use self::table::Table;
use super::{Deps, tickets};
use crate::{
    auth::AuthUser,
    store::{
        self,
        notify::{self, Event, Looker},
    },
};

/// Who was not said to look for so long does not: three times the pause between two sayings.
pub const FORGOTTEN: Duration = Duration::seconds(24);
/// An announcement holds 8 000 bytes; so many people are said at once, and so many characters of a name.
const AT_ONCE: usize = 10;
const NAME: usize = 100;

/// Who looks at what.
#[derive(Debug)]
pub struct Presence {
    known: Mutex<Table>,
    /// Screens of this node.
    own: Mutex<HashMap<i64, Looker>>,
    changed: broadcast::Sender<i64>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { known: Mutex::default(), own: Mutex::default(), changed: broadcast::Sender::new(256) }
    }
}

/// No panic happens while these are held.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Presence {
    /// Tickets at which somebody began or ceased to look.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<i64> {
        self.changed.subscribe()
    }

    /// This user's screen shows this ticket from now on. Whether he may see it: else nobody learns of him, and he of nobody.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn look(
        &self,
        deps: &Deps,
        user: &AuthUser,
        screen: i64,
        ticket: TicketId,
        now: OffsetDateTime,
    ) -> sqlx::Result<bool> {
        let mut db = deps.db.acquire().await?;
        if !tickets::sees(&mut db, user, ticket, now).await? {
            return Ok(false);
        }
        let Some(account) = store::accounts::by_id(&mut db, user.account).await? else { return Ok(false) };
        let name = account.name.chars().take(NAME).collect();
        let looker = Looker { screen, account: user.account.get(), name, at: Some(ticket.get()) };
        if held(&self.own).insert(screen, looker.clone()).as_ref() != Some(&looker) {
            notify::announce(&mut db, &Event::Looking { lookers: vec![looker] }).await?;
        }
        Ok(true)
    }

    /// It shows none any more.
    pub async fn leave(&self, db: &PgPool, screen: i64) {
        let gone = held(&self.own).remove(&screen);
        let Some(gone) = gone else { return };
        let said = async {
            let lookers = vec![Looker { at: None, ..gone }];
            notify::announce(&mut *db.acquire().await?, &Event::Looking { lookers }).await
        };
        // What is not heard is forgotten soon.
        if let Err(error) = said.await {
            tracing::debug!(%error, "Nobody heard that somebody looks no longer");
        }
    }

    /// Who looks at a ticket besides this user.
    #[must_use]
    pub fn beside(&self, user: &AuthUser, ticket: TicketId) -> Shown {
        let mut people = held(&self.known).at(ticket.get());
        people.retain(|person| person.account != user.account);
        Shown { ticket, people }
    }

    /// A node said this.
    pub fn hear(&self, lookers: Vec<Looker>, now: OffsetDateTime) {
        let changed = held(&self.known).hear(lookers, now + FORGOTTEN);
        self.tell(changed);
    }

    /// Says again who looks here, and forgets who was not said to look for long.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn say_again(&self, db: &PgPool, now: OffsetDateTime) -> sqlx::Result<()> {
        let forgotten = held(&self.known).forget(now);
        self.tell(forgotten);
        let own: Vec<Looker> = held(&self.own).values().cloned().collect();
        if own.is_empty() {
            return Ok(());
        }
        let mut db = db.acquire().await?;
        for lookers in own.chunks(AT_ONCE) {
            notify::announce(&mut db, &Event::Looking { lookers: lookers.to_vec() }).await?;
        }
        Ok(())
    }

    fn tell(&self, changed: Vec<i64>) {
        for ticket in changed {
            // No receiver is no failure: nobody has a screen here.
            let _ = self.changed.send(ticket);
        }
    }
}

/// Each person once.
fn once(mut people: Vec<Person>) -> Vec<Person> {
    people.sort_by(|a, b| (&a.name, a.account.get()).cmp(&(&b.name, b.account.get())));
    people.dedup_by_key(|person| person.account);
    people
}
