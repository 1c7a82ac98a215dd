//! What administrators set of tickets: ready replies, who mails, the rest.

mod editor;
mod fields;
mod mailing;
mod replies;
mod settings;

pub use mailing::MailingPage;
pub use replies::RepliesPage;
pub use settings::TicketSettingsPage;
