//! What runs on both sides: the model that crosses the wire, the interface the screens ask
//! ([`backend`]), and the screens themselves.
//!
//! No database, network stack or runtime is known here; the server and the browser bring theirs.

// The types of views nest deeply.
#![recursion_limit = "256"]

pub mod app;
pub mod backend;
pub mod components;
pub mod device;
pub mod directory;
pub mod fleet;
pub mod format;
pub mod helpdesk;
pub mod i18n;
pub mod live;
pub mod model;
pub mod pages;
pub mod session;
pub mod shell;
pub mod start;
pub mod telegram;

pub use app::App;
pub use shell::shell;
