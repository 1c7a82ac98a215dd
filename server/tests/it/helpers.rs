//! What tests share.

pub mod app;
pub mod cable;
pub mod described;
pub mod desk;
pub mod launch;
pub mod people;
pub mod program;
pub mod replay;
pub mod screen;
pub mod target;
pub mod watch;

pub use app::TestApp;
