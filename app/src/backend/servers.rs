//! Servers: the list, one of them, what is watched on them, their past.

use async_trait::async_trait;
use auto_impl::auto_impl;

use crate::model::{
    Result,
    history::{History, HistoryQuery},
    ids::{GroupId, MaintenanceId, MonitorId, ServerId},
    import::{ImportFile, ImportMode},
    maintenance::{Maintenance, MaintenanceDraft, MaintenancePreview},
    monitor::{Check, CheckNow, Monitor, MonitorDraft, MonitorPatch, MonitorTest},
    server::{Group, Server, ServerDraft, ServerList, ServerPatch, ServerQuery},
    server_import::ServerImportReport,
    settings::MonitoringSettings,
};

/// Servers, monitors, groups, planned windows.
#[async_trait]
#[auto_impl(Arc)]
pub trait Servers: Send + Sync {
    /// All servers that fit, trouble first.
    ///
    /// # Errors
    /// `Forbidden` for guests.
    async fn list(&self, query: ServerQuery) -> Result<ServerList>;

    /// One server with its monitors.
    ///
    /// # Errors
    /// `NotFound`.
    async fn server(&self, id: ServerId) -> Result<Server>;

    /// A stretch of the past of one monitor.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for a stretch that is empty or longer than two years.
    async fn history(&self, id: ServerId, query: HistoryQuery) -> Result<History>;

    /// Looks at all monitors of a server now.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` below `operator`.
    async fn check_now(&self, id: ServerId) -> Result<CheckNow>;

    /// Enters a server with its monitors. `key` makes a repetition harmless.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Invalid` names the field; `Conflict` (`server_name_taken`).
    async fn create(&self, draft: ServerDraft, key: String) -> Result<Server>;

    /// Changes a server.
    ///
    /// # Errors
    /// `Conflict` (`server_conflict`) with the server as it is now when the version is no longer the one seen,
    /// `server_name_taken`; `Forbidden` below `admin`; `NotFound`; `Invalid` names the field (`parent_id` when it would
    /// make a circle).
    async fn change(&self, id: ServerId, patch: ServerPatch) -> Result<Server>;

    /// Takes a server out; `restore` brings it back with its past. Doing it again changes nothing.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`.
    async fn delete(&self, id: ServerId) -> Result<()>;

    /// Brings a deleted server back.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`; `Conflict` (`server_name_taken`).
    async fn restore(&self, id: ServerId) -> Result<Server>;

    /// Adds a monitor.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`; `Invalid` names the field.
    async fn add_monitor(&self, server: ServerId, draft: MonitorDraft, key: String) -> Result<Monitor>;

    /// Changes a monitor; it is looked at anew at once.
    ///
    /// # Errors
    /// `Conflict` (`monitor_conflict`); `Forbidden` below `admin`; `NotFound`; `Invalid` names the field.
    async fn change_monitor(&self, id: MonitorId, patch: MonitorPatch) -> Result<Monitor>;

    /// Takes a monitor away with its past.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`.
    async fn delete_monitor(&self, id: MonitorId) -> Result<()>;

    /// Looks once, and stores nothing.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Invalid` names the field; for `push` `Invalid` (`kind`).
    async fn test_monitor(&self, test: MonitorTest) -> Result<Check>;

    /// All groups by name.
    ///
    /// # Errors
    /// `Forbidden` for guests.
    async fn groups(&self) -> Result<Vec<Group>>;

    /// Makes a group.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Invalid` (`name`); `Conflict` (`group_name_taken`).
    async fn create_group(&self, name: String, key: String) -> Result<Group>;

    /// Renames a group.
    ///
    /// # Errors
    /// As [`Servers::create_group`]; `NotFound`.
    async fn rename_group(&self, id: GroupId, name: String) -> Result<Group>;

    /// Takes a group away; its servers are without one.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `NotFound`.
    async fn delete_group(&self, id: GroupId) -> Result<()>;

    /// Planned windows: open ones, then the next ones.
    ///
    /// # Errors
    /// `Forbidden` for guests.
    async fn maintenance(&self) -> Result<Vec<Maintenance>>;

    /// Plans a window.
    ///
    /// # Errors
    /// `Forbidden` below `operator`; `Invalid` names the field.
    async fn plan(&self, draft: MaintenanceDraft, key: String) -> Result<Maintenance>;

    /// What a window would mute.
    ///
    /// # Errors
    /// As [`Servers::plan`].
    async fn preview(&self, draft: MaintenanceDraft) -> Result<MaintenancePreview>;

    /// Takes a planned window away; one that is open ends now.
    ///
    /// # Errors
    /// `Forbidden` below `operator`; `NotFound`.
    async fn cancel_maintenance(&self, id: MaintenanceId) -> Result<()>;

    /// Reads a table of servers and stores them, or only says what it would do.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `TooLarge`; `Unsupported`.
    async fn import(&self, file: ImportFile, mode: ImportMode) -> Result<ServerImportReport>;

    /// How servers are watched.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    async fn settings(&self) -> Result<MonitoringSettings>;

    /// Changes how servers are watched, at once.
    ///
    /// # Errors
    /// `Forbidden` below `admin`; `Invalid` names the field.
    async fn change_settings(&self, settings: MonitoringSettings) -> Result<MonitoringSettings>;
}
