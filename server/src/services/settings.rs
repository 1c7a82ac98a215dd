//! What administrators change while it runs, as the services read it.

use app::model::{Error, Result, settings::MonitoringSettings};
use serde_json::json;
use sqlx::PgConnection;

use super::{Caller, Deps};
use crate::{
    auth::policy::Action,
    error::internal,
    monitor::{allowed::Allowed, connectivity, target::Look},
    store::{self, notify::Event},
};

/// The name of the row.
const MONITORING: &str = "monitoring";

/// How servers are watched; what cannot be read is as if it were not set.
///
/// # Errors
/// Those of the database.
pub async fn monitoring(db: &mut PgConnection) -> sqlx::Result<MonitoringSettings> {
    let value = store::settings::get(db, MONITORING).await?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

/// The networks that may be checked: none, if the list cannot be read any more.
#[must_use]
pub fn allowed(settings: &MonitoringSettings) -> Allowed {
    Allowed::parse(texts(&settings.allowed_networks)).unwrap_or_else(|_| Allowed::nothing())
}

/// How to ask whether our own line is up.
#[must_use]
pub fn line(settings: &MonitoringSettings) -> Vec<Look> {
    connectivity::looks(texts(&settings.line_addresses)).unwrap_or_default()
}

fn texts(list: &[String]) -> impl Iterator<Item = &str> {
    list.iter().map(String::as_str)
}

/// How servers are watched, for whoever may change it.
///
/// # Errors
/// `Forbidden` below `admin`.
pub async fn read(deps: &Deps, caller: &Caller) -> Result<MonitoringSettings> {
    caller.may(Action::ConfigureServers)?;
    let settings = async { monitoring(&mut *deps.db.acquire().await?).await };
    settings.await.map_err(|error: sqlx::Error| internal(&caller.reference, error))
}

/// Changes how servers are watched.
///
/// # Errors
/// `Forbidden` below `admin`; `Invalid` names the field.
pub async fn change(deps: &Deps, caller: &Caller, settings: MonitoringSettings) -> Result<MonitoringSettings> {
    let by = caller.may(Action::ConfigureServers)?.account;
    if settings.line_addresses.len() > 10 || connectivity::looks(texts(&settings.line_addresses)).is_err() {
        return Err(Error::invalid("line_addresses", "address_invalid"));
    }
    if settings.allowed_networks.len() > 200 || Allowed::parse(texts(&settings.allowed_networks)).is_err() {
        return Err(Error::invalid("allowed_networks", "network_invalid"));
    }
    let stored = async {
        let mut tx = deps.db.begin().await?;
        let value = json!(settings);
        store::settings::set(&mut tx, MONITORING, &value, by, caller.now).await?;
        let entry = store::audit::Entry {
            at: caller.now,
            by: Some(by),
            action: "settings.monitoring",
            object: format!("setting:{MONITORING}"),
            detail: value,
        };
        store::audit::insert(&mut tx, &entry).await?;
        store::notify::announce(&mut tx, &Event::ServerChanged { id: None }).await?;
        tx.commit().await
    };
    stored.await.map_err(|error: sqlx::Error| internal(&caller.reference, error))?;
    Ok(settings)
}
