//! Groups of servers.

use app::model::{Error, Result, ids::GroupId, server::Group};
use serde_json::json;

use super::{Servers, draft};
use crate::{
    auth::policy::Action,
    error::violated,
    store::{self, notify::Event, servers::groups::GroupRow},
};

/// The constraint that keeps names apart.
const NAME_KEY: &str = "server_group_name_key";

impl Servers {
    pub(super) async fn all_groups(&self) -> Result<Vec<Group>> {
        self.caller.may(Action::ReadServers)?;
        let rows = async { store::servers::groups::all(&mut *self.deps.db.acquire().await?).await };
        let rows = rows.await.map_err(|error: sqlx::Error| self.failed(error))?;
        Ok(rows.into_iter().map(shown).collect())
    }

    pub(super) async fn new_group(&self, name: &str) -> Result<Group> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let name = draft::name(name)?;
        let mut tx = self.begin().await?;
        let id = store::servers::groups::insert(&mut tx, &name).await.map_err(|error| self.taken(error))?;
        self.audit(&mut tx, by, "group.created", format!("group:{id}"), json!({ "name": name })).await?;
        tx.commit().await.map_err(|error| self.failed(error))?;
        Ok(Group { id, name, servers: 0 })
    }

    pub(super) async fn renamed_group(&self, id: GroupId, name: &str) -> Result<Group> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let name = draft::name(name)?;
        let mut tx = self.begin().await?;
        let found = store::servers::groups::rename(&mut tx, id, &name).await.map_err(|error| self.taken(error))?;
        if !found {
            return Err(Error::NotFound);
        }
        self.audit(&mut tx, by, "group.renamed", format!("group:{id}"), json!({ "name": name })).await?;
        let row = async {
            store::notify::announce(&mut tx, &Event::ServerChanged { id: None }).await?;
            let row = store::servers::groups::by_id(&mut tx, id).await?;
            tx.commit().await?;
            Ok(row)
        };
        let row = row.await.map_err(|error: sqlx::Error| self.failed(error))?;
        row.map(shown).ok_or(Error::NotFound)
    }

    pub(super) async fn remove_group(&self, id: GroupId) -> Result<()> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        let mut tx = self.begin().await?;
        let found = store::servers::groups::delete(&mut tx, id).await.map_err(|error| self.failed(error))?;
        if !found {
            return Err(Error::NotFound);
        }
        self.audit(&mut tx, by, "group.deleted", format!("group:{id}"), json!({})).await?;
        let done = async {
            store::notify::announce(&mut tx, &Event::ServerChanged { id: None }).await?;
            tx.commit().await
        };
        done.await.map_err(|error: sqlx::Error| self.failed(error))
    }

    fn taken(&self, error: sqlx::Error) -> Error {
        if violated(&error) == Some(NAME_KEY) { Error::conflict("group_name_taken") } else { self.failed(error) }
    }
}

fn shown(row: GroupRow) -> Group {
    Group { id: row.id, name: row.name, servers: u32::try_from(row.servers).unwrap_or(u32::MAX) }
}
