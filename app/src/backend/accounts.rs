//! Who is asking.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{Result, user::User};

/// My account, and who else wants one. Signing in is no part of it: that belongs to the edges.
#[async_trait]
#[auto_impl(Arc)]
pub trait Accounts: Send + Sync {
    /// Who is asking.
    ///
    /// # Errors
    /// `Unauthenticated` without a live session.
    async fn me(&self) -> Result<User>;

    /// A guest asks for access; asking again changes nothing.
    ///
    /// # Errors
    /// `Conflict` (`access_granted`) for anybody who has access already.
    async fn request_access(&self) -> Result<User>;

    /// How many requests for access wait for an answer.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn access_requests(&self) -> Result<u32>;
}
