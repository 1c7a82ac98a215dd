//! What stands in for the world outside, over the real wire: for tests, the demo and measurements.
//!
//! Used in process by the server's tests (port 0) and from the binary by people. The product does not
//! know that it exists: everything goes over the protocols of the real thing.

pub mod cast;
pub mod clock;
pub mod fleet;
pub mod launch;
pub mod mail;
pub mod otrs;
pub mod people;
pub mod seed;
pub mod telegram;

pub use fleet::Fleet;
pub use mail::Sink;
pub use otrs::Otrs;
pub use telegram::Telegram;
