//! What is rarely done with tickets: making one, what became of my actions, as whom I act in OTRS, how tickets are dealt with.

mod actions;
mod link;
mod new;
mod photos;
mod settings;

pub use actions::MyActions;
pub use link::LinkPage;
pub use new::NewTicketPage;
pub use settings::TicketSettingsPage;
