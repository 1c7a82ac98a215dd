//! The files of the fleet's page, built into the program. What it shares with the client page comes from there.

use axum::{extract::Path, response::Response};

use crate::telegram::page::{self, File};

const FILES: &[File] = &[
    ("fleet.css", "text/css; charset=utf-8", include_str!("page/fleet.css")),
    ("index.html", "text/html; charset=utf-8", include_str!("page/index.html")),
    ("main.js", "text/javascript; charset=utf-8", include_str!("page/main.js")),
    ("server.js", "text/javascript; charset=utf-8", include_str!("page/server.js")),
    ("words.js", "text/javascript; charset=utf-8", include_str!("page/words.js")),
];

pub(super) async fn index() -> Response {
    page::find(FILES, "index.html")
}

pub(super) async fn file(Path(name): Path<String>) -> Response {
    page::find(FILES, &name)
}
