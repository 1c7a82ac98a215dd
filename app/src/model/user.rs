//! People who use Vakhta: accounts, roles, sessions, requests for access.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::ids::{AccountId, EmployeeId, SessionId};

/// What somebody may do; each role includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Role {
    /// Known to Telegram, not to us: may only ask for access.
    Guest,
    /// Reads the directory, servers and incidents.
    Employee,
    /// Edits employees, acts on incidents and tickets.
    Operator,
    /// Imports, merges, deletes, configures.
    Admin,
}

impl Role {
    /// All roles, lowest first.
    pub const ALL: [Self; 4] = [Self::Guest, Self::Employee, Self::Operator, Self::Admin];

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Employee => "employee",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

/// A text that names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a role is guest, employee, operator or admin")]
pub struct UnknownRole;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Language {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

impl Language {
    /// The BCP 47 tag.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language for a tag such as Telegram's `language_code`: Russian for `ru` and its
    /// neighbours whose speakers read it more readily than English, else English.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "ru" | "be" | "kk" | "uk" | "ky" | "tg" | "uz" => Self::Ru,
            _ => Self::En,
        }
    }
}

/// The one who is asking now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct User {
    /// The account.
    pub id: AccountId,
    /// The user's number in Telegram.
    #[serde(with = "super::ids::telegram")]
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub telegram_id: i64,
    /// First and last name as Telegram shows them.
    pub name: String,
    /// What he may do.
    pub role: Role,
    /// The language chosen here, else the one of the Telegram client.
    pub language: Language,
    /// The person in the directory who he is, if an administrator said so.
    pub employee_id: Option<EmployeeId>,
    /// A guest who has asked for access: since when.
    #[serde(default, with = "super::wire_time::option", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub access_requested_at: Option<OffsetDateTime>,
}

/// The answer to a sign-in: the secret that stands for the session from now on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Bearer secret, shown this once; the server keeps only its hash.
    pub token: String,
    /// When it ends if it is not used.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub expires_at: OffsetDateTime,
    /// Whose it is.
    pub user: User,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn").field("user", &self.user.id).finish_non_exhaustive()
    }
}

/// One sign-in as its owner or an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Session {
    /// Names it for ending.
    pub id: SessionId,
    /// Telegram's platform and the browser, as far as known: "android", "Chrome on Windows".
    pub device: String,
    /// Begun.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub created_at: OffsetDateTime,
    /// Last seen, to the minute.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub last_used_at: OffsetDateTime,
    /// Ends if it is not used.
    #[serde(with = "super::wire_time")]
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub expires_at: OffsetDateTime,
    /// The one that asks.
    pub current: bool,
}

/// An account as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Account {
    /// The account.
    pub id: AccountId,
    /// The user's number in Telegram.
    #[serde(with = "super::ids::telegram")]
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub telegram_id: i64,
    /// First and last name as Telegram shows them; empty before the first sign-in.
    pub name: String,
    /// `@username` without the sign; can change hands, so it is for reading only.
    pub username: Option<String>,
    /// What he may do.
    pub role: Role,
    /// The role comes from `ADMIN_TELEGRAM_IDS` and cannot be changed here.
    pub role_fixed: bool,
    /// The person in the directory who he is.
    pub employee_id: Option<EmployeeId>,
    /// That person's full name.
    pub employee_name: Option<String>,
    /// Asked for access and has not been answered: since when.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub access_requested_at: Option<OffsetDateTime>,
    /// Last seen here.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub last_seen_at: Option<OffsetDateTime>,
    /// How many sessions are open.
    pub sessions: u32,
}

/// What an administrator changes about an account; absent means "as it is".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AccountPatch {
    /// The new role. Any role given answers a request for access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The person in the directory; `null` unlinks.
    #[serde(default, deserialize_with = "super::present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<EmployeeId>))]
    pub employee_id: Option<Option<EmployeeId>>,
    /// Declines a request for access.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decline_request: bool,
}
