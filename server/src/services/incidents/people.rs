//! What people do to incidents.

use app::model::{
    Error, Result,
    ids::{AccountId, IncidentId},
    incident::{Incident, IncidentAction, IncidentEventKind},
};
use sqlx::PgConnection;
use time::Duration;

use super::{Book, Incidents};
use crate::{
    auth::policy::Action,
    error::violated,
    store::{self, incidents::NewEvent},
};

/// Longest comment, in characters.
const COMMENT: usize = 4_000;
/// Longest reason of a silence, in characters.
const REASON: usize = 500;
/// Longest silence, in minutes: a week.
const SILENCE: u32 = 10_080;
/// The constraint that a server has one incident at a time.
const SERVER_KEY: &str = "incident_server_key";

impl Incidents {
    pub(super) async fn done(&self, id: IncidentId, action: IncidentAction) -> Result<Incident> {
        let by = self.caller.may(Action::OperateServers)?.account;
        let mut tx = self.deps.db.begin().await.map_err(|error| self.failed(error))?;
        let locked = store::incidents::lock(&mut tx, id).await.map_err(|error| self.failed(error))?;
        let (_, state) = locked.filter(|(_, state)| state != "pending").ok_or(Error::NotFound)?;
        if self.write(&mut tx, id, &state, action, by).await? {
            let told = async {
                let mut book = Book::open(&self.deps, &mut tx, self.caller.now);
                book.changed(id);
                book.close().await?;
                tx.commit().await
            };
            told.await.map_err(|error| self.failed(error))?;
        }
        self.one(id).await
    }

    /// Whether anything changed.
    async fn write(
        &self,
        tx: &mut PgConnection,
        id: IncidentId,
        state: &str,
        action: IncidentAction,
        by: AccountId,
    ) -> Result<bool> {
        let now = self.caller.now;
        let event = |kind| NewEvent { by: Some(by), ..NewEvent::new(id, kind, now) };
        let is_open = state == "open";
        let must_be_open = || if is_open { Ok(()) } else { Err(Error::conflict("incident_closed")) };
        match action {
            IncidentAction::Acknowledge => {
                must_be_open()?;
                let first = store::incidents::people::acknowledge(tx, id, by, now).await;
                if !first.map_err(|error| self.failed(error))? {
                    return Ok(false);
                }
                self.note(tx, &event(IncidentEventKind::Acknowledged)).await?;
            }
            IncidentAction::Silence { minutes: 0, .. } => {
                must_be_open()?;
                let done = store::incidents::people::silence(tx, id, by, None, "").await;
                done.map_err(|error| self.failed(error))?;
                self.note(tx, &event(IncidentEventKind::Unsilenced)).await?;
            }
            IncidentAction::Silence { minutes, reason } => {
                must_be_open()?;
                let reason = text(&reason, "reason", REASON)?;
                if minutes > SILENCE {
                    return Err(Error::invalid("minutes", "silence_too_long"));
                }
                let until = now + Duration::minutes(minutes.into());
                let done = store::incidents::people::silence(tx, id, by, Some(until), &reason).await;
                done.map_err(|error| self.failed(error))?;
                let silenced = event(IncidentEventKind::Silenced);
                self.note(tx, &NewEvent { text: Some(&reason), until: Some(until), ..silenced }).await?;
            }
            IncidentAction::Comment { text: written } => {
                let written = text(&written, "text", COMMENT)?;
                let commented = event(IncidentEventKind::Commented);
                self.note(tx, &NewEvent { text: Some(&written), ..commented }).await?;
            }
            IncidentAction::Resolve => {
                if !is_open {
                    return Ok(false);
                }
                self.note(tx, &event(IncidentEventKind::Resolved)).await?;
                store::incidents::close(tx, id, now).await.map_err(|error| self.failed(error))?;
            }
            IncidentAction::Reopen => {
                if is_open {
                    return Ok(false);
                }
                store::incidents::people::reopen(tx, id).await.map_err(|error| {
                    if violated(&error) == Some(SERVER_KEY) {
                        Error::conflict("incident_open")
                    } else {
                        self.failed(error)
                    }
                })?;
                self.note(tx, &event(IncidentEventKind::Reopened)).await?;
            }
        }
        Ok(true)
    }

    async fn note(&self, tx: &mut PgConnection, event: &NewEvent<'_>) -> Result<()> {
        store::incidents::note(tx, event).await.map_err(|error| self.failed(error))
    }
}

/// What somebody wrote, if it is something and not too much.
fn text(written: &str, field: &str, longest: usize) -> Result<String> {
    let written = written.trim();
    if written.is_empty() {
        return Err(Error::invalid(field, "required"));
    }
    if written.chars().count() > longest || written.contains('\0') {
        return Err(Error::invalid(field, "text_too_long"));
    }
    Ok(written.to_owned())
}
