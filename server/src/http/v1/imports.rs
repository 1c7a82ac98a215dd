//! Workbooks in and out: import with its progress and reports, export.

pub(super) mod upload;

use app::{
    backend::Imports as _,
    model::{
        Error,
        ids::ImportId,
        import::{Download, ImportMode, ImportReport, ImportStatus},
    },
};
use axum::{
    extract::{DefaultBodyLimit, Request, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use self::upload::Upload;
use super::examples;
use crate::{
    auth::policy::Action,
    http::{
        extract::{Json, Path, Query},
        files::{self, Asking},
        middleware::idempotency::{Key, keyed},
        problem::Failure,
        work::to_its_end,
    },
    services::{Caller, Deps, employees::Employees, imports},
    state::AppState,
};

/// Where files are sent.
pub const ADDRESS: &str = "/api/v1/employees/import";

/// All of it.
pub fn routes() -> OpenApiRouter<AppState> {
    let import = OpenApiRouter::new().routes(routes!(status, import)).layer(DefaultBodyLimit::max(upload::BODY_LIMIT));
    OpenApiRouter::new()
        .merge(import)
        .routes(routes!(report))
        .routes(routes!(report_download))
        .routes(routes!(export))
        .routes(routes!(export_download))
}

/// How a file is taken.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct How {
    /// Only say what would change.
    #[param(required = false, example = true)]
    #[serde(default)]
    dry_run: bool,
}

impl How {
    /// Whether anything is stored.
    #[must_use]
    pub const fn mode(&self) -> ImportMode {
        if self.dry_run { ImportMode::Preview } else { ImportMode::Store }
    }
}

/// A form with the workbook.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only describes the form")]
struct ImportForm {
    /// `.xlsx` of at most 32 MiB (512 MiB unpacked), or NDJSON.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A workbook.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only describes the file")]
pub(super) struct Workbook(Vec<u8>);

/// Reads a workbook and stores the people in it, or only says what it would do.
///
/// Once the file is taken in, the work goes on even if the caller hangs up. 409 `import_running` while another
/// one is read.
#[utoipa::path(
    post, path = "/employees/import", tag = "import", params(How),
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 200, description = "What was, or would be, done", body = ImportReport))
)]
async fn import(
    State(state): State<AppState>,
    caller: Caller,
    Query(how): Query<How>,
    request: Request,
) -> Result<Response, Failure> {
    // Before the file is taken in: not for everybody.
    caller.may(Action::ManageDirectory)?;
    let key = Key::of(request.headers(), request.uri())?;
    let upload = upload::receive(request, &caller.reference).await?;
    let key = key.map(|key| key.with(upload.name.as_bytes()).with(&[0]).with(&upload.digest));
    let mode = how.mode();
    let (whole, asking) = (state.clone(), caller.clone());
    let work = async move { read(&whole, &asking, upload, mode).await.map(Json).into_response() };
    match key {
        Some(key) => keyed(state, caller, key, work).await,
        None => to_its_end(&state, work).await,
    }
}

/// Reads the file to its end even if its sender is gone; when the server stops, nothing of it is stored.
async fn read(state: &AppState, caller: &Caller, upload: Upload, mode: ImportMode) -> Result<ImportReport, Failure> {
    tokio::select! {
        biased;
        () = state.stop.cancelled() => Err(Error::Unavailable { retry_after_s: 5 }.into()),
        report = imports::import_upload(&state.deps, caller, upload.name, upload.file, mode) => Ok(report?),
    }
}

/// How far the running import is, if one runs, and which report is the last one.
#[utoipa::path(
    get, path = "/employees/import", tag = "import",
    responses((status = 200, description = "How far it is", body = ImportStatus))
)]
async fn status(State(deps): State<Deps>, caller: Caller) -> Result<Json<ImportStatus>, Failure> {
    Ok(Json(Employees::new(deps, caller).import_status().await?))
}

/// The report of an earlier import.
#[utoipa::path(
    get, path = "/imports/{id}", tag = "import", params(("id" = ImportId, Path, example = "3")),
    responses((status = 200, description = "The report", body = ImportReport))
)]
async fn report(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ImportId>,
) -> Result<Json<ImportReport>, Failure> {
    Ok(Json(Employees::new(deps, caller).import_report(id).await?))
}

/// A one-time address of the report as a workbook, valid for 60 s without a session.
#[utoipa::path(
    post, path = "/imports/{id}/report/download", tag = "import", params(("id" = ImportId, Path, example = "3")),
    responses((status = 200, description = "The address", body = Download, example = json!(examples::download("report.xlsx"))))
)]
async fn report_download(
    State(deps): State<Deps>,
    caller: Caller,
    Path(id): Path<ImportId>,
) -> Result<Json<Download>, Failure> {
    Ok(Json(Employees::new(deps, caller).report_download(id).await?))
}

/// Everybody as a workbook that imports back unchanged.
#[utoipa::path(
    get, path = "/employees/export", tag = "import",
    responses((
        status = 200, description = "A file", body = Workbook,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ))
)]
async fn export(State(deps): State<Deps>, caller: Caller, asking: Asking) -> Result<Response, Failure> {
    let reference = caller.reference.clone();
    files::answer(Employees::new(deps, caller).export().await?, asking, &reference).await
}

/// A one-time address of the export, valid for 60 s without a session.
#[utoipa::path(
    post, path = "/employees/export/download", tag = "import",
    responses((status = 200, description = "The address", body = Download, example = json!(examples::download("employees.xlsx"))))
)]
async fn export_download(State(deps): State<Deps>, caller: Caller) -> Result<Json<Download>, Failure> {
    Ok(Json(Employees::new(deps, caller).export_download().await?))
}
