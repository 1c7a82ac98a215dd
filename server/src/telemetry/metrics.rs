//! Counters, gauges and one latency histogram, written as Prometheus text. Thirty lines of our own instead of
//! a recorder with global state: every application of a test process counts for itself.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Upper bounds of the latency buckets, in seconds.
const BOUNDS: [f64; 8] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

#[derive(Clone, Debug, Default)]
struct Histogram {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum_s: f64,
}

/// What is counted. Series are few and their labels come from the code, never from a request.
#[derive(Debug, Default)]
pub struct Metrics {
    values: Mutex<BTreeMap<(&'static str, String), f64>>,
    latencies: Mutex<BTreeMap<(&'static str, String), Histogram>>,
}

impl Metrics {
    /// Adds one to a counter. `labels` as they are written between the braces, or empty.
    pub fn count(&self, name: &'static str, labels: impl Into<String>) {
        *self.values.lock().unwrap_or_else(PoisonError::into_inner).entry((name, labels.into())).or_default() += 1.0;
    }

    /// Sets a gauge.
    pub fn set(&self, name: &'static str, labels: impl Into<String>, value: f64) {
        self.values.lock().unwrap_or_else(PoisonError::into_inner).insert((name, labels.into()), value);
    }

    /// Adds an observation to a latency histogram.
    pub fn observe(&self, name: &'static str, labels: impl Into<String>, took: Duration) {
        let seconds = took.as_secs_f64();
        let mut latencies = self.latencies.lock().unwrap_or_else(PoisonError::into_inner);
        let histogram = latencies.entry((name, labels.into())).or_default();
        for (bucket, bound) in histogram.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
        histogram.count += 1;
        histogram.sum_s += seconds;
    }

    /// Everything in Prometheus' text format.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        let mut family = "";
        for ((name, labels), value) in self.values.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            if family != *name {
                let kind = if name.ends_with("_total") { "counter" } else { "gauge" };
                let _ = writeln!(text, "# TYPE {name} {kind}");
                family = name;
            }
            let _ = writeln!(text, "{name}{} {value}", braces(labels));
        }
        for ((name, labels), histogram) in self.latencies.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            if family != *name {
                let _ = writeln!(text, "# TYPE {name} histogram");
                family = name;
            }
            let comma = if labels.is_empty() { "" } else { "," };
            for (bucket, bound) in histogram.buckets.iter().zip(BOUNDS) {
                let _ = writeln!(text, "{name}_bucket{{{labels}{comma}le=\"{bound}\"}} {bucket}");
            }
            let _ = writeln!(text, "{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {}", histogram.count);
            let _ = writeln!(text, "{name}_sum{} {}", braces(labels), histogram.sum_s);
            let _ = writeln!(text, "{name}_count{} {}", braces(labels), histogram.count);
        }
        text
    }
}

fn braces(labels: &str) -> String {
    if labels.is_empty() { String::new() } else { format!("{{{labels}}}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_prometheus_reads() {
        let metrics = Metrics::default();
        metrics.count("vakhta_things_total", "kind=\"a\"");
        metrics.count("vakhta_things_total", "kind=\"a\"");
        metrics.set("vakhta_up", "", 1.0);
        metrics.observe("vakhta_wait_seconds", "", Duration::from_millis(20));
        let text = metrics.render();
        for line in [
            "# TYPE vakhta_things_total counter",
            "vakhta_things_total{kind=\"a\"} 2",
            "# TYPE vakhta_up gauge",
            "vakhta_up 1",
            "# TYPE vakhta_wait_seconds histogram",
            "vakhta_wait_seconds_bucket{le=\"0.01\"} 0",
            "vakhta_wait_seconds_bucket{le=\"0.025\"} 1",
            "vakhta_wait_seconds_bucket{le=\"+Inf\"} 1",
            "vakhta_wait_seconds_count 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
    }
}
