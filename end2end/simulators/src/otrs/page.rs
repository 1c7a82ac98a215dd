//! The files of the ticket system's page, built into the program. Looks and helpers come from the pages beside it.

use axum::{extract::Path, response::Response};

use crate::telegram::page::{self, File};

const FILES: &[File] = &[
    ("index.html", "text/html; charset=utf-8", include_str!("page/index.html")),
    ("main.js", "text/javascript; charset=utf-8", include_str!("page/main.js")),
    ("tickets.css", "text/css; charset=utf-8", include_str!("page/tickets.css")),
    ("words.js", "text/javascript; charset=utf-8", include_str!("page/words.js")),
];

pub(super) async fn index() -> Response {
    page::find(FILES, "index.html")
}

pub(super) async fn file(Path(name): Path<String>) -> Response {
    page::find(FILES, &name)
}
