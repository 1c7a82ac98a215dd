//! What happens to every request before and after its handler, one file each.

pub mod access_log;
pub mod client_address;
pub mod idempotency;
pub mod rate_limit;
pub mod request_id;
pub mod security_headers;
pub mod session;
pub mod timeout;
