//! The server: edges (`http`, `bot`, `workers`) → `services` → `store`, `cache`, `integrations` and pure
//! modules. Only `startup` sees everything; `server/tests/it/architecture.rs` keeps the arrows.

pub mod auth;
pub mod bot;
pub mod cache;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod directory;
pub mod error;
pub mod events;
pub mod helpdesk;
pub mod http;
pub mod integrations;
pub mod monitor;
pub mod services;
pub mod shutdown;
pub mod startup;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod workers;
