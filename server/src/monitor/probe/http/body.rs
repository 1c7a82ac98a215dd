//! What has to be in a body, looked for in its first MiB.

use app::model::monitor::Reason;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use serde_json::Value;

use super::{
    super::super::target::{Body, JsonPath},
    exchange::{self, Answer},
};

/// No more is read.
const MOST: usize = 1024 * 1024;
/// Longer values are cut before they are shown.
const MOST_SHOWN: usize = 200;

/// Judges the body of an answer; without an expectation it is not even read.
pub async fn judge(expected: Option<&Body>, answer: Answer) -> Result<(), Reason> {
    match expected {
        None => Ok(()),
        Some(Body::Keyword(keyword)) => find(keyword, answer.into_body()).await,
        Some(Body::Json { path, value }) => {
            let body = read(answer.into_body()).await?;
            json(path, value.as_deref(), &body)
        }
    }
}

/// Reads until the keyword is there.
async fn find(keyword: &str, mut body: Incoming) -> Result<(), Reason> {
    let keyword = keyword.as_bytes();
    let mut read: Vec<u8> = Vec::new();
    while read.len() < MOST
        && let Some(frame) = body.frame().await
    {
        let frame = frame.map_err(|error| exchange::reason(&error))?;
        let Some(data) = frame.data_ref() else { continue };
        let from = read.len().saturating_sub(keyword.len().saturating_sub(1));
        read.extend_from_slice(&data[..data.len().min(MOST - read.len())]);
        if contains(&read[from..], keyword) {
            return Ok(());
        }
    }
    Err(Reason::new("keyword_missing").wanted(String::from_utf8_lossy(keyword)))
}

fn contains(text: &[u8], keyword: &[u8]) -> bool {
    let Some((first, rest)) = keyword.split_first() else { return true };
    let mut places = text.iter().enumerate().filter(|(_, byte)| *byte == first);
    places.any(|(place, _)| text[place + 1..].starts_with(rest))
}

async fn read(mut body: Incoming) -> Result<Vec<u8>, Reason> {
    let mut read: Vec<u8> = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| exchange::reason(&error))?;
        let Some(data) = frame.data_ref() else { continue };
        if read.len() + data.len() > MOST {
            return Err(Reason::new("answer_too_large").wanted(MOST));
        }
        read.extend_from_slice(data);
    }
    Ok(read)
}

fn json(path: &JsonPath, expected: Option<&str>, body: &[u8]) -> Result<(), Reason> {
    let missing = || Reason::new("json_path_missing").wanted(path);
    let document: Value = serde_json::from_slice(body).map_err(|_| missing())?;
    let found = path.find(&document).ok_or_else(missing)?;
    let Some(expected) = expected else { return Ok(()) };
    let is = found.as_str().map_or_else(|| found.to_string(), ToOwned::to_owned);
    if is == expected {
        return Ok(());
    }
    let shown: String = is.chars().take(MOST_SHOWN).collect();
    Err(Reason::new("json_differs").got(shown).wanted(expected))
}
