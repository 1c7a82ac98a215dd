//! `vakhta grant`: a role from the command line, for an account that may never have been seen. The way the
//! first administrator gets in when the configuration names none.

use app::model::{ids::AccountId, user::Role};
use serde_json::json;
use sqlx::PgPool;
use time::OffsetDateTime;

use crate::store::{self, audit::Entry};

/// Gives the role; returns the account. Running servers notice within a second.
///
/// # Errors
/// Those of the database.
pub async fn grant(db: &PgPool, telegram_id: i64, role: Role, now: OffsetDateTime) -> sqlx::Result<AccountId> {
    let mut tx = db.begin().await?;
    let (account, before) = store::accounts::grant(&mut tx, telegram_id, role, now).await?;
    if before != role {
        let detail = json!({ "before": before, "after": role });
        let entry = Entry { at: now, by: None, action: "account.role", object: format!("account:{account}"), detail };
        store::audit::insert(&mut tx, &entry).await?;
    }
    tx.commit().await?;
    Ok(account)
}
