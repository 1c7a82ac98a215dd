//! Whether what is asked for can be done at all. Pure.

use app::model::{
    Error, Result,
    action::{ActionKind, ActionRequest, LARGEST_FILES, MOST_FILES, NewFile},
};
use base64::{Engine, prelude::BASE64_STANDARD};

use crate::{services::tickets::clean, store::actions::File};

/// Characters of what may be written at once.
const LONGEST: usize = 100_000;

pub(super) fn check(request: &ActionRequest) -> Result<()> {
    let needed = |field: &str, value: &Option<String>| match value.as_deref().map(str::trim) {
        Some(text) if !text.is_empty() && text.len() <= 500 => Ok(()),
        _ => Err(Error::invalid(field, "required")),
    };
    match &request.comment {
        Some(comment) => check_text("comment", comment)?,
        None if matches!(request.action, ActionKind::Comment | ActionKind::Reply | ActionKind::Reject) => {
            return Err(Error::invalid("comment", "required"));
        }
        // Files belong to something that is written (104).
        None if !request.files.is_empty() => return Err(Error::invalid("comment", "required")),
        None => {}
    }
    if request.files.len() > MOST_FILES {
        return Err(Error::TooLarge { code: "files_too_large".into() });
    }
    match request.action {
        ActionKind::Move => needed("queue", &request.queue),
        ActionKind::Priority => needed("priority", &request.priority),
        ActionKind::Assign => needed("owner", &request.owner),
        ActionKind::Pending if request.until.is_none() => Err(Error::invalid("until", "required")),
        ActionKind::Create => Err(Error::invalid("action", "invalid")),
        _ => Ok(()),
    }
}

/// OTRS takes a blank text and "0" for none (030, 498).
pub(in crate::services::tickets) fn check_text(field: &str, text: &str) -> Result<()> {
    match text.trim() {
        "" | "0" => Err(Error::invalid(field, "required")),
        text if text.chars().count() > LONGEST => Err(Error::invalid(field, "too_long")),
        text if text.contains('\0') => Err(Error::invalid(field, "invalid")),
        _ => Ok(()),
    }
}

pub(super) fn read_files(given: &[NewFile]) -> Result<Vec<File>> {
    let mut size = 0_u64;
    let mut files = Vec::new();
    for (file, at) in given.iter().zip(0..) {
        let content = BASE64_STANDARD.decode(&file.content).ok().filter(|content| !content.is_empty());
        let content = content.ok_or_else(|| Error::invalid(format!("files.{at}.content"), "invalid"))?;
        size += content.len() as u64;
        if size > LARGEST_FILES || at >= MOST_FILES {
            return Err(Error::TooLarge { code: "files_too_large".into() });
        }
        let kind = if file.kind.is_ascii() && file.kind.contains('/') {
            clean::line(&file.kind)
        } else {
            "application/octet-stream".to_owned()
        };
        files.push(File { name: clean::file_name(&file.name), kind, content });
    }
    Ok(files)
}
