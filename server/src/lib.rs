//! The server: edges (`http`, `bot`, `workers`) → `services` → `store`, `cache`, `integrations` and pure
//! modules. Only `startup` sees everything; `server/tests/it/architecture.rs` keeps the arrows.

pub mod auth;
pub mod error;
pub mod services;
pub mod store;
