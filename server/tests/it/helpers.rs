//! What tests share.

pub mod app;

pub use app::TestApp;
