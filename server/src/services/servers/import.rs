//! Tables of servers: read, compared with what is there, stored in one transaction. A preview does the same and
//! takes it back.

mod rows;

use app::model::{
    Error, Result,
    ids::{AccountId, EmployeeId, ServerId},
    import::{ImportFile, ImportMode},
    monitor::MonitorDraft,
    server::ServerDraft,
    server_import::{ServerImportNote, ServerImportReport},
};
use serde_json::json;
use sqlx::PgConnection;

use super::{MOST, Servers, draft};
use crate::{
    auth::policy::Action,
    monitor::table::{Entry, Table},
    store::{self, notify::Event, servers::Values},
};

/// Most notes of a kind in a report.
const NOTES: usize = 1_000;
/// Most names in a report.
const NAMES: usize = 100;

impl Servers {
    pub(super) async fn import_table(&self, file: ImportFile, mode: ImportMode) -> Result<ServerImportReport> {
        let by = self.caller.may(Action::ConfigureServers)?.account;
        self.import_for(Some(by), file, mode).await
    }

    /// Imports a table for somebody, or for the command line, whose user may do anything.
    ///
    /// # Errors
    /// As [`app::backend::Servers::import`].
    pub async fn import_for(
        &self,
        by: Option<AccountId>,
        file: ImportFile,
        mode: ImportMode,
    ) -> Result<ServerImportReport> {
        let rows = rows::read(&file.name, &file.bytes)?;
        let table = Table::read(rows);
        let mut tx = self.begin().await?;
        let mut report = ServerImportReport {
            dry_run: mode == ImportMode::Preview,
            file: file.name,
            rows: table.rows,
            rejected: table.rejected,
            warnings: table.warnings,
            ..ServerImportReport::default()
        };
        // Parents may stand below their children: everybody is entered before anybody is linked.
        let mut entered = Vec::new();
        for entry in table.entries {
            if let Some(id) = self.take(&mut tx, &entry, &mut report).await? {
                entered.push((id, entry));
            }
        }
        for (id, entry) in &entered {
            self.link(&mut tx, *id, entry, &mut report).await?;
        }
        report.unchanged = u32::try_from(entered.len()).unwrap_or(u32::MAX) - report.created - report.updated;
        for notes in [&mut report.rejected, &mut report.warnings] {
            notes.sort_by_key(|note| note.row);
            notes.truncate(NOTES);
        }
        if store::servers::count(&mut tx).await.map_err(|error| self.failed(error))? > MOST {
            return Err(Error::conflict("too_many_servers"));
        }
        if mode == ImportMode::Store {
            let detail = json!({ "file": report.file, "created": report.created, "updated": report.updated });
            let entry = store::audit::Entry {
                at: self.caller.now,
                by,
                action: "servers.imported",
                object: "servers".to_owned(),
                detail,
            };
            let stored = async {
                store::audit::insert(&mut tx, &entry).await?;
                store::notify::announce(&mut tx, &Event::ServerChanged { id: None }).await?;
                tx.commit().await
            };
            stored.await.map_err(|error: sqlx::Error| self.failed(error))?;
        }
        Ok(report)
    }

    /// Enters a server or changes the one of that name; nothing when its row is rejected.
    async fn take(
        &self,
        tx: &mut PgConnection,
        entry: &Entry,
        report: &mut ServerImportReport,
    ) -> Result<Option<ServerId>> {
        let responsible_id = self.responsible(tx, entry, report).await?;
        let known = store::servers::by_name(tx, &entry.name).await.map_err(|error| self.failed(error))?;
        let draft = as_draft(entry, responsible_id);
        let Some(id) = known else {
            return match self.enter(tx, draft).await {
                Ok((id, _)) => {
                    report.created += 1;
                    name(&mut report.created_names, entry);
                    Ok(Some(id))
                }
                Err(Error::Invalid { field, code }) => {
                    report.rejected.push(note(row_of(entry, &field), entry, &code));
                    Ok(None)
                }
                Err(error) => Err(error),
            };
        };
        match self.update(tx, id, entry, draft).await {
            Ok(changed) => {
                if changed {
                    report.updated += 1;
                    name(&mut report.updated_names, entry);
                }
                Ok(Some(id))
            }
            Err(Error::Invalid { field, code }) => {
                report.rejected.push(note(row_of(entry, &field), entry, &code));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Changes what the table has columns for, and adds monitors that are not there. Whether anything changed.
    async fn update(&self, tx: &mut PgConnection, id: ServerId, entry: &Entry, new: ServerDraft) -> Result<bool> {
        let before = self.locked(tx, id).await?;
        let monitors = store::monitors::of_server(tx, id).await.map_err(|error| self.failed(error))?;
        let address = draft::address(&new.address)?;
        for (at, monitor) in new.monitors.iter().enumerate() {
            draft::look(monitor, &address, &format!("monitors.{at}."))?;
        }
        let group_id = match &entry.group {
            Some(group) => self.group(tx, Some(group)).await?,
            None => before.group_id.map(Into::into),
        };
        let values = Values {
            name: before.name.clone(),
            address,
            group_id,
            responsible_id: new.responsible_id.or(before.responsible_id.map(EmployeeId::from)),
            parent_id: before.parent_id.map(ServerId::from),
            tags: if entry.tags.is_some() { draft::tags(&new.tags)? } else { before.tags.clone() },
            notes: if entry.notes.is_some() { draft::notes(new.notes)? } else { before.notes.clone() },
            runbook_url: if entry.runbook_url.is_some() {
                draft::link(new.runbook_url)?
            } else {
                before.runbook_url.clone()
            },
            paused: before.paused,
        };
        let same = values.address == before.address
            && values.group_id == before.group_id.map(Into::into)
            && values.responsible_id == before.responsible_id.map(EmployeeId::from)
            && values.tags == before.tags
            && values.notes == before.notes
            && values.runbook_url == before.runbook_url;
        if !same {
            store::servers::update(tx, id, &values, self.caller.now).await.map_err(|error| self.refused(error))?;
        }
        let mut added = false;
        for monitor in &new.monitors {
            let target = draft::target_text(monitor);
            if !monitors.iter().any(|known| known.kind == monitor.kind.as_str() && known.target == target) {
                self.insert_monitor(tx, id, monitor).await?;
                added = true;
            }
        }
        Ok(!same || added)
    }

    /// Says what a server is reached through.
    async fn link(
        &self,
        tx: &mut PgConnection,
        id: ServerId,
        entry: &Entry,
        report: &mut ServerImportReport,
    ) -> Result<()> {
        let Some(parent) = &entry.parent else { return Ok(()) };
        let found = match parent.is_empty() {
            true => None,
            false => {
                let found = store::servers::by_name(tx, parent).await.map_err(|error| self.failed(error))?;
                if found.is_none() {
                    report.warnings.push(note(entry.row, entry, "parent_unknown"));
                    return Ok(());
                }
                found
            }
        };
        if let Some(parent) = found
            && store::servers::is_behind(tx, parent, id).await.map_err(|error| self.failed(error))?
        {
            report.warnings.push(note(entry.row, entry, "parent_circle"));
            return Ok(());
        }
        let changed = store::servers::set_parent(tx, id, found).await.map_err(|error| self.failed(error))?;
        let is_new = report.created_names.contains(&entry.name);
        if changed && !is_new && !report.updated_names.contains(&entry.name) && report.updated_names.len() < NAMES {
            report.updated += 1;
            name(&mut report.updated_names, entry);
        }
        Ok(())
    }

    async fn responsible(
        &self,
        tx: &mut PgConnection,
        entry: &Entry,
        report: &mut ServerImportReport,
    ) -> Result<Option<EmployeeId>> {
        let Some(email) = entry.responsible.as_deref().filter(|email| !email.is_empty()) else { return Ok(None) };
        let row = store::employees::by_email(tx, &email.to_lowercase()).await.map_err(|error| self.failed(error))?;
        let found = row.filter(|row| row.deleted_at.is_none()).map(|row| row.id);
        if found.is_none() {
            report.warnings.push(note(entry.row, entry, "responsible_unknown"));
        }
        Ok(found)
    }
}

fn as_draft(entry: &Entry, responsible_id: Option<EmployeeId>) -> ServerDraft {
    let monitors: Vec<MonitorDraft> = entry.monitors.iter().map(|(_, monitor)| monitor.clone()).collect();
    ServerDraft {
        name: entry.name.clone(),
        address: entry.address.clone(),
        group: entry.group.clone(),
        responsible_id,
        parent_id: None,
        tags: entry.tags.clone().unwrap_or_default(),
        notes: entry.notes.clone(),
        runbook_url: entry.runbook_url.clone(),
        monitors,
    }
}

/// The row that a refused field came from.
fn row_of(entry: &Entry, field: &str) -> u32 {
    let monitor = field.strip_prefix("monitors.").and_then(|rest| rest.split('.').next()?.parse::<usize>().ok());
    monitor.and_then(|at| entry.monitors.get(at)).map_or(entry.row, |(row, _)| *row)
}

fn note(row: u32, entry: &Entry, code: &str) -> ServerImportNote {
    ServerImportNote { row, server: entry.name.clone(), code: code.to_owned() }
}

fn name(names: &mut Vec<String>, entry: &Entry) {
    if names.len() < NAMES {
        names.push(entry.name.clone());
    }
}
