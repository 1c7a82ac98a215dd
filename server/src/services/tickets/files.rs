//! Opening: the right to see a ticket is proven again with the session of whoever opens it, and files are fetched from OTRS
//! when somebody wants them.

use std::{sync::Arc, time::Duration};

use app::model::{Error, Result, ids::TicketId, import::Download, ticket::Ticket};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use tokio::time::timeout;

use super::{Line, Telling, Tickets, apply, clean, links, unavailable};
use crate::{
    auth::policy::Action,
    integrations::otrs::{self, Actor, Detail, Failure, SessionId},
    services::{
        downloads::{self, What},
        employees::files::{Content, File},
    },
    store::{self, otrs_links::Link, tickets::one::AttachmentRow},
};

/// OTRS writes base64 without line breaks; whether it pads is up to it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How long somebody who opens a ticket waits for OTRS; then he gets the copy.
const PROOF: Duration = Duration::from_secs(4);

impl Tickets {
    pub(super) async fn open(&self, id: TicketId) -> Result<Ticket> {
        self.caller.may(Action::WorkTickets)?;
        let line = self.line()?;
        self.prove(&line, id).await?;
        self.whole(id).await
    }

    /// Asks OTRS whether the caller may still see a ticket, and renews the copy of it if it changed. If OTRS is away, what was
    /// proven before counts.
    async fn prove(&self, line: &Line, id: TicketId) -> Result<()> {
        let (link, known) = self.known(id).await?;
        let session = link.as_ref().and_then(|link| links::session(line, link));
        let actor = session.as_ref().map_or(Actor::Service, Actor::Agent);
        let wanted = otrs::TicketId::new(id.get());
        let changed = match timeout(PROOF, line.client.ticket(actor, wanted, Detail::Fields)).await {
            Ok(Ok(ticket)) => ticket.changed_at != known,
            Ok(Err(failure)) => return self.not_proven(line, link, id, failure).await,
            Err(_) => return Ok(()),
        };
        if changed {
            let wanted = [wanted];
            let renewed = apply::refresh(&self.deps, line, &wanted, Telling::Aloud, self.caller.now);
            if let Ok(Err(trouble)) = timeout(PROOF, renewed).await {
                tracing::debug!(%trouble, "A ticket is shown as it was copied");
            }
        }
        Ok(())
    }

    /// The caller's link, and when the ticket was changed as far as the copy knows.
    async fn known(&self, id: TicketId) -> Result<(Option<Link>, time::OffsetDateTime)> {
        let account = self.caller.signed_in()?.account;
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let read = async {
            let link = links::of(&mut db, account).await?;
            Ok((link, store::tickets::list::rows(&mut db, &sight, &[id.get()]).await?.pop()))
        };
        let (link, row) = read.await.map_err(|error| self.failed(error))?;
        Ok((link, row.ok_or(Error::NotFound)?.changed_at))
    }

    async fn not_proven(&self, line: &Line, link: Option<Link>, id: TicketId, failure: Failure) -> Result<()> {
        let now = self.caller.now;
        match (failure, link) {
            (Failure::AccessDenied(_), Some(link)) if link.session.is_some() => {
                links::refused(&self.deps, &link, id.get(), now).await.map_err(|error| self.failed(error))?;
                self.learn_now(line, link.account_id).await?;
                Err(Error::NotFound)
            }
            (Failure::AccessDenied(_), _) => {
                // Gone for the service agent, that is for everybody: the copy is told.
                let wanted = otrs::TicketId::new(id.get());
                let told = apply::refresh(&self.deps, line, &[wanted], Telling::Aloud, now).await;
                told.map(drop).or_else(|trouble| match trouble {
                    apply::Trouble::Database(error) => Err(self.failed(error)),
                    apply::Trouble::Otrs(_) => Ok(()),
                })
            }
            (Failure::AuthFail, Some(link)) => {
                links::ended(&self.deps, &link, now).await.map_err(|error| self.failed(error))
            }
            _ => Ok(()),
        }
    }

    /// The right is proven and the file fetched now: behind the address nobody is signed in.
    pub(super) async fn announce_file(&self, id: TicketId, n: u32) -> Result<Download> {
        let file = self.attachment(id, n).await?;
        let what = What::Attachment { ticket: id, n };
        downloads::issue(&self.deps, &self.caller, what, file.name).await
    }

    /// A file whose one-time address was used.
    ///
    /// # Errors
    /// `NotFound` when it is gone; `Unavailable` when OTRS is away.
    pub async fn announced(&self, id: TicketId, n: u32) -> Result<File> {
        let line = self.line()?;
        let file = self.row_of_announced(id, n).await?;
        let content = self.content(&line, id, &file, Actor::Service).await?;
        Ok(given(&file, content))
    }

    /// What is known of a file whose one-time address was used.
    pub(super) async fn row_of_announced(&self, id: TicketId, n: u32) -> Result<AttachmentRow> {
        let files = async { store::tickets::one::attachments(&mut *self.deps.db.acquire().await?, id.get()).await };
        let files = files.await.map_err(|error| self.failed(error))?;
        files.into_iter().find(|file| file.n.unsigned_abs() == n).ok_or(Error::NotFound)
    }

    async fn file_row(&self, id: TicketId, n: u32) -> Result<AttachmentRow> {
        let mut db = self.connection().await?;
        let sight = self.sight(&mut db).await?;
        let read = async {
            if store::tickets::list::rows(&mut db, &sight, &[id.get()]).await?.is_empty() {
                return Ok(None);
            }
            let files = store::tickets::one::attachments(&mut db, id.get()).await?;
            Ok(files.into_iter().find(|file| file.n.unsigned_abs() == n))
        };
        read.await.map_err(|error| self.failed(error))?.ok_or(Error::NotFound)
    }

    /// A file of a ticket.
    ///
    /// # Errors
    /// `NotFound`, also when the caller may not see the ticket; `Unavailable` when OTRS is away.
    pub async fn attachment(&self, id: TicketId, n: u32) -> Result<File> {
        let (file, content) = self.attached(id, n).await?;
        Ok(given(&file, content))
    }

    /// What is known of a file and what is in it; the right to see it is proven.
    pub(super) async fn attached(&self, id: TicketId, n: u32) -> Result<(AttachmentRow, Arc<[u8]>)> {
        self.caller.may(Action::WorkTickets)?;
        let line = self.line()?;
        self.prove(&line, id).await?;
        let file = self.file_row(id, n).await?;
        let account = self.caller.signed_in()?.account;
        let link = async { links::of(&mut *self.deps.db.acquire().await?, account).await };
        let link = link.await.map_err(|error| self.failed(error))?;
        let session: Option<SessionId> = link.as_ref().and_then(|link| links::session(&line, link));
        let actor = session.as_ref().map_or(Actor::Service, Actor::Agent);
        let content = self.content(&line, id, &file, actor).await?;
        Ok((file, content))
    }

    async fn content(&self, line: &Line, id: TicketId, file: &AttachmentRow, actor: Actor<'_>) -> Result<Arc<[u8]>> {
        match line.files.get(&(id.get(), file.article_id, file.place)).await {
            Some(content) => Ok(content),
            None => self.fetch(line, id, file, actor).await,
        }
    }

    /// Fetches a file; OTRS gives all of a ticket at once, and all of them are kept for a while.
    async fn fetch(&self, line: &Line, id: TicketId, file: &AttachmentRow, actor: Actor<'_>) -> Result<Arc<[u8]>> {
        let ticket = line.client.ticket(actor, otrs::TicketId::new(id.get()), Detail::Files).await;
        let ticket = ticket.map_err(|failure| match failure {
            Failure::AccessDenied(_) => Error::NotFound,
            failure => unavailable(&self.caller.reference, failure),
        })?;
        let mut wanted = None;
        for article in &ticket.articles {
            for given in &article.attachments {
                let content: Arc<[u8]> =
                    BASE64.decode(given.content.as_deref().unwrap_or_default()).unwrap_or_default().into();
                if (article.id.get(), given.n) == (file.article_id, file.place) {
                    wanted = Some(content.clone());
                }
                line.files.insert((id.get(), article.id.get(), given.n), content).await;
            }
        }
        wanted.ok_or(Error::NotFound)
    }
}

/// A file with a safe name and a harmless type.
fn given(file: &AttachmentRow, content: Arc<[u8]>) -> File {
    File { name: clean::file_name(&file.name), content: Content::Attached(clean::file_type(&file.kind), content) }
}
