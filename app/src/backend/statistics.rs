//! Figures of the work with tickets.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    import::Download,
    statistics::{self, StatisticsQuery},
};

/// Figures: operators have their own, of what they may see; administrators have everybody's, of all queues.
///
/// All of it is `Forbidden` below `operator`, for an operator who asks for somebody else's, and with the code
/// `otrs_not_configured` where there is no OTRS.
#[async_trait]
#[auto_impl(Arc)]
pub trait Statistics: Send + Sync {
    /// The figures of a period.
    ///
    /// # Errors
    /// `Invalid` (`from`, `to`) for days in the wrong order or more than three years of them.
    async fn statistics(&self, query: StatisticsQuery) -> Result<statistics::Statistics>;

    /// A one-time address of the same figures as a workbook.
    ///
    /// # Errors
    /// As [`Self::statistics`].
    async fn statistics_download(&self, query: StatisticsQuery) -> Result<Download>;
}
