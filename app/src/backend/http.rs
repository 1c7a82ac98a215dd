//! The browser's adapter: every use case is a request to `/api/v1`, the same that other programs send.
//!
//! How to sign in is not known here: [`Session`] gives the bearer and renews it. Which request answers
//! which use case is in a file for each resource.

mod accounts;
mod call;
mod employees;
mod incidents;
mod replies;
mod servers;
mod statistics;
mod tickets;

use std::{future::Future, pin::Pin, rc::Rc};

use send_wrapper::SendWrapper;

/// Work of the session, awaited on the browser's only thread.
pub type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// What the adapter asks the session.
pub trait Session {
    /// The bearer to send; waits for a sign-in that is under way. Nothing when only a cookie may know us.
    fn token(&self) -> Work<Option<String>>;

    /// The server answered 401 to `refused`: signs in again, once for all requests that wait. Whether
    /// there is a point in repeating the request.
    fn renew(&self, refused: Option<String>) -> Work<bool>;
}

/// Implements every trait of [`super`].
#[derive(Clone)]
pub struct Http {
    session: SendWrapper<Rc<dyn Session>>,
}

impl Http {
    /// Asks in the name of this session.
    #[must_use]
    pub fn new(session: Rc<dyn Session>) -> Self {
        Self { session: SendWrapper::new(session) }
    }
}
