//! Who mails replies to customers, and finding out whether this OTRS does.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    mailing::{MailCheck, MailCheckRequest, MailingReport},
};

/// For administrators alone.
#[async_trait]
#[auto_impl(Arc)]
pub trait Mailings: Send + Sync {
    /// What is known; the history of the last check's ticket is looked at again.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn report(&self) -> Result<MailingReport>;

    /// Writes a mail to the customer into a ticket and looks whether OTRS shows a sign of sending it.
    ///
    /// # Errors
    /// `Invalid` (`ticket`, `address`, `queue`); `Unavailable` when OTRS is away.
    async fn check(&self, request: MailCheckRequest) -> Result<MailCheck>;

    /// Whether the mail of the last check arrived: that is what no interface can say.
    ///
    /// # Errors
    /// `NotFound` without a check.
    async fn arrived(&self, arrived: bool) -> Result<MailingReport>;
}
