//! The hub: what other transactions announced (`NOTIFY`), handed to everybody in this process who listens.
//!
//! It keeps nothing. A listener that is too slow, and everybody after the database was away, is told
//! [`Signal::Missed`] and has to look for itself.

use std::time::Duration;

use sqlx::{PgPool, postgres::PgListener};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::store::notify::CHANNEL;
pub use crate::store::notify::Event;

/// What a listener hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Something changed.
    Changed(Event),
    /// Something may have changed that was not heard.
    Missed,
}

/// Hands announcements on.
#[derive(Debug)]
pub struct Hub {
    sender: broadcast::Sender<Signal>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(1_024) }
    }
}

/// One listener's end.
#[derive(Debug)]
pub struct Listener(broadcast::Receiver<Signal>);

impl Listener {
    /// The next signal; nothing when the hub is gone.
    pub async fn next(&mut self) -> Option<Signal> {
        match self.0.recv().await {
            Ok(signal) => Some(signal),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Signal::Missed),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

impl Hub {
    /// Listens from now on. Subscribe before looking, so that nothing falls between.
    #[must_use]
    pub fn subscribe(&self) -> Listener {
        Listener(self.sender.subscribe())
    }

    /// Hears the database until told to stop, on a connection of its own. `pool` is asked for it once.
    pub async fn run(&self, pool: PgPool, stop: CancellationToken) {
        let mut pause = Duration::from_millis(100);
        while !stop.is_cancelled() {
            let heard = tokio::select! {
                () = stop.cancelled() => return,
                heard = self.hear(&pool, &mut pause) => heard,
            };
            if let Err(error) = heard {
                tracing::warn!(%error, "The hub does not hear the database; trying again");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(Duration::from_secs(5));
        }
    }

    async fn hear(&self, pool: &PgPool, pause: &mut Duration) -> sqlx::Result<()> {
        let mut listener = PgListener::connect_with(pool).await?;
        // Reconnecting is done here, so that a gap is announced.
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        *pause = Duration::from_millis(100);
        self.tell(Signal::Missed);
        loop {
            match listener.try_recv().await? {
                None => return Ok(()),
                Some(notification) => match serde_json::from_str(notification.payload()) {
                    Ok(event) => self.tell(Signal::Changed(event)),
                    // A newer node may announce what this one does not know yet.
                    Err(_) => self.tell(Signal::Missed),
                },
            }
        }
    }

    fn tell(&self, signal: Signal) {
        // No receiver is no failure: nobody listens yet.
        let _ = self.sender.send(signal);
    }
}
