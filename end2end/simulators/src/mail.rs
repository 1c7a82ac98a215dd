//! A mail server that keeps what it is given: SMTP on loopback, an inbox for people, faults for tests.
//!
//! The talk is in `talk`, reading a mail in `letter`, the inbox page in `page`. It offers neither TLS nor a login.

mod letter;
pub mod page;
mod talk;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, task::JoinSet};

pub use self::letter::Letter;

/// What becomes of the next mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The recipient is refused for good.
    Refused,
    /// The recipient is refused for now.
    Later,
    /// The connection breaks before the text.
    Broken,
    /// It is taken, and the connection breaks before the answer.
    AnswerLost,
    /// The connection breaks after the text, and it is not taken.
    TextLost,
    /// Nothing is answered any more, until the other side gives up.
    Silence,
}

#[derive(Debug, Default)]
struct Inbox {
    letters: Vec<Letter>,
    next: Vec<Fault>,
}

/// A mail server.
#[derive(Debug, Default)]
pub struct Sink(Mutex<Inbox>);

impl Sink {
    fn lock(&self) -> MutexGuard<'_, Inbox> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All it was given, oldest first.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        self.lock().letters.clone()
    }

    /// What becomes of the next mail; several are taken in their order.
    pub fn fail_next(&self, fault: Fault) {
        self.lock().next.push(fault);
    }

    /// Everything is well again; the mails stay.
    pub fn calm(&self) {
        self.lock().next.clear();
    }

    fn take_fault(&self) -> Option<Fault> {
        let next = &mut self.lock().next;
        (!next.is_empty()).then(|| next.remove(0))
    }

    fn keep(&self, letter: Letter) {
        self.lock().letters.push(letter);
    }

    /// Starts it; port 0 takes a free one.
    ///
    /// # Errors
    /// When the address is taken.
    pub async fn start(listen: SocketAddr) -> anyhow::Result<Listening> {
        let sink = Arc::new(Self::default());
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let mut tasks = JoinSet::new();
        let serving = sink.clone();
        tasks.spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let sink = serving.clone();
                // Whoever hangs up in the middle is no trouble of ours.
                talks.spawn(async move { drop(talk::talk(&sink, stream).await) });
            }
        });
        Ok(Listening { sink, address, _tasks: tasks })
    }
}

/// A mail server with a port of its own; it stops when this is dropped.
#[derive(Debug)]
pub struct Listening {
    sink: Arc<Sink>,
    address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl std::ops::Deref for Listening {
    type Target = Arc<Sink>;

    fn deref(&self) -> &Arc<Sink> {
        &self.sink
    }
}

impl Listening {
    /// For `SMTP_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }
}
