//! Stopping: a token that says so, a tracker of everything that has to finish, and a deadline.

use std::time::Duration;

use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long a stop may take before what still runs is left behind.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Shared by everything that runs in the background; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    /// Cancelled when it is time to stop.
    pub token: CancellationToken,
    /// Background tasks are spawned here, so that a stop waits for them.
    pub tasks: TaskTracker,
}

impl Shutdown {
    /// Says stop and waits for all tasks. Returns whether they finished before the deadline.
    pub async fn stop(&self, deadline: Duration) -> bool {
        self.token.cancel();
        self.tasks.close();
        tokio::time::timeout(deadline, self.tasks.wait()).await.is_ok()
    }
}

/// Listens from now on; what it gives completes when the process is asked to end (Ctrl-C, `SIGTERM`).
///
/// # Errors
/// When signals cannot be listened to.
pub fn signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
