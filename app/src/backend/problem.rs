//! From an answer that is no success to [`Error`], as the browser's adapter reads it. Pure.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::model::{Error, error::Told};

/// Seconds to wait when an answer does not say it.
pub(crate) const LATER_S: u64 = 5;

/// What is read of [`crate::model::error::Problem`].
#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    instance: String,
    code: Option<String>,
    field: Option<String>,
    current: Option<Box<RawValue>>,
}

/// What an answer outside 2xx means. Not only our server answers: a proxy in between may, with a body of
/// its own; then the status alone counts.
pub(crate) fn error(status: u16, body: &str, retry_after: Option<&str>, request_id: Option<&str>) -> Error {
    let body: Body = serde_json::from_str(body).unwrap_or_default();
    let reference = if body.instance.is_empty() { request_id.unwrap_or_default().to_owned() } else { body.instance };
    Error::from(Told {
        status,
        code: body.code,
        field: body.field.unwrap_or_default(),
        retry_after_s: retry_after.and_then(|seconds| seconds.trim().parse().ok()).unwrap_or(LATER_S),
        reference,
        current: body.current.map(|current| current.get().to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::error;
    use crate::model::{Error, error::Reference};

    fn problem(status: u16, rest: &str) -> String {
        format!(
            r#"{{"type":"about:blank","title":"t","status":{status},"detail":"d","instance":"r-1","code":"c"{rest}}}"#
        )
    }

    #[test]
    fn a_wrong_field_is_named() {
        assert_eq!(error(422, &problem(422, r#","field":"email""#), None, None), Error::invalid("email", "c"));
    }

    #[test]
    fn a_conflict_brings_what_stands_in_the_way() {
        let conflict = error(409, &problem(409, r#","current":7"#), None, None);
        assert_eq!(conflict.code(), "c");
        assert_eq!(conflict.current::<u8>(), Some(7));
    }

    #[test]
    fn waiting_is_as_long_as_told() {
        assert_eq!(error(429, "", Some("17"), None), Error::TooMany { retry_after_s: 17 });
        assert_eq!(error(503, &problem(503, ""), Some(" 2"), None), Error::Unavailable { retry_after_s: 2 });
        assert_eq!(error(503, "", Some("Fri, 20 Nov 2026"), None), Error::Unavailable { retry_after_s: 5 });
    }

    #[test]
    fn a_proxys_own_page_counts_by_its_status() {
        assert_eq!(error(502, "<html>", None, None), Error::Unavailable { retry_after_s: 5 });
        assert_eq!(error(404, "<html>", None, None), Error::NotFound);
        assert_eq!(error(401, "", None, None), Error::unauthenticated("not_signed_in"));
    }

    #[test]
    fn the_reference_is_the_problems_else_the_headers() {
        assert_eq!(error(500, &problem(500, ""), None, Some("r-2")), Error::Internal(Reference("r-1".into())));
        assert_eq!(error(500, "oops", None, Some("r-2")), Error::Internal(Reference("r-2".into())));
    }
}
