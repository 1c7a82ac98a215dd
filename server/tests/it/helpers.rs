//! What tests share.

pub mod app;
pub mod program;

pub use app::TestApp;
