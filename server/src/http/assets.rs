//! The browser's files as Trunk made them: names that change with their content, cached for ever, and
//! compressed beforehand. The names the first HTML needs are read once at start.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use tower_http::services::ServeDir;

use crate::state::AppState;

/// The address below which the files are.
pub const PREFIX: &str = "/pkg";

/// Names of the files that the first HTML loads, as absolute paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The JavaScript that loads the module.
    pub script: String,
    /// The WebAssembly module: the part of the app that every page needs.
    pub module: String,
    /// The modules of each other part, by its name.
    pub parts: BTreeMap<String, Vec<String>>,
    /// Stylesheets.
    pub styles: Vec<String>,
    /// The icon, if the bundle has one.
    pub icon: Option<String>,
}

/// Why there are no assets.
#[derive(Debug, thiserror::Error)]
pub enum NoBundle {
    /// Nothing was built.
    #[error("the browser's files are not built ({0} is missing): run `make build`")]
    Missing(PathBuf),
    /// Something else was built.
    #[error("{0} does not name what the app is made of: run `make build` again")]
    Unreadable(PathBuf),
}

impl Assets {
    /// Reads the names from the `index.html` that Trunk left in `folder`, and from the `parts.json` beside it.
    ///
    /// # Errors
    /// When there is no bundle.
    pub fn read(folder: &Path) -> Result<Self, NoBundle> {
        let index = folder.join("index.html");
        let html = fs::read_to_string(&index).map_err(|_| NoBundle::Missing(index.clone()))?;
        let named: Vec<&str> = html.split(['"', '\'']).filter(|text| text.starts_with("/pkg/")).collect();
        let first = |suffix: &str| named.iter().find(|name| name.ends_with(suffix)).map(|name| (*name).to_owned());
        let (Some(script), Some(module)) = (first(".js"), first("_bg.wasm")) else {
            return Err(NoBundle::Unreadable(index));
        };
        let mut styles: Vec<String> = Vec::new();
        for name in named.iter().filter(|name| name.ends_with(".css")) {
            if !styles.iter().any(|known| known == name) {
                styles.push((*name).to_owned());
            }
        }
        let list = folder.join("parts.json");
        let json = fs::read(&list).map_err(|_| NoBundle::Missing(list.clone()))?;
        let mut parts: BTreeMap<String, Vec<String>> =
            serde_json::from_slice(&json).map_err(|_| NoBundle::Unreadable(list))?;
        for name in parts.values_mut().flatten() {
            *name = format!("{PREFIX}/{name}");
        }
        Ok(Self { script, module, parts, styles, icon: first(".svg").or_else(|| first(".ico")) })
    }
}

/// Serves the folder below [`PREFIX`], a `.br` neighbour to whoever takes one.
pub fn routes(folder: &Path) -> Router<AppState> {
    let files = ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br();
    Router::new().nest_service(PREFIX, files).layer(from_fn(for_ever))
}

/// Every name but those of the lists of names carries a hash of the content.
async fn for_ever(request: Request, next: Next) -> Response {
    if [".html", ".json"].iter().any(|list| request.uri().path().ends_with(list)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, for_ever);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_trunks_page() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(Assets::read(folder.path()), Err(NoBundle::Missing(_))));
        let html = r#"<link rel="modulepreload" href="/pkg/frontend-1a.js" crossorigin="anonymous">
            <link rel="preload" href="/pkg/frontend-1a_bg.wasm" as="fetch"><link rel="stylesheet" href="/pkg/main-2b.css"/>
            <script type="module">import init from '/pkg/frontend-1a.js'; init({ module_or_path: '/pkg/frontend-1a_bg.wasm' });</script>"#;
        fs::write(folder.path().join("index.html"), html).expect("written");
        assert!(matches!(Assets::read(folder.path()), Err(NoBundle::Missing(_))));
        fs::write(folder.path().join("parts.json"), r#"{"server":["servers-3c.wasm","server-4d.wasm"]}"#)
            .expect("written");
        let assets = Assets::read(folder.path()).expect("read");
        assert_eq!(assets.parts["server"], ["/pkg/servers-3c.wasm", "/pkg/server-4d.wasm"]);
        assert_eq!(assets.script, "/pkg/frontend-1a.js");
        assert_eq!(assets.module, "/pkg/frontend-1a_bg.wasm");
        assert_eq!(assets.styles, ["/pkg/main-2b.css"]);
        fs::write(folder.path().join("index.html"), "<html></html>").expect("written");
        assert!(matches!(Assets::read(folder.path()), Err(NoBundle::Unreadable(_))));
    }
}
