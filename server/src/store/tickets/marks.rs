//! What people mark for themselves: seen, watched.

use sqlx::PgConnection;

/// Somebody is here; what was written before he came first counts as seen.
///
/// # Errors
/// Those of the database.
pub async fn welcome(db: &mut PgConnection, account: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.reader (account_id, since_article_id)
         values ($1, coalesce((select max(id) from otrs.article), 0))
         on conflict do nothing",
        account
    )
    .execute(db)
    .await?;
    Ok(())
}

/// He has seen everything in a ticket up to this article, or up to the last one.
///
/// # Errors
/// Those of the database.
pub async fn see(db: &mut PgConnection, account: i64, ticket: i64, article: Option<i64>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.seen as s (account_id, ticket_id, article_id)
         select $1, id, coalesce($3, last_article_id) from otrs.ticket where id = $2
         on conflict (account_id, ticket_id) do update set article_id = greatest(s.article_id, excluded.article_id)",
        account,
        ticket,
        article
    )
    .execute(db)
    .await?;
    Ok(())
}

/// He watches a ticket.
///
/// # Errors
/// Those of the database.
pub async fn watch(db: &mut PgConnection, account: i64, ticket: i64) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into otrs.watch (account_id, ticket_id) values ($1, $2) on conflict do nothing",
        account,
        ticket
    )
    .execute(db)
    .await?;
    Ok(())
}

/// He watches it no longer.
///
/// # Errors
/// Those of the database.
pub async fn unwatch(db: &mut PgConnection, account: i64, ticket: i64) -> sqlx::Result<()> {
    sqlx::query!("delete from otrs.watch where account_id = $1 and ticket_id = $2", account, ticket)
        .execute(db)
        .await?;
    Ok(())
}
