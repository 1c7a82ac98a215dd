//! Asking for something to be done: checked, stored at once, taken back, tried again, listed.

mod again;
mod check;
mod uploads;

use app::model::{
    Error, Result,
    action::{Action, ActionKind, ActionRequest, ActionState, NewTicket},
    ids::{ActionId, EmployeeId, TicketId},
    page::{Page, PageRequest},
    ticket::asked::{FieldValue, Moment},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use time::Duration;

pub(super) use self::check::check_text;
use self::check::{check, read_files};
use super::{Tickets, asked, clean, convert, settings, shown, sight};
use crate::{
    auth::policy::Action as Right,
    store::{
        self,
        actions::{File, New, Row},
        tickets::list::Sight,
    },
};

/// States in which an action's author still has something to know or to do.
const OPEN: [&str; 5] = ["waiting", "sent", "conflict", "needs_sign_in", "failed"];

impl Tickets {
    pub(super) async fn ask(&self, id: TicketId, mut request: ActionRequest, key: &str) -> Result<Action> {
        self.caller.may(Right::WorkTickets)?;
        let line = self.line()?;
        check(&request)?;
        let mut db = self.connection().await?;
        let (sight, login) = self.author(&mut db).await?;
        let digest = digest(&request);
        if let Some(known) = self.known_key(&mut db, key, &digest).await? {
            return Ok(known);
        }
        let row =
            store::tickets::list::rows(&mut db, &sight, &[id.get()]).await.map_err(|error| self.failed(error))?.pop();
        let row = row.ok_or(Error::NotFound)?;
        // Whoever has a login there may move tickets into queues that he does not see, if OTRS lets him.
        if let (Some(queue), None) = (&request.queue, &login) {
            self.check_queue(&mut db, &sight, queue).await?;
        }
        if request.action == ActionKind::Take && login.is_none() {
            // The service agent would own it, and nobody would know for whom.
            return Err(Error::Forbidden { code: "otrs_link_required".into() });
        }
        if request.version.as_ref().is_some_and(|seen| !convert::is_same(seen, &row.version)) {
            drop(db);
            return Err(Error::conflict_with("ticket_conflict", &self.whole(id).await?));
        }
        self.check_uploads(&mut db, &request.files).await?;
        request.fields = self.filled_in(&mut db, id, &request).await?;
        let version = request.version.clone();
        let uploads = request.files.iter().map(|id| id.get()).collect();
        let new = Asked {
            kind: request.action,
            ticket: Some(id),
            request: &request,
            version,
            digest,
            files: Vec::new(),
            uploads,
        };
        self.store(&mut db, new, login, key).await.inspect(|_| line.new_actions.notify_one())
    }

    pub(super) async fn ask_new(&self, mut ticket: NewTicket, key: &str) -> Result<Action> {
        self.caller.may(Right::WorkTickets)?;
        let line = self.line()?;
        let mut db = self.connection().await?;
        let (sight, login) = self.author(&mut db).await?;
        let digest = digest(&ticket);
        if let Some(known) = self.known_key(&mut db, key, &digest).await? {
            return Ok(known);
        }
        ticket.title = clean::line(&ticket.title);
        // OTRS cuts longer ones without a word (077), and takes "0" for nothing (498).
        if !(1..=191).contains(&ticket.title.chars().count()) || ticket.title == "0" {
            return Err(Error::invalid("title", "required"));
        }
        check_text("body", &ticket.body)?;
        self.check_queue(&mut db, &sight, &ticket.queue).await?;
        let customer = ticket.customer.as_deref().map(str::trim).unwrap_or_default();
        let customer = match ticket.employee_id {
            Some(employee) if customer.is_empty() => self.address_of(&mut db, employee).await?,
            _ if customer.is_empty() => return Err(Error::invalid("customer", "required")),
            _ => customer.to_owned(),
        };
        ticket.customer = Some(customer);
        let settings = settings::get(&mut db).await.map_err(|error| self.failed(error))?;
        ticket.fields = asked::checked(&settings.fields, Moment::Create, &ticket.fields, None)?;
        let files = read_files(&ticket.files)?;
        ticket.files = Vec::new();
        let uploads = Vec::new();
        let new =
            Asked { kind: ActionKind::Create, ticket: None, request: &ticket, version: None, digest, files, uploads };
        self.store(&mut db, new, login, key).await.inspect(|_| line.new_actions.notify_one())
    }

    /// What the caller may see, and his login if he has one.
    async fn author(&self, db: &mut PgConnection) -> Result<(Sight, Option<String>)> {
        let user = self.caller.may(Right::WorkTickets)?;
        let (sight, link) = sight::of(db, user, self.caller.now).await.map_err(|error| self.failed(error))?;
        Ok((sight, link.map(|link| link.login)))
    }

    async fn check_queue(&self, db: &mut PgConnection, sight: &Sight, name: &str) -> Result<()> {
        let ids = store::tickets::names::queue_ids(db, &[name.to_owned()]).await.map_err(|error| self.failed(error))?;
        if ids.iter().any(|id| sight.queues.contains(id)) {
            Ok(())
        } else {
            Err(Error::invalid("queue", "queue_unknown"))
        }
    }

    /// What was filled in of the fields that are asked for when a ticket is closed.
    async fn filled_in(&self, db: &mut PgConnection, id: TicketId, request: &ActionRequest) -> Result<Vec<FieldValue>> {
        if !matches!(request.action, ActionKind::Close | ActionKind::Reject) {
            let nothing = request.fields.is_empty();
            return if nothing { Ok(Vec::new()) } else { Err(Error::invalid("fields", "invalid")) };
        }
        let read = async { Ok((settings::get(db).await?, store::tickets::one::detail(db, id.get()).await?)) };
        let (settings, now) = read.await.map_err(|error| self.failed(error))?;
        asked::checked(&settings.fields, Moment::Close, &request.fields, now.as_ref())
    }

    async fn address_of(&self, db: &mut PgConnection, employee: EmployeeId) -> Result<String> {
        let row = store::employees::by_id(db, employee).await.map_err(|error| self.failed(error))?;
        let email = row.filter(|row| row.deleted_at.is_none()).and_then(|row| row.email);
        email.ok_or_else(|| Error::invalid("employee_id", "employee_without_email"))
    }

    /// The action that was stored under this key, if it was the same one.
    async fn known_key(&self, db: &mut PgConnection, key: &str, digest: &[u8]) -> Result<Option<Action>> {
        let account = self.caller.signed_in()?.account;
        if key.is_empty() {
            return Ok(None);
        }
        let known = store::actions::by_key(db, account, key).await.map_err(|error| self.failed(error))?;
        match known {
            None => Ok(None),
            Some(row) if row.digest == digest => self.shown_action(db, row).await.map(Some),
            Some(_) => Err(Error::invalid("Idempotency-Key", "idempotency_key_reused")),
        }
    }

    async fn store<R: Serialize>(
        &self,
        db: &mut PgConnection,
        asked: Asked<'_, R>,
        login: Option<String>,
        key: &str,
    ) -> Result<Action> {
        let account = self.caller.signed_in()?.account;
        let own_key = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 18]>());
        let request = serde_json::to_value(asked.request).map_err(|_| Error::unreadable("json_unreadable"))?;
        let stored = async {
            let delay = settings::get(&mut *db).await?.undo_delay_s;
            let mut tx = sqlx::Connection::begin(&mut *db).await?;
            let new = New {
                account,
                key: if key.is_empty() { &own_key } else { key },
                digest: &asked.digest,
                kind: asked.kind.as_str(),
                ticket_id: asked.ticket.map(TicketId::get),
                request: &request,
                login: login.as_deref(),
                marker: &format!("Vakhta {own_key}"),
                seen_version: asked.version.as_deref(),
                not_before: self.caller.now + Duration::seconds(i64::from(delay)),
                now: self.caller.now,
            };
            let Some(id) = store::actions::insert(&mut tx, &new).await? else { return Ok(None) };
            store::actions::insert_files(&mut tx, id, &asked.files).await?;
            let given = store::uploads::give(&mut tx, account, &asked.uploads, id).await?;
            if given != asked.uploads.len() as u64 {
                // Another action took them at the same moment.
                return Ok(None);
            }
            let row = store::actions::of_account(&mut tx, account, id).await?;
            tx.commit().await?;
            Ok(row)
        };
        let row = stored.await.map_err(|error| self.failed(error))?;
        // The same key at the same moment: the other one is answered.
        let row = row.ok_or_else(|| Error::conflict("idempotency_key_in_use"))?;
        self.shown_action(db, row).await
    }

    async fn own_action(&self, id: ActionId) -> Result<Row> {
        let account = self.caller.may(Right::WorkTickets)?.account;
        self.line()?;
        let row = async { store::actions::of_account(&mut *self.deps.db.acquire().await?, account, id).await };
        row.await.map_err(|error| self.failed(error))?.ok_or(Error::NotFound)
    }

    async fn shown_again(&self, id: ActionId) -> Result<Action> {
        let row = self.own_action(id).await?;
        let mut db = self.connection().await?;
        self.shown_action(&mut db, row).await
    }

    async fn shown_action(&self, db: &mut PgConnection, row: Row) -> Result<Action> {
        let (sight, _) = self.author(db).await?;
        shown_for(db, &sight, row).await.map_err(|error| self.failed(error))
    }

    pub(super) async fn my_actions(&self, state: Option<ActionState>, page: PageRequest) -> Result<Page<Action>> {
        let account = self.caller.may(Right::WorkTickets)?.account;
        self.line()?;
        let before =
            page.cursor.as_deref().map(|cursor| cursor.parse::<i64>().map_err(|_| Error::invalid("cursor", "cursor")));
        let before = before.transpose()?;
        let limit = i64::from(page.limit.clamp(1, 100));
        let states = match state {
            Some(state) => vec![state.as_str().to_owned()],
            None => OPEN.map(str::to_owned).to_vec(),
        };
        let mut db = self.connection().await?;
        let rows = store::actions::page(&mut db, account, &states, state.is_none(), None, before, limit + 1).await;
        let mut rows = rows.map_err(|error| self.failed(error))?;
        let more = i64::try_from(rows.len()).is_ok_and(|found| found > limit);
        rows.truncate(usize::try_from(limit).unwrap_or_default());
        let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
        let mut items = Vec::new();
        for row in rows {
            items.push(self.shown_action(&mut db, row).await?);
        }
        Ok(Page { items, next })
    }
}

/// An action as its author may see it: of a ticket that he no longer may see only the number inside is left.
pub(super) async fn shown_for(db: &mut PgConnection, sight: &Sight, row: Row) -> sqlx::Result<Action> {
    let ticket = match row.ticket_id {
        Some(id) => store::tickets::list::rows(db, sight, &[id]).await?.pop(),
        None => None,
    };
    let changes = match (&ticket, &row.seen_version) {
        (Some(ticket), Some(seen)) if row.state == ActionState::Conflict.as_str() => {
            shown::history(store::tickets::one::history(db, ticket.id, convert::entries_of(seen)).await?)
        }
        _ => Vec::new(),
    };
    let mail = store::actions::mail::of(db, row.id).await?;
    Ok(shown::action(row, mail, ticket.map(|ticket| (ticket.number, ticket.title)), changes))
}

/// What somebody asks for.
struct Asked<'a, R> {
    kind: ActionKind,
    ticket: Option<TicketId>,
    request: &'a R,
    version: Option<String>,
    digest: Vec<u8>,
    files: Vec<File>,
    /// Files that were sent before.
    uploads: Vec<i64>,
}

fn digest(request: &impl Serialize) -> Vec<u8> {
    Sha256::digest(serde_json::to_vec(request).unwrap_or_default()).to_vec()
}
