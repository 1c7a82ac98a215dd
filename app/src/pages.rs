//! One file per address: load, lay out, handle what the user does. Pages are built only for those who
//! may see them (see [`crate::app`]), and anew when the language or the role changes.

mod admin;
mod guest;
mod home;
mod load;
mod not_found;
mod session_row;
mod settings;
mod sign_in;

pub use admin::{Accounts, Admin};
pub use guest::Guest;
pub use home::Home;
pub use load::loaded;
pub use not_found::NotFound;
pub use settings::Settings;
pub use sign_in::{ExpiredSheet, SignIn};
