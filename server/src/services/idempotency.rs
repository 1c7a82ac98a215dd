//! The same request twice has one effect and one answer: what a key stands for.

use app::model::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::Duration;

use crate::{
    error::internal,
    services::{Caller, Deps},
    store,
};

/// Stands for a request that must not come any more: no digest is as short.
const REVOKED: &[u8] = b"revoked";

/// A request with its key.
#[derive(Clone, Debug)]
pub struct Request {
    /// What the caller chose.
    pub key: String,
    /// Digest of method, address and body.
    pub hash: [u8; 32],
    /// How long such a request runs at most; a claim older than this has lost its process.
    pub runs_at_most: Duration,
}

/// What to do with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Run it, then [`keep`] its answer or [`release`] its key.
    Run,
    /// It ran: this was its answer.
    Answered(Answer),
}

/// The answer of a request that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP's number for the outcome.
    pub status: u16,
    /// Where what was made is.
    pub location: Option<String>,
    /// The body, if it had one.
    pub body: Option<Value>,
}

/// What of an answer is stored beside its status.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    location: Option<String>,
    body: Option<Value>,
}

/// Looks whether the request ran already, and claims its key if not.
///
/// # Errors
/// `Unauthenticated`; `Invalid` (`idempotency_key_reused`) for another request under the same key; `Conflict`
/// (`idempotency_key_in_use`) while the first one still runs.
pub async fn begin(deps: &Deps, caller: &Caller, request: &Request) -> Result<Verdict> {
    let account = caller.signed_in()?.account;
    let failed = |error| internal(&caller.reference, error);
    let mut connection = deps.db.acquire().await.map_err(failed)?;
    let stale = caller.now - request.runs_at_most;
    let claimed =
        store::idempotency::claim(&mut connection, account, &request.key, &request.hash, caller.now, stale).await;
    if claimed.map_err(failed)? {
        return Ok(Verdict::Run);
    }
    let kept = store::idempotency::kept(&mut connection, account, &request.key).await.map_err(failed)?;
    // Gone between the two looks: the first one failed and may be tried again.
    let Some(kept) = kept else { return Err(Error::conflict("idempotency_key_in_use")) };
    if kept.request_hash != request.hash {
        return Err(Error::invalid("Idempotency-Key", "idempotency_key_reused"));
    }
    match kept.status.map(u16::try_from) {
        Some(Ok(status)) => {
            let stored = kept.response.map(serde_json::from_value).transpose();
            let stored: Option<Stored> = stored.map_err(|error| internal(&caller.reference, error))?;
            let Stored { location, body } = stored.unwrap_or_default();
            Ok(Verdict::Answered(Answer { status, location, body }))
        }
        _ => Err(Error::conflict("idempotency_key_in_use")),
    }
}

/// Takes the key away from a request that did not come yet: should it still come, it is another one under the same key.
///
/// # Errors
/// `Conflict` (`idempotency_key_in_use`) while it runs; `Unauthenticated`.
pub async fn revoke(deps: &Deps, caller: &Caller, key: &str, runs_at_most: Duration) -> Result<()> {
    let account = caller.signed_in()?.account;
    let failed = |error| internal(&caller.reference, error);
    let mut connection = deps.db.acquire().await.map_err(failed)?;
    let stale = caller.now - runs_at_most;
    store::idempotency::revoke(&mut connection, account, key, REVOKED, caller.now, stale).await.map_err(failed)?;
    let kept = store::idempotency::kept(&mut connection, account, key).await.map_err(failed)?;
    match kept {
        Some(kept) if kept.status.is_some() || kept.request_hash == REVOKED => Ok(()),
        _ => Err(Error::conflict("idempotency_key_in_use")),
    }
}

/// Keeps the answer of a request that ran.
///
/// # Errors
/// `Unauthenticated`; `Unavailable`.
pub async fn keep(deps: &Deps, caller: &Caller, key: &str, answer: &Answer) -> Result<()> {
    let account = caller.signed_in()?.account;
    let failed = |error| internal(&caller.reference, error);
    let stored = Stored { location: answer.location.clone(), body: answer.body.clone() };
    let stored = serde_json::to_value(stored).map_err(|error| internal(&caller.reference, error))?;
    let mut connection = deps.db.acquire().await.map_err(failed)?;
    let status = i16::try_from(answer.status).unwrap_or(500);
    store::idempotency::keep(&mut connection, account, key, status, &stored).await.map_err(failed)
}

/// Gives the key of a request back that changed nothing.
///
/// # Errors
/// `Unauthenticated`; `Unavailable`.
pub async fn release(deps: &Deps, caller: &Caller, key: &str) -> Result<()> {
    let account = caller.signed_in()?.account;
    let failed = |error| internal(&caller.reference, error);
    let mut connection = deps.db.acquire().await.map_err(failed)?;
    store::idempotency::release(&mut connection, account, key).await.map_err(failed)
}
