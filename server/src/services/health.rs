//! Whether the things we stand on are there.

use std::time::Duration;

use crate::{services::Deps, store};

/// Whether the database answers soon.
pub async fn database_answers(deps: &Deps) -> bool {
    let answer = tokio::time::timeout(Duration::from_secs(2), store::health::answers(&deps.db)).await;
    matches!(answer, Ok(Ok(())))
}
