//! One ticket: what is written in it, its files, what happened to it.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// An article.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct ArticleRow {
    pub id: i64,
    pub at: OffsetDateTime,
    pub channel: i64,
    pub sender: String,
    pub visible: bool,
    pub sent_from: String,
    pub sent_to: String,
    pub cc: String,
    pub subject: String,
    pub body: String,
    pub body_cut: bool,
    pub unread: bool,
}

/// The articles of a ticket, oldest first.
///
/// # Errors
/// Those of the database.
pub async fn articles(db: &mut PgConnection, ticket: i64, account: i64) -> sqlx::Result<Vec<ArticleRow>> {
    sqlx::query_as!(
        ArticleRow,
        r#"select a.id, a.at, a.channel, a.sender, a.visible, a.sent_from, a.sent_to, a.cc, a.subject, a.body, a.body_cut,
                  a.id > coalesce(
                      (select article_id from otrs.seen where account_id = $2 and ticket_id = $1),
                      (select since_article_id from otrs.reader where account_id = $2), 0) as "unread!"
           from otrs.article a where a.ticket_id = $1 and not a.deleted order by a.id"#,
        ticket,
        account
    )
    .fetch_all(db)
    .await
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct AttachmentRow {
    pub n: i32,
    pub article_id: i64,
    pub place: i64,
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub inline: bool,
}

/// The files of a ticket.
///
/// # Errors
/// Those of the database.
pub async fn attachments(db: &mut PgConnection, ticket: i64) -> sqlx::Result<Vec<AttachmentRow>> {
    sqlx::query_as!(
        AttachmentRow,
        "select f.n, f.article_id, f.place, f.name, f.kind, f.size, f.inline
         from otrs.attachment f join otrs.article a on a.id = f.article_id
         where f.ticket_id = $1 and not a.deleted order by f.n",
        ticket
    )
    .fetch_all(db)
    .await
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct EntryRow {
    pub at: OffsetDateTime,
    pub by: Option<String>,
    pub kind: String,
    pub name: String,
    pub article_id: Option<i64>,
}

/// What happened to a ticket from this place of its history on, oldest first.
///
/// # Errors
/// Those of the database.
pub async fn history(db: &mut PgConnection, ticket: i64, from: i32) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        r#"select h.at, g.login as "by?", h.kind, h.name, h.article_id
           from otrs.history h left join otrs.agent g on g.id = h.by and g.id <> 1
           where h.ticket_id = $1 and h.place >= $2 order by h.place"#,
        ticket,
        from
    )
    .fetch_all(db)
    .await
}

/// The details of a ticket that lists do not show.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct DetailRow {
    pub kind: Option<String>,
    pub service: Option<String>,
    pub sla: Option<String>,
    pub customer_company: Option<String>,
    pub fields: serde_json::Value,
    pub first_response_due: Option<OffsetDateTime>,
    pub update_due: Option<OffsetDateTime>,
    pub solution_due: Option<OffsetDateTime>,
    pub closed_at: Option<OffsetDateTime>,
    pub merged_into: Option<i64>,
}

/// The details of a ticket.
///
/// # Errors
/// Those of the database.
pub async fn detail(db: &mut PgConnection, ticket: i64) -> sqlx::Result<Option<DetailRow>> {
    sqlx::query_as!(
        DetailRow,
        "select kind, service, sla, customer_company, fields, first_response_due, update_due, solution_due, closed_at, merged_into
         from otrs.ticket where id = $1",
        ticket
    )
    .fetch_optional(db)
    .await
}

/// The ticket with this number for people.
///
/// # Errors
/// Those of the database.
pub async fn by_number(db: &mut PgConnection, number: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!("select id from otrs.ticket where number = $1 and gone_at is null order by id limit 1", number)
        .fetch_optional(db)
        .await
}
