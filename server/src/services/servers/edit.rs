//! Entering, changing and removing servers.

use app::model::{
    Error, Result,
    ids::{EmployeeId, ServerId},
    server::{Server, ServerDraft, ServerPatch, State},
};
use serde_json::json;
use sqlx::PgConnection;

use super::{MOST, Servers, draft, state};
use crate::{
    auth::policy::Action,
    error::violated,
    services::incidents::Book,
    store::{self, servers::Values},
};

/// The constraint that keeps names apart.
const NAME_KEY: &str = "server_name_key";
/// The constraint that the responsible person exists.
const RESPONSIBLE_KEY: &str = "server_responsible_id_fkey";

impl Servers {
    pub(super) async fn create_one(&self, draft: ServerDraft) -> Result<Server> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let mut tx = self.begin().await?;
        if store::servers::count(&mut tx).await.map_err(|error| self.failed(error))? >= MOST {
            return Err(Error::conflict("too_many_servers"));
        }
        let (id, addresses) = self.enter(&mut tx, draft).await?;
        self.audit(&mut tx, by, "server.created", format!("server:{id}"), json!({})).await?;
        self.commit(tx, id).await?;
        let mut server = self.card(id).await?;
        for (monitor, address) in addresses {
            if let Some(monitor) = server.monitors.iter_mut().find(|known| known.id == monitor) {
                monitor.target = address;
            }
        }
        Ok(server)
    }

    /// Stores a server with its monitors. The addresses that jobs call, which are told once.
    pub(super) async fn enter(
        &self,
        tx: &mut PgConnection,
        draft: ServerDraft,
    ) -> Result<(ServerId, Vec<(app::model::ids::MonitorId, String)>)> {
        let values = Values {
            name: draft::name(&draft.name)?,
            address: draft::address(&draft.address)?,
            group_id: None,
            responsible_id: draft.responsible_id,
            parent_id: draft.parent_id,
            tags: draft::tags(&draft.tags)?,
            notes: draft::notes(draft.notes)?,
            runbook_url: draft::link(draft.runbook_url)?,
            paused: false,
        };
        let monitors = if draft.monitors.is_empty() { vec![Default::default()] } else { draft.monitors };
        if monitors.len() > draft::MONITORS {
            return Err(Error::invalid("monitors", "too_many_monitors"));
        }
        for (at, monitor) in monitors.iter().enumerate() {
            draft::look(monitor, &values.address, &format!("monitors.{at}."))?;
        }
        let group_id = self.group(tx, draft.group.as_deref()).await?;
        let values = Values { group_id, ..values };
        self.check_parent(tx, values.parent_id, None).await?;
        let id = store::servers::insert(tx, &values, self.caller.now).await.map_err(|error| self.refused(error))?;
        let mut addresses = Vec::new();
        for monitor in &monitors {
            let (monitor, address) = self.insert_monitor(tx, id, monitor).await?;
            addresses.extend(address.map(|address| (monitor, address)));
        }
        Ok((id, addresses))
    }

    pub(super) async fn change_one(&self, id: ServerId, patch: ServerPatch) -> Result<Server> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let mut tx = self.begin().await?;
        let before = self.locked(&mut tx, id).await?;
        if before.version != patch.version {
            drop(tx);
            return Err(Error::conflict_with("server_conflict", &self.card(id).await?));
        }
        let address = patch.address.as_deref().map(draft::address).transpose()?.unwrap_or(before.address.clone());
        let group_id = match &patch.group {
            Some(group) => self.group(&mut tx, group.as_deref()).await?,
            None => before.group_id.map(Into::into),
        };
        let values = Values {
            name: patch.name.as_deref().map(draft::name).transpose()?.unwrap_or(before.name.clone()),
            group_id,
            responsible_id: patch.responsible_id.unwrap_or(before.responsible_id.map(EmployeeId::from)),
            parent_id: patch.parent_id.unwrap_or(before.parent_id.map(ServerId::from)),
            tags: patch.tags.as_deref().map(draft::tags).transpose()?.unwrap_or(before.tags.clone()),
            notes: patch.notes.map(draft::notes).transpose()?.unwrap_or(before.notes.clone()),
            runbook_url: patch.runbook_url.map(draft::link).transpose()?.unwrap_or(before.runbook_url.clone()),
            paused: patch.paused.unwrap_or(before.paused),
            address,
        };
        if patch.parent_id.is_some() {
            self.check_parent(&mut tx, values.parent_id, Some(id)).await?;
        }
        let monitors = store::monitors::of_server(&mut tx, id).await.map_err(|error| self.failed(error))?;
        for monitor in &monitors {
            // A ping of another address has to be one that can be looked at.
            let monitor = super::monitors::as_draft(monitor);
            draft::look(&monitor, &values.address, "")?;
        }
        store::servers::update(&mut tx, id, &values, self.caller.now).await.map_err(|error| self.refused(error))?;
        let ids: Vec<i64> = monitors.iter().filter(|monitor| !monitor.paused).map(|monitor| monitor.id.get()).collect();
        if values.paused && !before.paused {
            self.no_longer_watched(&mut tx, &ids, State::Paused).await?;
        } else if values.address != before.address || (before.paused && !values.paused) {
            self.no_longer_watched(&mut tx, &ids, State::Unknown).await?;
        }
        self.audit(&mut tx, by, "server.changed", format!("server:{id}"), json!({})).await?;
        self.commit(tx, id).await?;
        self.card(id).await
    }

    pub(super) async fn delete_one(&self, id: ServerId) -> Result<()> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let mut tx = self.begin().await?;
        store::servers::lock(&mut tx, id).await.map_err(|error| self.failed(error))?;
        let row =
            store::servers::by_id(&mut tx, id).await.map_err(|error| self.failed(error))?.ok_or(Error::NotFound)?;
        if row.deleted_at.is_some() {
            return Ok(());
        }
        let monitors = store::monitors::of_server(&mut tx, id).await.map_err(|error| self.failed(error))?;
        let ids: Vec<i64> = monitors.iter().map(|monitor| monitor.id.get()).collect();
        self.no_longer_watched(&mut tx, &ids, State::Unknown).await?;
        store::servers::set_deleted(&mut tx, id, Some(self.caller.now)).await.map_err(|error| self.failed(error))?;
        self.audit(&mut tx, by, "server.deleted", format!("server:{id}"), json!({ "name": row.name })).await?;
        self.commit(tx, id).await
    }

    pub(super) async fn restore_one(&self, id: ServerId) -> Result<Server> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let mut tx = self.begin().await?;
        store::servers::lock(&mut tx, id).await.map_err(|error| self.failed(error))?;
        let row =
            store::servers::by_id(&mut tx, id).await.map_err(|error| self.failed(error))?.ok_or(Error::NotFound)?;
        if row.deleted_at.is_some() {
            store::servers::set_deleted(&mut tx, id, None).await.map_err(|error| self.refused(error))?;
            self.audit(&mut tx, by, "server.restored", format!("server:{id}"), json!({})).await?;
            self.commit(tx, id).await?;
        }
        self.card(id).await
    }

    /// A server that is not deleted, locked.
    pub(super) async fn locked(&self, tx: &mut PgConnection, id: ServerId) -> Result<store::servers::Row> {
        store::servers::lock(tx, id).await.map_err(|error| self.failed(error))?;
        let row = store::servers::by_id(tx, id).await.map_err(|error| self.failed(error))?;
        row.filter(|row| row.deleted_at.is_none()).ok_or(Error::NotFound)
    }

    /// What was judged of these monitors holds no longer, and incidents do not wait for them.
    pub(super) async fn no_longer_watched(&self, tx: &mut PgConnection, ids: &[i64], begin_as: State) -> Result<()> {
        debug_assert_eq!(state(begin_as.as_str()), begin_as);
        let done = async {
            store::monitors::forget(tx, ids, begin_as.as_str(), self.caller.now).await?;
            let mut book = Book::open(&self.deps, tx, self.caller.now);
            book.came_back(ids, self.caller.now).await?;
            book.close().await
        };
        done.await.map_err(|error| self.failed(error))
    }

    pub(super) async fn group(
        &self,
        tx: &mut PgConnection,
        name: Option<&str>,
    ) -> Result<Option<app::model::ids::GroupId>> {
        let Some(name) = name.filter(|name| !name.trim().is_empty()) else { return Ok(None) };
        let name = draft::name(name).map_err(|_| Error::invalid("group", "name_too_long"))?;
        store::servers::groups::named(tx, &name).await.map(Some).map_err(|error| self.failed(error))
    }

    async fn check_parent(&self, tx: &mut PgConnection, parent: Option<ServerId>, of: Option<ServerId>) -> Result<()> {
        let Some(parent) = parent else { return Ok(()) };
        let row = store::servers::by_id(tx, parent).await.map_err(|error| self.failed(error))?;
        if row.is_none_or(|row| row.deleted_at.is_some()) {
            return Err(Error::invalid("parent_id", "server_unknown"));
        }
        if let Some(of) = of
            && store::servers::is_behind(tx, parent, of).await.map_err(|error| self.failed(error))?
        {
            return Err(Error::invalid("parent_id", "parent_circle"));
        }
        Ok(())
    }

    /// What a failed write means to the caller.
    pub(super) fn refused(&self, error: sqlx::Error) -> Error {
        match violated(&error) {
            Some(NAME_KEY) => Error::conflict("server_name_taken"),
            Some(RESPONSIBLE_KEY) => Error::invalid("responsible_id", "unknown_employee"),
            _ => self.failed(error),
        }
    }
}
