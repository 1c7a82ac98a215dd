//! Files that leave the directory: the export, reports of imports, vCards. Behind a one-time address nobody
//! is signed in; whoever made the address was allowed to.

use std::sync::Arc;

use app::{
    backend::Imports as _,
    model::{
        Result,
        ids::{EmployeeId, ImportId},
        import::Download,
    },
};
use time::OffsetDateTime;

use super::{Employees, shown};
use crate::{
    auth::policy::Action,
    directory::vcard,
    services::{
        Caller,
        downloads::{self, Ticket, What},
        imports,
        tickets::Tickets,
    },
};

/// A file with its name.
#[derive(Debug)]
pub struct File {
    /// The name to save it under.
    pub name: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Debug)]
pub enum Content {
    /// A vCard.
    Vcard(String),
    /// A workbook, from its beginning.
    Workbook(std::fs::File),
    /// A short workbook.
    Table(Vec<u8>),
    /// A file of a ticket, with a harmless type.
    Attached(&'static str, Arc<[u8]>),
}

impl Employees {
    /// A person's vCard.
    ///
    /// # Errors
    /// `NotFound`, also when deleted; `Forbidden` for guests.
    pub async fn vcard(&self, id: EmployeeId) -> Result<File> {
        self.caller.may(Action::ReadDirectory)?;
        self.file(What::Vcard { id }).await
    }

    /// Everybody as a workbook.
    ///
    /// # Errors
    /// `Forbidden` below `admin`.
    pub async fn export(&self) -> Result<File> {
        self.caller.may(Action::ManageDirectory)?;
        self.file(What::EmployeesExport).await
    }

    /// What a one-time address gives; the second one to come is too late.
    ///
    /// # Errors
    /// `NotFound` when it was used, is too old or never was.
    pub async fn redeem(mut self, token: &str) -> Result<File> {
        let Ticket { what, language } = downloads::redeem(&self.deps, &self.caller, token).await?;
        self.caller.language = language;
        self.file(what).await
    }

    pub(super) async fn vcard_address(&self, id: EmployeeId) -> Result<Download> {
        let name = vcard::file_name(&self.one(id).await?);
        downloads::issue(&self.deps, &self.caller, What::Vcard { id }, name).await
    }

    pub(super) async fn export_address(&self) -> Result<Download> {
        self.caller.may(Action::ManageDirectory)?;
        let name = export_name(self.caller.now);
        downloads::issue(&self.deps, &self.caller, What::EmployeesExport, name).await
    }

    pub(super) async fn report_address(&self, id: ImportId) -> Result<Download> {
        self.import_report(id).await?;
        downloads::issue(&self.deps, &self.caller, What::ImportReport { id }, report_name(id)).await
    }

    /// The file, whoever asks.
    async fn file(&self, what: What) -> Result<File> {
        match what {
            What::Vcard { id } => {
                let person = shown::employee(self.row(id).await?);
                let page = format!("{}employees/{id}", self.deps.public_url);
                let card = vcard::render(&person, &page);
                Ok(File { name: vcard::file_name(&person), content: Content::Vcard(card) })
            }
            What::EmployeesExport => {
                let file = imports::export::export(&self.deps.db, &self.caller.reference).await?;
                Ok(File { name: export_name(self.caller.now), content: Content::Workbook(file) })
            }
            What::ImportReport { id } => {
                let Caller { language, reference, .. } = &self.caller;
                let table = imports::report_table(&self.deps.db, id, *language, reference).await?;
                Ok(File { name: report_name(id), content: Content::Table(table) })
            }
            What::Attachment { ticket, n } => {
                Tickets::new(self.deps.clone(), self.caller.clone()).announced(ticket, n).await
            }
            What::Statistics { statistics } => {
                Tickets::new(self.deps.clone(), self.caller.clone()).workbook(&statistics)
            }
            What::Preview { ticket, n } => {
                Tickets::new(self.deps.clone(), self.caller.clone()).announced_preview(ticket, n).await
            }
        }
    }
}

fn export_name(now: OffsetDateTime) -> String {
    format!("employees-{}.xlsx", now.date())
}

fn report_name(id: ImportId) -> String {
    format!("import-{id}.xlsx")
}
