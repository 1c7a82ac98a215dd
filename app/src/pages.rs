//! One file per address: load, lay out, handle what the user does. Pages are built only for those who
//! may see them (see [`crate::app`]), and anew when the language or the role changes.

mod acts;
mod admin;
mod alerts;
mod composing;
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
pub mod part;
mod person_picker;
mod place;
mod replies;
pub mod section;
mod server;
mod server_edit;
mod servers;
mod session_row;
mod settings;
mod sign_in;
mod statistics;
mod summary;
mod ticket;
mod ticketing;
mod tickets;

pub use acts::{Acts, Sender};
pub use admin::{Administration, administration, load_administration};
pub use alerts::{alerts, load_alerts};
pub use composing::load_actions;
pub use employees::{employees, is_card, is_editing, load_editing, load_employee, load_employees};
pub use fetched::Fetched;
pub use guest::Guest;
pub use home::{home, load_home};
pub use not_found::{Forbidden, NotFound};
pub use replies::load_arranging;
pub use servers::{
    is_configuring, is_import, is_server, load_configuring, load_importing, load_server, load_servers, servers,
};
pub use settings::{load_settings, settings};
pub use sign_in::{ExpiredSheet, SignIn};
pub use statistics::{load_statistics, statistics};
pub use summary::Summary;
pub use tickets::{
    is_actions, is_arranging, is_ticket, is_ticketing, load_ticket, load_ticketing, load_tickets, tickets,
};
