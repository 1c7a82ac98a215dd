//! Tables of servers.

use std::io::Read as _;

use app::{
    backend::Servers as _,
    model::{import::ImportFile, server_import::ServerImportReport},
};
use axum::extract::{DefaultBodyLimit, Request, State};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    auth::policy::Action,
    error::internal,
    http::{
        extract::{Json, Query},
        problem::Failure,
        v1::imports::{How, upload},
    },
    services::{Caller, Deps, servers::Servers},
    state::AppState,
};

/// All of it.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(import)).layer(DefaultBodyLimit::max(upload::BODY_LIMIT))
}

/// A form with the table.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only describes the form")]
struct ServerTable {
    /// `.csv`, `.xlsx`, or as `.txt` the list of a ping tool; at most 8 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Reads a table of servers and stores them, or only says what it would do.
#[utoipa::path(
    post, path = "/servers/import", tag = "servers", params(How),
    request_body(content = ServerTable, content_type = "multipart/form-data"),
    responses((status = 200, description = "What was, or would be, done", body = ServerImportReport))
)]
async fn import(
    State(deps): State<Deps>,
    caller: Caller,
    Query(how): Query<How>,
    request: Request,
) -> Result<Json<ServerImportReport>, Failure> {
    // Before the file is taken in: not for everybody.
    caller.may(Action::ConfigureServers)?;
    let mut upload = upload::receive(request, &caller.reference).await?;
    let mut bytes = Vec::new();
    upload.file.read_to_end(&mut bytes).map_err(|error| internal(&caller.reference, error))?;
    let file = ImportFile { name: upload.name, bytes };
    Ok(Json(Servers::new(deps, caller).import(file, how.mode()).await?))
}
