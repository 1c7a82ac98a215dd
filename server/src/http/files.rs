//! Answers that are files to be saved. `Access-Control-Allow-Origin` is there because Telegram's web clients
//! fetch the file themselves and want it (`downloadFile`).

use std::convert::Infallible;

use app::model::error::Reference;
use axum::{
    body::{Body, Bytes},
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, header, request::Parts},
    response::Response,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio_util::io::ReaderStream;

use crate::{
    error::internal,
    http::problem::Failure,
    services::employees::files::{Content, File},
    state::AppState,
};

const VCARD: &str = "text/vcard; charset=utf-8";
/// What RFC 8187 lets stand in an extended value.
const ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// A workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The origin that may read a file from outside: the one that asks if it is one of Telegram's web clients
/// (`TELEGRAM_WEB_ORIGINS`); the first of them when none is named, for whoever only looks.
#[derive(Clone, Debug)]
pub struct Asking(Option<HeaderValue>);

impl FromRequestParts<AppState> for Asking {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let allowed = &state.deps.config.telegram.web_origins;
        Ok(Self(match parts.headers.get(header::ORIGIN) {
            Some(origin) => Some(origin.clone()).filter(|origin| allowed.iter().any(|allowed| origin == allowed)),
            None => allowed.first().and_then(|origin| HeaderValue::from_str(origin).ok()),
        }))
    }
}

/// The file as an answer; a workbook is read piece by piece.
///
/// # Errors
/// When it cannot be read.
pub async fn answer(file: File, asking: Asking, reference: &Reference) -> Result<Response, Failure> {
    match file.content {
        Content::Vcard(text) => Ok(with_headers(&file.name, VCARD, asking, text.into())),
        Content::Attached(kind, content) => {
            Ok(with_headers(&file.name, kind, asking, Bytes::from_owner(content).into()))
        }
        Content::Table(table) => Ok(with_headers(&file.name, XLSX, asking, table.into())),
        Content::Workbook(workbook) => {
            let workbook = tokio::fs::File::from_std(workbook);
            let length = workbook.metadata().await.map_err(|error| internal(reference, error))?.len();
            let body = Body::from_stream(ReaderStream::with_capacity(workbook, 64 * 1024));
            let mut response = with_headers(&file.name, XLSX, asking, body);
            response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
            Ok(response)
        }
    }
}

/// What is said of a file before it is given.
pub async fn announcement(asking: Asking) -> Response {
    with_headers("vakhta", "application/octet-stream", asking, Body::empty())
}

fn with_headers(name: &str, kind: &'static str, Asking(origin): Asking, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition(name)),
        (header::VARY, HeaderValue::from_static("origin")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    response.headers_mut().extend(headers);
    if let Some(origin) = origin {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}

/// The name twice: in ASCII for whoever reads no other, and as it is.
fn disposition(name: &str) -> HeaderValue {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
    let full = utf8_percent_encode(name, ATTR_CHAR);
    HeaderValue::try_from(format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_stands_there_in_ascii_and_as_it_is() {
        let header = disposition("Иванов-1\"\r\n.vcf");
        assert_eq!(
            header.to_str().expect("ASCII"),
            "attachment; filename=\"______-1___.vcf\"; \
             filename*=UTF-8''%D0%98%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2-1%22%0D%0A.vcf"
        );
    }
}
