//! What is rarely done with tickets: making one, as whom I act in OTRS.

mod link;
mod new;
mod photos;

pub use link::LinkPage;
pub use new::NewTicketPage;
pub use photos::{fitting, picker, read};
