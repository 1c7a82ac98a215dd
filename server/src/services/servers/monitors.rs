//! What is watched on a server: adding, changing, removing.

use app::model::{
    Error, Result,
    ids::{MonitorId, ServerId},
    monitor::{Kind, Monitor, MonitorDraft, MonitorPatch},
    server::State,
};
use serde_json::json;
use sqlx::PgConnection;

use super::{Servers, draft, shown};
use crate::{
    auth::{policy::Action, session::Token},
    store::{
        self,
        monitors::{Row, Values},
    },
};

impl Servers {
    pub(super) async fn add_one(&self, server: ServerId, entered: MonitorDraft) -> Result<Monitor> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let mut tx = self.begin().await?;
        let owner = self.locked(&mut tx, server).await?;
        draft::look(&entered, &owner.address, "")?;
        let others = store::monitors::of_server(&mut tx, server).await.map_err(|error| self.failed(error))?;
        if others.len() >= draft::MONITORS {
            return Err(Error::conflict("too_many_monitors"));
        }
        let (id, address) = self.insert_monitor(&mut tx, server, &entered).await?;
        self.audit(&mut tx, by, "monitor.created", format!("monitor:{id}"), json!({ "server": server })).await?;
        self.commit(tx, server).await?;
        let mut monitor = self.watched(id).await?;
        if let Some(address) = address {
            monitor.target = address;
        }
        Ok(monitor)
    }

    /// Stores a monitor. For one that waits for a job: the address that the job calls, told once.
    pub(super) async fn insert_monitor(
        &self,
        tx: &mut PgConnection,
        server: ServerId,
        entered: &MonitorDraft,
    ) -> Result<(MonitorId, Option<String>)> {
        let secret = (entered.kind == Kind::Push).then(Token::random);
        let hash = secret.as_ref().map(Token::hash);
        let values = values(entered, hash.as_ref().map(|hash| hash.0.as_slice()));
        let id = store::monitors::insert(tx, server, &values, self.caller.now).await;
        let id = id.map_err(|error| self.failed(error))?;
        Ok((id, secret.map(|secret| format!("{}push/{}", self.deps.public_url, secret.reveal()))))
    }

    pub(super) async fn change_watched(&self, id: MonitorId, patch: MonitorPatch) -> Result<Monitor> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let mut tx = self.begin().await?;
        let server = self.server_of(&mut tx, id).await?;
        let owner = self.locked(&mut tx, server).await?;
        let before = store::monitors::by_id(&mut tx, id).await.map_err(|error| self.failed(error))?;
        let before = before.ok_or(Error::NotFound)?;
        if patch.version.is_some_and(|seen| seen != before.version) {
            return Err(Error::conflict_with("monitor_conflict", &shown::monitor(before)));
        }
        let old = as_draft(&before);
        let new = MonitorDraft {
            kind: old.kind,
            target: patch.target.unwrap_or_else(|| old.target.clone()),
            interval_s: patch.interval_s.unwrap_or(old.interval_s),
            settings: patch.settings.unwrap_or_else(|| old.settings.clone()),
            paused: patch.paused.unwrap_or(old.paused),
        };
        draft::look(&new, &owner.address, "")?;
        if new != old {
            let stored = store::monitors::update(&mut tx, id, &values(&new, None)).await;
            stored.map_err(|error| self.failed(error))?;
            if new.paused {
                self.no_longer_watched(&mut tx, &[id.get()], State::Paused).await?;
            } else if old.paused || new.target != old.target {
                self.no_longer_watched(&mut tx, &[id.get()], State::Unknown).await?;
            }
            self.audit(&mut tx, by, "monitor.changed", format!("monitor:{id}"), json!({})).await?;
            self.commit(tx, server).await?;
        }
        self.watched(id).await
    }

    pub(super) async fn delete_watched(&self, id: MonitorId) -> Result<()> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let mut tx = self.begin().await?;
        let server = self.server_of(&mut tx, id).await?;
        self.locked(&mut tx, server).await?;
        self.no_longer_watched(&mut tx, &[id.get()], State::Unknown).await?;
        let gone = store::monitors::delete(&mut tx, id).await.map_err(|error| self.failed(error))?;
        gone.ok_or(Error::NotFound)?;
        self.audit(&mut tx, by, "monitor.deleted", format!("monitor:{id}"), json!({ "server": server })).await?;
        self.commit(tx, server).await
    }

    async fn server_of(&self, tx: &mut PgConnection, id: MonitorId) -> Result<ServerId> {
        let row = store::monitors::by_id(tx, id).await.map_err(|error| self.failed(error))?;
        row.map(|row| row.server_id).ok_or(Error::NotFound)
    }

    async fn watched(&self, id: MonitorId) -> Result<Monitor> {
        let row = async { store::monitors::by_id(&mut *self.deps.db.acquire().await?, id).await };
        let row = row.await.map_err(|error: sqlx::Error| self.failed(error))?;
        row.map(shown::monitor).ok_or(Error::NotFound)
    }
}

fn values<'a>(entered: &'a MonitorDraft, push_hash: Option<&'a [u8]>) -> Values<'a> {
    Values {
        kind: entered.kind.as_str(),
        target: draft::target_text(entered),
        interval_s: i32::try_from(entered.interval_s).unwrap_or(i32::MAX),
        settings: &entered.settings,
        paused: entered.paused,
        push_hash,
    }
}

/// A stored monitor as somebody would enter it.
pub(super) fn as_draft(row: &Row) -> MonitorDraft {
    MonitorDraft {
        kind: Kind::from_name(&row.kind).unwrap_or_default(),
        target: row.target.clone(),
        interval_s: row.interval_s.unsigned_abs(),
        settings: row.settings.0.clone(),
        paused: row.paused,
    }
}
