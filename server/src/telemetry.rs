//! The log and the metrics registry.

pub mod metrics;

pub use metrics::Metrics;

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::telemetry::{LogFormat, Telemetry};

/// Starts the log on stderr; a second call in one process changes nothing.
pub fn init(config: &Telemetry) {
    // PostgreSQL's notices ("already exists, skipping") tell nobody anything.
    let filter = format!("sqlx::postgres::notice=warn,{}", config.log_filter);
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let layer = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal()).with_target(false);
    // A test binary starts several applications in one process; the first one's log serves all.
    let _ = match config.log_format {
        LogFormat::Text => registry.with(layer).try_init(),
        LogFormat::Json => registry.with(layer.json().flatten_event(true)).try_init(),
    };
}
