//! What the screens of servers and incidents reckon (pure): which rows where, lines of charts, forms, addresses.

pub mod chart;
pub mod form;
pub mod links;
pub mod list;
pub mod monitor_form;
pub mod spark;
pub mod uptime;
