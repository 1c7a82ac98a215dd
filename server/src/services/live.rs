//! The live channel: what the log tells, handed to the open screens of this node, and what they missed.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use app::model::live::{Frame, Topic};
use serde_json::json;
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio::sync::broadcast;

use super::servers::{json as raw, shown};
use crate::{
    auth::policy::Action,
    store::{
        self,
        live_log::{Audience, Line},
    },
};

/// News that a slow screen may be behind before it is told to reload.
const BEHIND: usize = 2_048;
/// Lines that are read at once.
const AT_ONCE: i64 = 1_000;
/// A screen that missed more than this asks everything anew: that is shorter.
const MISSED: i64 = 5_000;

/// A frame, written once for all screens of this node.
#[derive(Clone, Debug)]
pub struct News {
    /// Its place in the log.
    pub seq: i64,
    /// Who gets it; everybody when absent.
    pub topic: Option<Topic>,
    /// Who of those may hear it; all when absent.
    pub audience: Option<Arc<Audience>>,
    /// The frame itself.
    pub text: Arc<str>,
}

/// What one must be allowed to be told of a topic.
#[must_use]
pub const fn needs(topic: Topic) -> Action {
    match topic {
        Topic::Servers | Topic::Alerts => Action::ReadServers,
        Topic::Employees => Action::ReadDirectory,
        Topic::Tickets => Action::WorkTickets,
    }
}

/// Hands news to the open screens of this node.
#[derive(Debug)]
pub struct Feed {
    sender: broadcast::Sender<News>,
    last: AtomicI64,
}

impl Default for Feed {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(BEHIND), last: AtomicI64::new(0) }
    }
}

impl Feed {
    /// Listens from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<News> {
        self.sender.subscribe()
    }

    /// How many screens listen.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }

    /// Begins at the end of the log.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin(&self, db: &PgPool) -> sqlx::Result<()> {
        let (last, _) = store::live_log::range(&mut *db.acquire().await?).await?;
        self.last.store(last, Ordering::Release);
        Ok(())
    }

    /// Hands on what was written since the last time.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn catch_up(&self, db: &PgPool) -> sqlx::Result<()> {
        loop {
            let from = self.last.load(Ordering::Acquire);
            let lines = store::live_log::after(&mut *db.acquire().await?, from, AT_ONCE).await?;
            let more = i64::try_from(lines.len()).is_ok_and(|read| read == AT_ONCE);
            for line in lines {
                self.last.store(line.seq, Ordering::Release);
                // No receiver is no failure: nobody looks.
                let _ = self.sender.send(news(line));
            }
            if !more {
                return Ok(());
            }
        }
    }

    /// Tells everybody that this node lives, and how well the servers are watched.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn beat(&self, db: &PgPool, now: OffsetDateTime) -> sqlx::Result<()> {
        if self.listeners() > 0 {
            let _ = self.sender.send(self.now(db, now).await?);
        }
        Ok(())
    }

    /// The frame that says how current everything is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn now(&self, db: &PgPool, now: OffsetDateTime) -> sqlx::Result<News> {
        let watch = shown::watch(store::checks::watch(&mut *db.acquire().await?).await?);
        let at = app::model::wire_time::time_text(now);
        Ok(frame(self.last.load(Ordering::Acquire), None, "now", Some(raw(&json!({ "at": at, "watch": watch })))))
    }

    /// What a screen missed that knows everything up to `known`; nothing when that is no longer known.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn missed(&self, db: &PgPool, known: i64) -> sqlx::Result<Option<Vec<News>>> {
        let mut connection = db.acquire().await?;
        let (last, first) = store::live_log::range(&mut connection).await?;
        if known > last || known + 1 < first || last - known > MISSED {
            return Ok(None);
        }
        let lines = store::live_log::after(&mut connection, known, MISSED).await?;
        Ok(Some(lines.into_iter().map(news).collect()))
    }

    /// The frame that says that everything has to be asked anew.
    #[must_use]
    pub fn reload(&self) -> News {
        frame(self.last.load(Ordering::Acquire), None, "reload", None)
    }
}

fn news(line: Line) -> News {
    let topic = [Topic::Servers, Topic::Tickets, Topic::Alerts, Topic::Employees];
    let topic = topic.into_iter().find(|topic| topic.as_str() == line.topic);
    let audience = line.audience.map(|audience| Arc::new(audience.0));
    News { audience, ..frame(line.seq, topic, &line.event, Some(line.data.0)) }
}

fn frame(seq: i64, topic: Option<Topic>, event: &str, data: Option<Box<serde_json::value::RawValue>>) -> News {
    let frame = Frame { seq, topic, event: event.to_owned(), data };
    let text = serde_json::to_string(&frame).unwrap_or_default();
    News { seq, topic, audience: None, text: text.into() }
}
