//! What is rarely done with tickets: making one, as whom I act in OTRS, how tickets are dealt with.

mod fields;
mod link;
mod new;
mod photos;
mod settings;

pub use link::LinkPage;
pub use new::NewTicketPage;
pub use photos::{fitting, picker, read};
pub use settings::TicketSettingsPage;
