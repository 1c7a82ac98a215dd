//! Incidents: what is or was broken, and what people do about it.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    ids::{IncidentId, ServerId},
    incident::{Incident, IncidentAction, IncidentQuery},
    page::{Page, PageRequest},
};

/// Incidents.
#[async_trait]
#[auto_impl(Arc)]
pub trait Incidents: Send + Sync {
    /// Incidents, latest first; only those this server is in, if one is named.
    ///
    /// # Errors
    /// `Forbidden` for guests; `Invalid` (`cursor`).
    async fn list(&self, query: IncidentQuery, server: Option<ServerId>, page: PageRequest) -> Result<Page<Incident>>;

    /// One incident with its members and events.
    ///
    /// # Errors
    /// `NotFound`.
    async fn incident(&self, id: IncidentId) -> Result<Incident>;

    /// Does something to it. Doing it again changes nothing. `key` makes a repetition of a comment harmless.
    ///
    /// # Errors
    /// `Forbidden` below `operator`; `NotFound`; `Invalid` names the field; `Conflict` (`incident_closed`,
    /// `incident_open`).
    async fn act(&self, id: IncidentId, action: IncidentAction, key: String) -> Result<Incident>;
}
