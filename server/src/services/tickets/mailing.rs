//! Who mails replies, and a check whether this OTRS does. It writes a mail to the customer into a ticket and looks what the
//! history shows then. That proves little either way, for a mail server may send without a trace and a notice is no reply: so it
//! says what it did and what it saw, and an administrator says whether the mail arrived.

use app::{
    backend,
    i18n::texts,
    model::{
        Error, Result,
        ids::TicketId,
        mailing::{MailCheck, MailCheckRequest, Mailing, MailingReport},
    },
};
use async_trait::async_trait;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::timeout;

use super::{
    Line, Telling, Tickets,
    apply::{self, Trouble},
    clean, convert,
    plan::{self, Text},
    settings, unavailable,
};
use crate::{
    auth::policy::Action,
    integrations::otrs::{self, Actor, Change, Failure, History, NewTicket, Reference, Ticket},
    store,
};

/// The name of the row.
const MAIL_CHECK: &str = "tickets.mail_check";
/// What OTRS notes down when something goes to a customer. A notice to an agent (`SendAgentNotification`) is none.
const SIGNS: [&str; 4] = ["SendAnswer", "SendCustomerNotification", "EmailResend", "Forward"];
/// How long somebody who opens the page waits for another look.
const LOOK: std::time::Duration = std::time::Duration::from_secs(4);

/// A check as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stored {
    check: MailCheck,
    /// Stands beside the article in the history.
    mark: String,
}

#[async_trait]
impl backend::Mailings for Tickets {
    async fn report(&self) -> Result<MailingReport> {
        self.caller.may(Action::ConfigureTickets)?;
        let line = self.line()?;
        let mut stored = self.stored_check().await?;
        if let Some(stored) = &mut stored {
            let id = [otrs::TicketId::new(stored.check.ticket_id.get())];
            let read = apply::refresh(&self.deps, &line, &id, Telling::Aloud, self.caller.now);
            // What OTRS sends later than it answers is found with another look; if it is away, what was seen before counts.
            if let Ok(Ok(read)) = timeout(LOOK, read).await
                && let Some((_, history)) = read.first()
            {
                look(stored, history);
            }
        }
        self.reported(stored).await
    }

    async fn check(&self, request: MailCheckRequest) -> Result<MailCheck> {
        self.caller.may(Action::ConfigureTickets)?;
        let line = self.line()?;
        let id = match (&request.ticket, &request.address) {
            (Some(number), _) => self.numbered(number).await?,
            (None, Some(address)) => self.made_for(&line, address, request.queue.as_deref()).await?,
            (None, None) => return Err(Error::invalid("ticket", "required")),
        };
        let (ticket, _) = self.read_for_check(&line, id).await?;
        let to = convert::customer(&ticket).1.ok_or_else(|| Error::invalid("ticket", "no_address"))?;
        let mark = format!("Vakhta {}", BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 18]>()));
        let t = texts(self.caller.language);
        let text = Text {
            subject: t.mailing_check_subject().to_owned(),
            body: t.mailing_check_body().to_owned(),
            visible: true,
            mail_to: Some(to.clone()),
            from: None,
            by_us: false,
        };
        let change = Change { article: Some(plan::article(&text, &mark)), ..Change::default() };
        line.client.update(Actor::Service, id, &change).await.map_err(|failure| self.not_checked(failure))?;
        let (_, history) = self.read_for_check(&line, id).await?;
        let check = MailCheck {
            ticket_id: TicketId::from(id.get()),
            ticket_number: ticket.number,
            to,
            at: self.caller.now,
            seen: Vec::new(),
            sign: false,
            arrived: None,
        };
        let mut stored = Stored { check, mark };
        look(&mut stored, &history);
        self.store_check(&stored).await?;
        Ok(stored.check)
    }

    async fn arrived(&self, arrived: bool) -> Result<MailingReport> {
        self.caller.may(Action::ConfigureTickets)?;
        self.line()?;
        let mut stored = self.stored_check().await?.ok_or(Error::NotFound)?;
        stored.check.arrived = Some(arrived);
        self.store_check(&stored).await?;
        let read = async { settings::get(&mut *self.deps.db.acquire().await?).await };
        let mut settings = read.await.map_err(|error| self.failed(error))?;
        settings.mailing = match (arrived, settings.mailing) {
            (true, _) => Mailing::Otrs,
            (false, Mailing::Vakhta) => Mailing::Vakhta,
            (false, _) => Mailing::Portal,
        };
        self.write_settings(settings).await?;
        self.reported(Some(stored)).await
    }
}

impl Tickets {
    async fn reported(&self, stored: Option<Stored>) -> Result<MailingReport> {
        let read = async { settings::get(&mut *self.deps.db.acquire().await?).await };
        let mailing = read.await.map_err(|error| self.failed(error))?.mailing;
        let from = self.deps.smtp.as_ref().map(|smtp| smtp.from());
        Ok(MailingReport { mailing, from, check: stored.map(|stored| stored.check) })
    }

    async fn stored_check(&self) -> Result<Option<Stored>> {
        let read = async { store::settings::get(&mut *self.deps.db.acquire().await?, MAIL_CHECK).await };
        let value = read.await.map_err(|error: sqlx::Error| self.failed(error))?;
        Ok(value.and_then(|value| serde_json::from_value(value).ok()))
    }

    async fn store_check(&self, stored: &Stored) -> Result<()> {
        let by = self.caller.signed_in()?.account;
        let value = json!(stored);
        let kept = async {
            let mut tx = self.deps.db.begin().await?;
            store::settings::set(&mut tx, MAIL_CHECK, &value, by, self.caller.now).await?;
            tx.commit().await
        };
        kept.await.map_err(|error| self.failed(error))
    }

    /// The ticket with this number, if the caller may see it.
    async fn numbered(&self, number: &str) -> Result<otrs::TicketId> {
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let number = number.trim().trim_start_matches('#');
        let read = async {
            let Some(id) = store::tickets::one::by_number(&mut db, number).await? else { return Ok(None) };
            Ok(store::tickets::list::rows(&mut db, &sight, &[id]).await?.pop())
        };
        let row = read.await.map_err(|error| self.failed(error))?;
        row.map(|row| otrs::TicketId::new(row.id)).ok_or_else(|| Error::invalid("ticket", "ticket_unknown"))
    }

    /// A ticket for this address, made for the check alone.
    async fn made_for(&self, line: &Line, address: &str, queue: Option<&str>) -> Result<otrs::TicketId> {
        let address = clean::person(address).1.ok_or_else(|| Error::invalid("address", "invalid"))?;
        let queue = queue.map(str::trim).filter(|queue| !queue.is_empty());
        let queue = queue.ok_or_else(|| Error::invalid("queue", "required"))?;
        let read = async { settings::get(&mut *self.deps.db.acquire().await?).await };
        let settings = read.await.map_err(|error| self.failed(error))?;
        let named = |name: &str| Some(Reference::Name(name.to_owned()));
        let t = texts(self.caller.language);
        let text = Text {
            subject: t.mailing_check_subject().to_owned(),
            body: t.mailing_check_body().to_owned(),
            visible: false,
            mail_to: None,
            from: None,
            by_us: false,
        };
        let new = NewTicket {
            ticket: Change {
                title: Some(text.subject.clone()),
                queue: named(queue),
                state: named(&settings.new_state),
                priority: named(&settings.priority),
                customer_user: Some(address),
                ..Change::default()
            },
            article: plan::article(&text, ""),
        };
        let made = line.client.create(Actor::Service, &new).await.map_err(|failure| match failure {
            Failure::InvalidParameter(_) => Error::invalid("address", "otrs_refused"),
            failure => self.not_checked(failure),
        })?;
        Ok(made.ticket)
    }

    async fn read_for_check(&self, line: &Line, id: otrs::TicketId) -> Result<(Ticket, History)> {
        let read = apply::refresh(&self.deps, line, &[id], Telling::Aloud, self.caller.now).await;
        let read = read.map_err(|trouble| match trouble {
            Trouble::Otrs(failure) => self.not_checked(failure),
            Trouble::Database(error) => self.failed(error),
        })?;
        read.into_iter().next().ok_or_else(|| Error::invalid("ticket", "ticket_unknown"))
    }

    fn not_checked(&self, failure: Failure) -> Error {
        match failure {
            Failure::AccessDenied(_) => Error::invalid("ticket", "otrs_refused"),
            failure => unavailable(&self.caller.reference, failure),
        }
    }
}

/// What stands in the history behind our article.
fn look(stored: &mut Stored, history: &History) {
    let entries = history.entries.iter().skip_while(|entry| !entry.name.contains(&stored.mark)).skip(1);
    let shown = |entry: &otrs::HistoryEntry| {
        let values: Vec<&str> = entry.values().collect();
        let values = if values.is_empty() { entry.name.clone() } else { values.join(", ") };
        clean::line(format!("{} {values}", entry.kind).trim())
    };
    stored.check.seen = entries.clone().take(20).map(shown).collect();
    stored.check.sign = entries.clone().any(|entry| SIGNS.contains(&entry.kind.as_str()));
}
