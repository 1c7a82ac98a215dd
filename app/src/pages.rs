//! One file per address: load, lay out, handle what the user does. Pages are built only for those who
//! may see them (see [`crate::app`]), and anew when the language or the role changes.

mod admin;
mod alerts;
mod employee;
mod employee_edit;
mod employee_history;
mod employee_merge;
mod employees;
mod fetched;
mod fleet;
mod guest;
mod home;
pub mod import;
mod not_found;
mod person_picker;
mod server;
mod server_edit;
mod servers;
mod session_row;
mod settings;
mod sign_in;
mod summary;

pub use admin::{Accounts, Admin};
pub use alerts::Alerts;
pub use employees::Employees;
pub use fetched::Fetched;
pub use guest::Guest;
pub use home::Home;
pub use import::Import;
pub use not_found::NotFound;
pub use servers::Servers;
pub use settings::Settings;
pub use sign_in::{ExpiredSheet, SignIn};
pub use summary::Summary;
