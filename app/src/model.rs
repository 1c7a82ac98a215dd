//! What crosses the wire between server, browser and other programs.
//!
//! Only data and its parsing: nothing here reads a clock, a file or a socket.

pub mod action;
pub mod employee;
pub mod error;
pub mod history;
pub mod ids;
pub mod import;
pub mod incident;
pub mod live;
pub mod mailing;
pub mod maintenance;
pub mod monitor;
pub mod otrs_link;
pub mod page;
#[cfg(feature = "hydrate")]
pub mod reading;
pub mod reply;
pub mod server;
pub mod server_import;
pub mod settings;
pub mod spark;
pub mod statistics;
pub mod ticket;
pub mod user;
pub mod wire_time;

pub use error::{Error, Result};

/// Tells a field that is `null` (`Some(None)`) from one that is absent (`None`); use with
/// `#[serde(default, deserialize_with = "…::present")]`.
pub(crate) fn present<'de, T, D>(deserializer: D) -> std::result::Result<Option<T>, D::Error>
where
    T: serde::Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
