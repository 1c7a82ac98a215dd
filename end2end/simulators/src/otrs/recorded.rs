//! Recorded traffic of a real server: OTOBO 11 on PostgreSQL with UTC (001-451, 470-498), and a second installation on
//! MariaDB in Moscow's zone with types and services switched on (452-469).
//!
//! What the simulator has to answer like, and what the product has to read. Strings over 6000 characters and lists over
//! 80 items are cut and say so.

use std::io::{Cursor, Read as _};

use anyhow::Context as _;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::{Map, Value};

const ARCHIVE: &[u8] = include_bytes!("recorded/exchanges.zip");
/// How a shortened text or list ends.
const MARK: &str = "...<elided; ";

/// One question and its answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Exchange {
    /// 1 to 498, in the order of sending.
    pub number: u16,
    /// What it is about.
    pub name: String,
    /// What was sent.
    pub request: Request,
    /// What came back.
    pub response: Response,
}

/// What was sent.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// As sent, without its question mark.
    #[serde(default)]
    pub query: String,
    /// Those with a meaning.
    #[serde(default)]
    pub headers: Map<String, Value>,
    /// The JSON, or a text that is none.
    #[serde(default)]
    pub body: Value,
    /// Bytes that are no UTF-8.
    #[serde(default)]
    body_base64: Option<String>,
}

/// What came back.
#[derive(Clone, Debug, Deserialize)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Those with a meaning.
    pub headers: Map<String, Value>,
    /// The JSON (also where the type says text), or the text.
    pub body: Value,
}

/// All of them, in their order.
///
/// # Errors
/// When the archive is damaged.
pub fn all() -> anyhow::Result<Vec<Exchange>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(ARCHIVE))?;
    let mut lines = String::new();
    archive.by_index(0)?.read_to_string(&mut lines)?;
    lines.lines().map(|line| serde_json::from_str(line).context("a line of the recordings")).collect()
}

impl Request {
    /// The bytes of the body; texts that were cut are filled up to their length.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        Ok(match (&self.body_base64, &self.body) {
            (Some(bytes), _) => BASE64_STANDARD.decode(bytes)?,
            (None, Value::Null) => Vec::new(),
            (None, Value::String(text)) => text.clone().into_bytes(),
            (None, body) => serde_json::to_vec(&filled(body))?,
        })
    }

    /// One of its headers.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.as_str()
    }
}

impl Response {
    /// One of its headers.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.as_str()
    }
}

/// How long a text or list was before it was cut.
#[must_use]
pub fn whole_length(shortened: &str) -> Option<usize> {
    let (_, rest) = shortened.rsplit_once(MARK)?;
    rest.split_once(' ')?.0.parse().ok()
}

/// A body as long as the one that was sent.
fn filled(body: &Value) -> Value {
    match body {
        Value::Object(fields) => {
            let filled = fields.iter().map(|(name, value)| (name.clone(), filled(value)));
            let mut out: Map<String, Value> = filled.collect();
            // A file that was cut has lost the end of its base64.
            if let (true, Some(Value::String(content))) = (out != *fields, out.get_mut("Content")) {
                content.pop();
                content.push('=');
            }
            Value::Object(out)
        }
        Value::Array(items) => items.iter().map(filled).collect(),
        Value::String(text) => match (whole_length(text), text.rsplit_once(MARK)) {
            (Some(length), Some((start, _))) => Value::String(start.chars().cycle().take(length).collect()),
            _ => body.clone(),
        },
        other => other.clone(),
    }
}
