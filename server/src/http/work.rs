//! Work that goes on when the one who asked for it hangs up; a stop waits for it.

use std::panic::resume_unwind;

use app::model::Error;
use tracing::Instrument;

use crate::{http::problem::Failure, state::AppState};

/// Runs it to its end, whatever becomes of the request. A panic is that of the request.
///
/// # Errors
/// `Unavailable` when the process ends before.
pub async fn to_its_end<T: Send + 'static>(
    state: &AppState,
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Failure> {
    match state.tasks.spawn(work.in_current_span()).await {
        Ok(outcome) => Ok(outcome),
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => Err(Failure(Error::Unavailable { retry_after_s: 5 })),
        },
    }
}
