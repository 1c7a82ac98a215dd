//! What somebody enters about a server, made into what may be stored.

use app::model::{
    Error, Result,
    monitor::{Kind, MonitorDraft},
};
use url::Url;

use crate::monitor::{
    allowed::Class,
    target::{self, Host, Look},
};

/// Longest name of a server or a group, in characters.
const NAME: usize = 100;
/// Longest note, in characters.
const NOTES: usize = 10_000;
/// Most labels, and the longest one.
const TAGS: (usize, usize) = (20, 40);
/// Most monitors of a server.
pub(super) const MONITORS: usize = 50;

/// A name that people can read on one line.
pub(super) fn name(text: &str) -> Result<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Error::invalid("name", "required")),
        1..=NAME if !name.contains(char::is_control) => Ok(name),
        _ => Err(Error::invalid("name", "name_too_long")),
    }
}

/// A host name or an IP address.
pub(super) fn address(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("address", "required"));
    }
    Host::parse(text).map(|_| text.to_owned()).map_err(|code| Error::invalid("address", code))
}

/// Labels without repetitions, in the order they were entered.
pub(super) fn tags(tags: &[String]) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        if tag.is_empty() || kept.contains(&tag) {
            continue;
        }
        if tag.chars().count() > TAGS.1 || tag.contains(char::is_control) {
            return Err(Error::invalid("tags", "tags_invalid"));
        }
        kept.push(tag);
    }
    if kept.len() > TAGS.0 { Err(Error::invalid("tags", "tags_invalid")) } else { Ok(kept) }
}

/// A note; nothing when it is blank.
pub(super) fn notes(text: Option<String>) -> Result<Option<String>> {
    let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if text.as_ref().is_some_and(|text| text.chars().count() > NOTES || text.contains('\0')) {
        return Err(Error::invalid("notes", "notes_too_long"));
    }
    Ok(text)
}

/// A web address that may be linked.
pub(super) fn link(text: Option<String>) -> Result<Option<String>> {
    let Some(text) = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) else { return Ok(None) };
    let url = Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && text.len() <= 2_000);
    url.map(|url| Some(url.to_string())).ok_or_else(|| Error::invalid("runbook_url", "link_invalid"))
}

/// What a monitor looks at; `at` is what stands before the names of its fields.
pub(super) fn look(draft: &MonitorDraft, address: &str, at: &str) -> Result<Look> {
    target::parse(draft.kind, &draft.target, address, draft.interval_s, &draft.settings)
        .map_err(|invalid| Error::invalid(format!("{at}{}", invalid.field), invalid.code))
}

/// The target as it is stored: what was entered, without blanks around it. A job's address is not stored.
pub(super) fn target_text(draft: &MonitorDraft) -> &str {
    if draft.kind == Kind::Push { "" } else { draft.target.trim() }
}

/// What is legal but unwise about an address.
pub(super) fn warnings(address: &str) -> Vec<String> {
    let literal = Host::parse(address).ok().and_then(|host| host.address());
    literal.and_then(|address| Class::of(address).warning()).map(ToOwned::to_owned).into_iter().collect()
}
