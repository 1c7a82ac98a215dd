//! What every screen may show: how the servers are.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{Result, server::ServerSummary};

/// The servers in a few numbers.
#[async_trait]
#[auto_impl(Arc)]
pub trait Overview: Send + Sync {
    /// How many there are in each state, and how many incidents wait for somebody.
    ///
    /// # Errors
    /// `Forbidden` for guests.
    async fn summary(&self) -> Result<ServerSummary>;
}
