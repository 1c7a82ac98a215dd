//! The search as a whole, on a company small enough to know by heart.

mod company;
mod finding;
mod model;
mod ranking;
mod updates;

use super::{Index, Record};
use company::company;

/// Who is found, by login, best first.
fn found(index: &Index, text: &str) -> Vec<String> {
    let hits = index.search(text, None, 20, None).hits;
    hits.into_iter().map(|hit| label(&index.get(hit.id).expect("a hit is a person"))).collect()
}

fn label(record: &Record) -> String {
    record.email.as_deref().and_then(|email| email.split('@').next()).unwrap_or(&record.surname).to_owned()
}
