//! Who is asking, and what they may do.

pub mod init_data;
pub mod policy;
pub mod seal;
pub mod session;

use app::model::{
    ids::{AccountId, EmployeeId, SessionId},
    user::{Language, Role},
};

/// The one asking now, recognised by a live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthUser {
    /// The account.
    pub account: AccountId,
    /// Its number in Telegram.
    pub telegram_id: i64,
    /// What it may do, the configuration's administrators included.
    pub role: Role,
    /// Who it is in the directory.
    pub employee: Option<EmployeeId>,
    /// The session that asks.
    pub session: SessionId,
    /// The language it reads.
    pub language: Language,
}
