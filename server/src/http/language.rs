//! The language of an answer to somebody we do not know: the browser's choice.

use app::model::user::Language;
use axum::http::{HeaderMap, header};

/// The language of `Accept-Language`, by its order; Russian when it says nothing.
#[must_use]
pub fn preferred(headers: &HeaderMap) -> Language {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split([',', ';']).next())
        .map(str::trim)
        .filter(|tag| !tag.is_empty() && *tag != "*")
        .map_or_else(Language::default, Language::from_tag)
}
