//! One-time addresses: Telegram's frame can open a link but send no headers with it, so a link stands for a
//! right that was checked a moment ago.

use app::model::{
    Error, Result,
    ids::{EmployeeId, ImportId, TicketId},
    import::Download,
    statistics::Statistics,
    user::Language,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::Duration;

use crate::{
    error::internal,
    services::{Caller, Deps},
    store,
};

/// How long an address is valid.
const VALID: Duration = Duration::seconds(60);

/// What an address gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The directory as a workbook.
    EmployeesExport,
    /// The report of an import as a table.
    ImportReport {
        /// Which one.
        id: ImportId,
    },
    /// A file of a ticket.
    Attachment {
        /// Of which ticket.
        ticket: TicketId,
        /// Its number in the ticket.
        n: u32,
    },
    /// Figures of the work with tickets as a workbook.
    Statistics {
        /// The figures, as whoever asked may see them.
        statistics: Box<Statistics>,
    },
    /// The first page of a file of a ticket.
    Preview {
        /// Of which ticket.
        ticket: TicketId,
        /// Its number in the ticket.
        n: u32,
    },
    /// A person as a vCard.
    Vcard {
        /// Who.
        id: EmployeeId,
    },
}

/// A one-time address as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// What it gives.
    pub what: What,
    /// In which language.
    pub language: Language,
}

/// Makes a one-time address. The caller's right to `what` was checked by whoever calls this.
///
/// # Errors
/// `Unauthenticated`; `Unavailable`.
pub async fn issue(deps: &Deps, caller: &Caller, what: What, file_name: String) -> Result<Download> {
    let user = caller.signed_in()?;
    let failed = |error| internal(&caller.reference, error);
    let token = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let ticket = serde_json::to_value(Ticket { what, language: caller.language })
        .map_err(|error| internal(&caller.reference, error))?;
    let mut connection = deps.db.acquire().await.map_err(failed)?;
    store::downloads::insert(&mut connection, &hash(&token), user.account, &ticket, caller.now + VALID)
        .await
        .map_err(failed)?;
    Ok(Download { url: format!("{}api/v1/downloads/{token}", deps.public_url), file_name })
}

/// Redeems a one-time address; the second one to come is too late.
///
/// # Errors
/// `NotFound` when it was used, is too old or never was; `Unavailable`.
pub async fn redeem(deps: &Deps, caller: &Caller, token: &str) -> Result<Ticket> {
    let failed = |error| internal(&caller.reference, error);
    let mut connection = deps.db.acquire().await.map_err(failed)?;
    let ticket = store::downloads::take(&mut connection, &hash(token), caller.now).await.map_err(failed)?;
    serde_json::from_value(ticket.ok_or(Error::NotFound)?).map_err(|error| internal(&caller.reference, error))
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
