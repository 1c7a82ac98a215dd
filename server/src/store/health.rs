//! Whether the database answers.

use sqlx::PgPool;

/// Asks the database for nothing. Takes a pool: getting a connection is part of the question.
///
/// # Errors
/// When it does not answer.
pub async fn answers(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query!("select 1 as one").fetch_one(pool).await?;
    Ok(())
}
