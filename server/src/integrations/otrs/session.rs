//! Sessions of agents: a secret text, and the one of the service agent, kept as long as OTRS accepts it.

use std::{
    fmt,
    time::{Duration, Instant},
};

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::Failure;

/// After a refused password nobody asks again for this long: somebody has to mend it first, and OTRS may lock an agent
/// out who fails too often.
const REST_AFTER_REFUSAL: Duration = Duration::from_secs(300);

/// What stands for an agent who has signed in. It is as good as his password until it ends.
#[derive(Clone)]
pub struct SessionId(SecretString);

impl SessionId {
    /// A session that was kept.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text, for keeping it sealed.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for SessionId {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(…)")
    }
}

/// The session of the service agent.
#[derive(Debug, Default)]
pub(super) struct Service(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    session: Option<SessionId>,
    refused: Option<Instant>,
}

impl Service {
    /// A session that is not `ended`: the one that is there, or a new one from `sign_in`. Many may ask at once, one
    /// signs in.
    pub async fn session<S>(&self, ended: Option<&SessionId>, sign_in: impl FnOnce() -> S) -> Result<SessionId, Failure>
    where
        S: Future<Output = Result<SessionId, Failure>>,
    {
        let mut state = self.0.lock().await;
        if let Some(session) = state.session.as_ref().filter(|session| Some(*session) != ended) {
            return Ok(session.clone());
        }
        state.session = None;
        if state.refused.is_some_and(|at| at.elapsed() < REST_AFTER_REFUSAL) {
            return Err(Failure::AuthFail);
        }
        match sign_in().await {
            Ok(session) => {
                *state = State { session: Some(session.clone()), refused: None };
                Ok(session)
            }
            Err(failure) => {
                state.refused = (failure == Failure::AuthFail).then(Instant::now);
                Err(failure)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn a_session_is_made_once_and_again_only_when_it_ended() {
        let (service, made) = (Service::default(), Cell::new(0));
        let sign_in = async || {
            made.set(made.get() + 1);
            Ok(SessionId::new(made.get().to_string()))
        };
        let first = service.session(None, sign_in).await.expect("a session");
        assert_eq!(service.session(None, sign_in).await, Ok(first.clone()));
        let second = service.session(Some(&first), sign_in).await.expect("a session");
        assert_eq!(second.expose(), "2");
        assert_eq!(service.session(Some(&first), sign_in).await, Ok(second), "another caller renewed it meanwhile");
        assert_eq!(made.get(), 2);
    }

    #[tokio::test]
    async fn a_refused_password_is_not_tried_again_at_once() {
        let (service, tried) = (Service::default(), Cell::new(0));
        let sign_in = async || {
            tried.set(tried.get() + 1);
            Err(Failure::AuthFail)
        };
        for _ in 0..3 {
            assert_eq!(service.session(None, sign_in).await, Err(Failure::AuthFail));
        }
        assert_eq!(tried.get(), 1);
    }

    #[test]
    fn nothing_shows_a_session() {
        assert_eq!(format!("{:?}", SessionId::new("lkMZgKhRyNoXWMhA0kFeFJu9976D8XaU")), "SessionId(…)");
    }
}
