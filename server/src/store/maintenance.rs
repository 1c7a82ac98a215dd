//! What is done to a private cluster before our own database exists.

use sqlx::PgConnection;

/// Creates the database `vakhta` unless it exists.
///
/// # Errors
/// Those of the database.
pub async fn create_database(connection: &mut PgConnection) -> sqlx::Result<()> {
    let exists = sqlx::query_scalar!("select exists (select from pg_database where datname = 'vakhta') as \"exists!\"")
        .fetch_one(&mut *connection)
        .await?;
    if !exists {
        sqlx::query("create database vakhta").execute(connection).await?;
    }
    Ok(())
}
