//! The files of the client page, built into the program.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// Name, content type, content.
pub(crate) type File = (&'static str, &'static str, &'static str);

macro_rules! files {
    ($($name:literal => $kind:literal),* $(,)?) => {
        const FILES: &[File] =
            &[$(($name, $kind, include_str!(concat!("page/", $name)))),*];
    };
}

files! {
    "api.js" => "text/javascript; charset=utf-8",
    "app.css" => "text/css; charset=utf-8",
    "base.css" => "text/css; charset=utf-8",
    "bridge.js" => "text/javascript; charset=utf-8",
    "chat.css" => "text/css; charset=utf-8",
    "chat.js" => "text/javascript; charset=utf-8",
    "chats.js" => "text/javascript; charset=utf-8",
    "dialogs.js" => "text/javascript; charset=utf-8",
    "dom.js" => "text/javascript; charset=utf-8",
    "index.html" => "text/html; charset=utf-8",
    "links.js" => "text/javascript; charset=utf-8",
    "main.js" => "text/javascript; charset=utf-8",
    "message.js" => "text/javascript; charset=utf-8",
    "miniapp.js" => "text/javascript; charset=utf-8",
    "panel.css" => "text/css; charset=utf-8",
    "panel.js" => "text/javascript; charset=utf-8",
    "settings.js" => "text/javascript; charset=utf-8",
    "storage.js" => "text/javascript; charset=utf-8",
    "text.js" => "text/javascript; charset=utf-8",
    "themes.js" => "text/javascript; charset=utf-8",
}

pub(super) async fn index() -> Response {
    find(FILES, "index.html")
}

/// One of the files, which other pages use too.
pub(crate) async fn file(Path(name): Path<String>) -> Response {
    find(FILES, &name)
}

/// The file of this name among these.
pub(crate) fn find(files: &'static [File], name: &str) -> Response {
    match files.iter().find(|(file, ..)| *file == name) {
        Some((_, kind, content)) => {
            ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "no-cache")], *content).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
