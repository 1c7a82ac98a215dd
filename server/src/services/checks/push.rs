//! A job or an agent calls: its monitor lives.

use std::time::Duration;

use app::model::{
    Error, Result,
    error::Reference,
    monitor::{Figures, Reason},
};
use time::OffsetDateTime;

use super::{Finding, record_all};
use crate::{auth::session::Token, cache::Limit, error::internal, monitor::state::Outcome, services::Deps, store};

/// What a call says besides that the job lives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What went wrong, in the job's words; nothing when all is well.
    pub problem: Option<String>,
    /// How long the job took.
    pub took: Option<Duration>,
    /// What an agent says of its machine.
    pub figures: Option<Figures>,
}

/// Longest text of a job that is kept, in characters.
const PROBLEM: usize = 200;

/// Records a call under this secret.
///
/// # Errors
/// `NotFound` when no monitor has it; `TooMany` for whoever guesses; `Unavailable`.
pub async fn alive(
    deps: &Deps,
    secret: &str,
    from: &str,
    said: Said,
    now: OffsetDateTime,
    reference: &Reference,
) -> Result<()> {
    let token = Token::parse(secret).ok_or(Error::NotFound)?;
    let found = async { store::monitors::by_push_hash(&mut *deps.db.acquire().await?, &token.hash().0).await };
    let found = found.await.map_err(|error: sqlx::Error| internal(reference, error))?;
    let Some(monitor) = found else {
        deps.cache.admit(Limit::LookUps, from).await?;
        return Err(Error::NotFound);
    };
    let outcome = match said.problem {
        Some(problem) => Outcome::Bad(Reason::new("reported").got(problem.chars().take(PROBLEM).collect::<String>())),
        None => Outcome::Good { latency: said.took.unwrap_or_default() },
    };
    let finding = Finding { monitor, due: now, seen: now, outcome: Some(outcome), figures: said.figures };
    let recorded = record_all(deps, &[finding], None, now).await;
    recorded.map(drop).map_err(|error| internal(reference, error))
}
