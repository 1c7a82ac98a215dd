//! How tickets are dealt with here, as administrators set it.

use app::model::{Error, Result, mailing::Mailing, otrs_link::TicketSettings};
use serde_json::json;
use sqlx::PgConnection;

use super::{Tickets, asked};
use crate::{auth::policy::Action, store};

/// The name of the row.
const TICKETS: &str = "tickets";
/// The longest undo delay, in seconds.
const LONGEST_UNDO: u32 = 60;

/// How tickets are dealt with; what cannot be read is as if it were not set.
///
/// # Errors
/// Those of the database.
pub async fn get(db: &mut PgConnection) -> sqlx::Result<TicketSettings> {
    let value = store::settings::get(db, TICKETS).await?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

impl Tickets {
    pub(super) async fn read_settings(&self) -> Result<TicketSettings> {
        self.caller.may(Action::ConfigureTickets)?;
        self.line()?;
        let settings = async { get(&mut *self.deps.db.acquire().await?).await };
        settings.await.map_err(|error| self.failed(error))
    }

    pub(super) async fn write_settings(&self, mut settings: TicketSettings) -> Result<TicketSettings> {
        let by = self.caller.may(Action::ConfigureTickets)?.account;
        self.line()?;
        if settings.undo_delay_s > LONGEST_UNDO {
            return Err(Error::invalid("undo_delay_s", "too_long"));
        }
        if !(1..=10_080).contains(&settings.escalation_minutes) {
            return Err(Error::invalid("escalation_minutes", "invalid"));
        }
        if settings.mailing == Mailing::Vakhta && self.deps.smtp.is_none() {
            return Err(Error::invalid("mailing", "smtp_not_configured"));
        }
        let names = [
            ("ticket_hook", &settings.ticket_hook),
            ("close_state", &settings.close_state),
            ("reject_state", &settings.reject_state),
            ("open_state", &settings.open_state),
            ("pending_state", &settings.pending_state),
            ("new_state", &settings.new_state),
            ("priority", &settings.priority),
        ];
        if let Some((field, _)) = names.into_iter().find(|(_, name)| name.trim().is_empty() || name.len() > 200) {
            return Err(Error::invalid(field, "required"));
        }
        if settings.role_queues.len() > 1_000 || settings.role_queues.iter().any(|given| given.queue.trim().is_empty())
        {
            return Err(Error::invalid("role_queues", "invalid"));
        }
        asked::check_asked(&mut settings.fields)?;
        let value = json!(settings);
        let stored = async {
            let mut tx = self.deps.db.begin().await?;
            store::settings::set(&mut tx, TICKETS, &value, by, self.caller.now).await?;
            let entry = store::audit::Entry {
                at: self.caller.now,
                by: Some(by),
                action: "settings.tickets",
                object: format!("setting:{TICKETS}"),
                detail: value,
            };
            store::audit::insert(&mut tx, &entry).await?;
            tx.commit().await
        };
        stored.await.map_err(|error| self.failed(error))?;
        Ok(settings)
    }
}
