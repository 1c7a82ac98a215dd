//! What is to be done in OTRS, as its authors ask for it. Doing it is in [`work`].

pub mod mail;
pub mod work;

use app::model::ids::{AccountId, ActionId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An action.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct Row {
    pub id: ActionId,
    pub account_id: AccountId,
    pub digest: Vec<u8>,
    pub kind: String,
    pub ticket_id: Option<i64>,
    pub request: serde_json::Value,
    pub login: Option<String>,
    pub marker: String,
    pub seen_version: Option<String>,
    pub state: String,
    pub reason: Option<String>,
    pub detail: Option<String>,
    pub not_before: OffsetDateTime,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
    pub attempts: i32,
    pub sent: Option<serde_json::Value>,
    pub sent_at: Option<OffsetDateTime>,
    pub article_id: Option<i64>,
}

/// An action to be stored.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct New<'a> {
    pub account: AccountId,
    pub key: &'a str,
    pub digest: &'a [u8],
    pub kind: &'a str,
    pub ticket_id: Option<i64>,
    pub request: &'a serde_json::Value,
    pub login: Option<&'a str>,
    pub marker: &'a str,
    pub seen_version: Option<&'a str>,
    pub not_before: OffsetDateTime,
    pub now: OffsetDateTime,
}

/// Stores an action; nothing when one with this key is there.
///
/// # Errors
/// Those of the database.
pub async fn insert(db: &mut PgConnection, new: &New<'_>) -> sqlx::Result<Option<ActionId>> {
    let id = sqlx::query_scalar!(
        "insert into otrs.action (account_id, key, digest, kind, ticket_id, request, login, marker, seen_version, not_before,
                                  created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
         on conflict (account_id, key) do nothing returning id",
        new.account.get(),
        new.key,
        new.digest,
        new.kind,
        new.ticket_id,
        new.request,
        new.login,
        new.marker,
        new.seen_version,
        new.not_before,
        new.now
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// A file of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct File {
    pub name: String,
    pub kind: String,
    pub content: Vec<u8>,
}

/// Stores the files of an action.
///
/// # Errors
/// Those of the database.
pub async fn insert_files(db: &mut PgConnection, action: ActionId, files: &[File]) -> sqlx::Result<()> {
    for (file, n) in files.iter().zip(1_i32..) {
        sqlx::query!(
            "insert into otrs.action_file (action_id, n, name, kind, content) values ($1, $2, $3, $4, $5)",
            action.get(),
            n,
            file.name,
            file.kind,
            file.content
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// The files of an action.
///
/// # Errors
/// Those of the database.
pub async fn files(db: &mut PgConnection, action: ActionId) -> sqlx::Result<Vec<File>> {
    sqlx::query_as!(
        File,
        "select name, kind, content from otrs.action_file where action_id = $1 order by n",
        action.get()
    )
    .fetch_all(db)
    .await
}

/// What a file is called, and how large it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns are explained in the schema")]
pub struct FileName {
    pub n: i32,
    pub name: String,
    pub size: i64,
}

/// The files of an action without what is in them.
///
/// # Errors
/// Those of the database.
pub async fn file_names(db: &mut PgConnection, action: ActionId) -> sqlx::Result<Vec<FileName>> {
    sqlx::query_as!(
        FileName,
        r#"select n, name, octet_length(content)::bigint as "size!" from otrs.action_file where action_id = $1 order by n"#,
        action.get()
    )
    .fetch_all(db)
    .await
}

/// An action of an account.
///
/// # Errors
/// Those of the database.
pub async fn of_account(db: &mut PgConnection, account: AccountId, id: ActionId) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "select id, account_id, digest, kind, ticket_id, request, login, marker, seen_version, state, reason, detail, not_before,
                created_at, updated_at, attempts, sent, sent_at, article_id
         from otrs.action where id = $2 and account_id = $1",
        account.get(),
        id.get()
    )
    .fetch_optional(db)
    .await
}

/// An action.
///
/// # Errors
/// Those of the database.
pub async fn by_id(db: &mut PgConnection, id: ActionId) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "select id, account_id, digest, kind, ticket_id, request, login, marker, seen_version, state, reason, detail, not_before,
                created_at, updated_at, attempts, sent, sent_at, article_id
         from otrs.action where id = $1",
        id.get()
    )
    .fetch_optional(db)
    .await
}

/// An action by its key.
///
/// # Errors
/// Those of the database.
pub async fn by_key(db: &mut PgConnection, account: AccountId, key: &str) -> sqlx::Result<Option<Row>> {
    sqlx::query_as!(
        Row,
        "select id, account_id, digest, kind, ticket_id, request, login, marker, seen_version, state, reason, detail, not_before,
                created_at, updated_at, attempts, sent, sent_at, article_id
         from otrs.action where account_id = $1 and key = $2",
        account.get(),
        key
    )
    .fetch_optional(db)
    .await
}

/// Actions of an account in these states, latest first, before `before`; only on this ticket, if one is named. With `mails` also
/// those that are done but for their mail.
///
/// # Errors
/// Those of the database.
pub async fn page(
    db: &mut PgConnection,
    account: AccountId,
    states: &[String],
    mails: bool,
    ticket: Option<i64>,
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select id, account_id, digest, kind, ticket_id, request, login, marker, seen_version, state, reason, detail, not_before,
                created_at, updated_at, attempts, sent, sent_at, article_id
         from otrs.action a
         where account_id = $1 and ($3::bigint is null or ticket_id = $3) and ($4::bigint is null or id < $4)
           and (state = any($2) or ($6 and state = 'done' and exists (
                   select from otrs.action_mail m where m.action_id = a.id and m.state not in ('sent', 'dropped'))))
         order by id desc limit $5",
        account.get(),
        states,
        ticket,
        before,
        limit,
        mails
    )
    .fetch_all(db)
    .await
}

/// Takes an action back that was never sent, or gives one up that failed half-way. Whether that was still possible.
///
/// # Errors
/// Those of the database.
pub async fn undo(db: &mut PgConnection, id: ActionId, now: OffsetDateTime) -> sqlx::Result<bool> {
    let undone = sqlx::query!(
        "update otrs.action set state = 'undone', reason = null, detail = null, updated_at = $2
         where id = $1 and (sent_at is null and state in ('waiting', 'conflict', 'needs_sign_in') or state = 'failed')",
        id.get(),
        now
    );
    Ok(undone.execute(db).await?.rows_affected() > 0)
}

/// Lets an action be tried again that stopped. Whether it had.
///
/// # Errors
/// Those of the database.
pub async fn retry(
    db: &mut PgConnection,
    id: ActionId,
    login: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let again = sqlx::query!(
        "update otrs.action set state = 'waiting', reason = null, detail = null, seen_version = null, sent = null, not_before = $2,
                                updated_at = $2, login = $3
         where id = $1 and state in ('conflict', 'needs_sign_in', 'failed')",
        id.get(),
        now,
        login
    );
    Ok(again.execute(db).await?.rows_affected() > 0)
}

/// Actions of an account that wait for its sign-in go on. Which.
///
/// # Errors
/// Those of the database.
pub async fn signed_in(
    db: &mut PgConnection,
    account: AccountId,
    login: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "update otrs.action set state = 'waiting', reason = null, updated_at = $3
         where account_id = $1 and state = 'needs_sign_in' and lower(login) = lower($2) returning id",
        account.get(),
        login,
        now
    )
    .fetch_all(db)
    .await
}
