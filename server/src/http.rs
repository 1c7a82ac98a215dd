//! Edge: HTTP. Routes, middleware, pages and the REST interface; nothing is decided here that a service
//! could decide.

pub mod assets;
pub mod client_errors;
pub mod extract;
pub mod files;
pub mod health;
pub mod language;
mod live;
pub mod metrics;
pub mod middleware;
pub mod page;
pub mod pages;
pub mod problem;
pub mod push;
pub mod router;
pub mod v1;
pub mod webhook;
pub mod work;
