//! What of the rest belongs to a ticket: servers, and where the customer sits.

use serde::Serialize;
use time::OffsetDateTime;

use crate::model::{ids::ServerId, server::State};

/// A watched server that a ticket speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RelatedServer {
    /// Which.
    pub id: ServerId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// How it is.
    pub state: State,
    /// Since when.
    #[serde(with = "crate::model::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub since: OffsetDateTime,
}

/// Where somebody sits, as the directory knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(not(feature = "hydrate"), derive(serde::Deserialize))]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Desktop {
    /// His computer.
    pub workstation: Option<String>,
    /// Its addresses.
    pub ips: Vec<String>,
}
