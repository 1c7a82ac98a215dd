//! Ready texts: read by operators, written by administrators.

use app::{
    backend,
    helpdesk::replies::unknown,
    model::{
        Error, Result,
        ids::{AccountId, ReplyId},
        reply::{Purpose, Reply, ReplyChange, ReplyDraft},
    },
};
use async_trait::async_trait;
use serde_json::json;
use sqlx::PgConnection;

use super::{Tickets, actions::check_text, clean};
use crate::{
    auth::policy::Action,
    store::{
        self,
        replies::{Row, Values},
    },
};

/// Characters of a title, of a text, of the name of a queue.
const TITLE: usize = 100;
const BODY: usize = 20_000;
const QUEUE: usize = 200;

#[async_trait]
impl backend::Replies for Tickets {
    async fn replies(&self) -> Result<Vec<Reply>> {
        self.caller.may(Action::WorkTickets)?;
        self.line()?;
        let rows = async { store::replies::all(&mut *self.deps.db.acquire().await?).await };
        let rows = rows.await.map_err(|error: sqlx::Error| self.failed(error))?;
        Ok(rows.into_iter().map(shown).collect())
    }

    async fn create_reply(&self, draft: ReplyDraft, _key: String) -> Result<Reply> {
        let by = self.writer()?;
        let draft = checked(draft)?;
        let stored = async {
            let mut tx = self.deps.db.begin().await?;
            let row = store::replies::insert(&mut tx, &self.values(&draft, by)).await?;
            self.audit(&mut tx, by, "reply.created", row.id, &draft.title).await?;
            tx.commit().await?;
            Ok(row)
        };
        stored.await.map(shown).map_err(|error: sqlx::Error| self.failed(error))
    }

    async fn change_reply(&self, id: ReplyId, change: ReplyChange) -> Result<Reply> {
        let by = self.writer()?;
        let draft = checked(change.draft)?;
        let stored = async {
            let mut tx = self.deps.db.begin().await?;
            let Some(before) = store::replies::lock(&mut tx, id).await? else { return Ok(Err(Error::NotFound)) };
            if before.version != change.version {
                return Ok(Err(Error::conflict_with("reply_conflict", &shown(before))));
            }
            let Some(row) = store::replies::update(&mut tx, id, &self.values(&draft, by)).await? else {
                return Ok(Err(Error::NotFound));
            };
            self.audit(&mut tx, by, "reply.changed", id, &draft.title).await?;
            tx.commit().await?;
            Ok(Ok(shown(row)))
        };
        stored.await.map_err(|error: sqlx::Error| self.failed(error))?
    }

    async fn delete_reply(&self, id: ReplyId) -> Result<()> {
        let by = self.writer()?;
        let gone = async {
            let mut tx = self.deps.db.begin().await?;
            let found = store::replies::delete(&mut tx, id).await?;
            if found {
                self.audit(&mut tx, by, "reply.deleted", id, "").await?;
                tx.commit().await?;
            }
            Ok(found)
        };
        let found = gone.await.map_err(|error: sqlx::Error| self.failed(error))?;
        if found { Ok(()) } else { Err(Error::NotFound) }
    }
}

impl Tickets {
    fn writer(&self) -> Result<AccountId> {
        let by = self.caller.may(Action::ConfigureTickets)?.account;
        self.line()?;
        Ok(by)
    }

    fn values<'a>(&self, draft: &'a ReplyDraft, by: AccountId) -> Values<'a> {
        let ReplyDraft { title, body, queue, purpose } = draft;
        Values { title, body, queue: queue.as_deref(), purpose: purpose.as_str(), by, now: self.caller.now }
    }

    async fn audit(
        &self,
        tx: &mut PgConnection,
        by: AccountId,
        action: &str,
        id: ReplyId,
        title: &str,
    ) -> sqlx::Result<()> {
        let (object, detail) = (format!("reply:{id}"), json!({ "title": title }));
        let entry = store::audit::Entry { at: self.caller.now, by: Some(by), action, object, detail };
        store::audit::insert(tx, &entry).await
    }
}

fn checked(draft: ReplyDraft) -> Result<ReplyDraft> {
    let title = clean::line(&draft.title);
    if !(1..=TITLE).contains(&title.chars().count()) {
        return Err(Error::invalid("title", if title.is_empty() { "required" } else { "too_long" }));
    }
    check_text("body", &draft.body)?;
    let body = clean::text(draft.body.trim());
    if body.chars().count() > BODY {
        return Err(Error::invalid("body", "too_long"));
    }
    let unknown = unknown(&body);
    if !unknown.is_empty() {
        return Err(Error::invalid(format!("body.{}", unknown.join(", ")), "unknown_placeholder"));
    }
    let queue = draft.queue.map(|queue| clean::line(&queue)).filter(|queue| !queue.is_empty());
    if queue.as_ref().is_some_and(|queue| queue.chars().count() > QUEUE) {
        return Err(Error::invalid("queue", "too_long"));
    }
    Ok(ReplyDraft { title, body, queue, purpose: draft.purpose })
}

fn shown(row: Row) -> Reply {
    let Row { id, title, body, queue, purpose, version } = row;
    Reply { id, title, body, queue, purpose: Purpose::from_name(&purpose), version }
}
