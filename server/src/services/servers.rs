//! Servers as their callers use them: the list, one of them, what is watched, planned windows.
//!
//! Made for one [`Caller`]. What checks make of them is in [`super::checks`], what is broken in [`super::incidents`].

mod draft;
mod edit;
mod groups;
mod history;
pub mod import;
mod look;
mod monitors;
pub(super) mod shown;
pub(super) mod windows;

use app::{
    backend,
    model::{
        Error, Result,
        history::{History, HistoryQuery},
        ids::{AccountId, GroupId, MaintenanceId, MonitorId, ServerId},
        import::{ImportFile, ImportMode},
        live::Topic,
        maintenance::{Maintenance, MaintenanceDraft, MaintenancePreview},
        monitor::{Check, CheckNow, Monitor, MonitorDraft, MonitorPatch, MonitorTest},
        server::{Group, Server, ServerDraft, ServerList, ServerPatch, ServerQuery, ServerSummary, State},
        server_import::ServerImportReport,
        settings::MonitoringSettings,
    },
};
use async_trait::async_trait;
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use sqlx::{PgConnection, Postgres, Transaction};

use super::{Caller, Deps};
use crate::{
    error::internal,
    store::{self, live_log::News, notify::Event},
};

/// The most servers there may be: the list is one answer.
pub const MOST: i64 = 5_000;

/// Servers for one caller.
#[derive(Clone)]
pub struct Servers {
    deps: Deps,
    caller: Caller,
}

impl Servers {
    /// Servers for this caller.
    #[must_use]
    pub fn new(deps: Deps, caller: Caller) -> Self {
        Self { deps, caller }
    }

    fn failed(&self, error: sqlx::Error) -> Error {
        internal(&self.caller.reference, error)
    }

    async fn connection(&self) -> Result<sqlx::pool::PoolConnection<Postgres>> {
        self.deps.db.acquire().await.map_err(|error| self.failed(error))
    }

    async fn begin(&self) -> Result<Transaction<'static, Postgres>> {
        self.deps.db.begin().await.map_err(|error| self.failed(error))
    }

    /// Judges a server anew after its configuration changed, says so to everybody, and commits.
    async fn commit(&self, mut tx: Transaction<'static, Postgres>, id: ServerId) -> Result<()> {
        let done = async {
            settle(&self.deps, &mut tx, id, self.caller.now).await?;
            tx.commit().await
        };
        done.await.map_err(|error| self.failed(error))
    }

    /// Writes down who did what in administration.
    async fn audit(
        &self,
        tx: &mut PgConnection,
        by: AccountId,
        action: &str,
        object: String,
        detail: Value,
    ) -> Result<()> {
        let entry = store::audit::Entry { at: self.caller.now, by: Some(by), action, object, detail };
        store::audit::insert(tx, &entry).await.map_err(|error| self.failed(error))
    }
}

/// Writes what a server is judged after its configuration changed, and tells runners and screens.
async fn settle(deps: &Deps, tx: &mut PgConnection, id: ServerId, now: time::OffsetDateTime) -> sqlx::Result<()> {
    let state = super::checks::state_of_server(tx, id).await?;
    store::servers::set_state(tx, id, state.as_str(), now).await?;
    store::notify::announce(tx, &Event::ServerChanged { id: Some(id) }).await?;
    let mut news = vec![News {
        topic: Topic::Servers,
        event: "server.changed",
        data: json(&serde_json::json!({ "id": id })),
        audience: None,
    }];
    news.extend(shown::news_of(deps, tx, &[id.get()], now).await?);
    store::live_log::append(tx, &news, now).await
}

/// A value of ours as JSON. They all serialise.
pub(super) fn json(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// The state that the database names; it has no others.
pub(super) fn state(name: &str) -> State {
    State::from_name(name).unwrap_or_default()
}

#[async_trait]
impl backend::Overview for Servers {
    async fn summary(&self) -> Result<ServerSummary> {
        self.counts().await
    }
}

#[async_trait]
impl backend::Servers for Servers {
    async fn list(&self, query: ServerQuery) -> Result<ServerList> {
        self.all(&query).await
    }

    async fn server(&self, id: ServerId) -> Result<Server> {
        self.one(id).await
    }

    async fn history(&self, id: ServerId, query: HistoryQuery) -> Result<History> {
        self.past(id, query).await
    }

    async fn check_now(&self, id: ServerId) -> Result<CheckNow> {
        self.look_now(id).await
    }

    async fn create(&self, draft: ServerDraft, key: String) -> Result<Server> {
        // Over HTTP a repetition is answered before it gets here, for all resources alike.
        let _ = key;
        self.create_one(draft).await
    }

    async fn change(&self, id: ServerId, patch: ServerPatch) -> Result<Server> {
        self.change_one(id, patch).await
    }

    async fn delete(&self, id: ServerId) -> Result<()> {
        self.delete_one(id).await
    }

    async fn restore(&self, id: ServerId) -> Result<Server> {
        self.restore_one(id).await
    }

    async fn add_monitor(&self, server: ServerId, draft: MonitorDraft, key: String) -> Result<Monitor> {
        let _ = key;
        self.add_one(server, draft).await
    }

    async fn change_monitor(&self, id: MonitorId, patch: MonitorPatch) -> Result<Monitor> {
        self.change_watched(id, patch).await
    }

    async fn delete_monitor(&self, id: MonitorId) -> Result<()> {
        self.delete_watched(id).await
    }

    async fn test_monitor(&self, test: MonitorTest) -> Result<Check> {
        self.look_once(test).await
    }

    async fn groups(&self) -> Result<Vec<Group>> {
        self.all_groups().await
    }

    async fn create_group(&self, name: String, key: String) -> Result<Group> {
        let _ = key;
        self.new_group(&name).await
    }

    async fn rename_group(&self, id: GroupId, name: String) -> Result<Group> {
        self.renamed_group(id, &name).await
    }

    async fn delete_group(&self, id: GroupId) -> Result<()> {
        self.remove_group(id).await
    }

    async fn maintenance(&self) -> Result<Vec<Maintenance>> {
        self.planned().await
    }

    async fn plan(&self, draft: MaintenanceDraft, key: String) -> Result<Maintenance> {
        let _ = key;
        self.plan_one(draft).await
    }

    async fn preview(&self, draft: MaintenanceDraft) -> Result<MaintenancePreview> {
        self.would_mute(draft).await
    }

    async fn cancel_maintenance(&self, id: MaintenanceId) -> Result<()> {
        self.cancel(id).await
    }

    async fn import(&self, file: ImportFile, mode: ImportMode) -> Result<ServerImportReport> {
        self.import_table(file, mode).await
    }

    async fn settings(&self) -> Result<MonitoringSettings> {
        super::settings::read(&self.deps, &self.caller).await
    }

    async fn change_settings(&self, settings: MonitoringSettings) -> Result<MonitoringSettings> {
        super::settings::change(&self.deps, &self.caller, settings).await
    }
}
