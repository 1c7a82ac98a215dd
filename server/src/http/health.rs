//! Whether the process lives, and whether it can do its work.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::services::{self, Deps};

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dependencies: Vec<Dependency>,
}

#[derive(Serialize)]
struct Dependency {
    name: &'static str,
    status: &'static str,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `GET /health`: 200 while the process lives.
pub async fn live() -> Response {
    no_store(StatusCode::OK, Health { status: "ok", version: VERSION, dependencies: Vec::new() })
}

/// `GET /health/ready`: 200, or 503 while a dependency is away; one line per dependency.
pub async fn ready(State(deps): State<Deps>) -> Response {
    let database = if services::health::database_answers(&deps).await { "ok" } else { "away" };
    let search = if deps.directory.is_ready() { "ok" } else { "loading" };
    let dependencies =
        vec![Dependency { name: "database", status: database }, Dependency { name: "search", status: search }];
    let (code, status) = if dependencies.iter().all(|dependency| dependency.status == "ok") {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    };
    no_store(code, Health { status, version: VERSION, dependencies })
}

fn no_store(status: StatusCode, health: Health) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(health)).into_response()
}
