//! The Bot API: `POST|GET /bot<token>/<Method>`, method names in any case.
//!
//! Here: finding the method, the outages and the shape of answers; what methods do is below.

mod messages;
mod params;
mod settings;
mod updates;

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequestParts as _, Request},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

pub(super) use self::params::Params;
use super::{Shared, faults::Failure, faults::Outage, world::Call};

/// What the Bot API says instead of a result.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ApiError {
    pub code: u16,
    pub description: String,
    pub parameters: Option<Value>,
}

pub(super) type Result<T> = std::result::Result<T, ApiError>;

impl ApiError {
    pub(super) fn new(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), parameters: None }
    }

    /// 400.
    pub(super) fn bad(what: impl std::fmt::Display) -> Self {
        Self::new(400, format!("Bad Request: {what}"))
    }

    /// 403.
    pub(super) fn forbidden(what: impl std::fmt::Display) -> Self {
        Self::new(403, format!("Forbidden: {what}"))
    }

    /// 409.
    pub(super) fn conflict(what: impl std::fmt::Display) -> Self {
        Self::new(409, format!("Conflict: {what}"))
    }

    /// 429.
    pub(super) fn too_many(retry_after: u64) -> Self {
        Failure::too_many(retry_after).into()
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self {
            code: failure.code,
            parameters: failure.retry_after.map(|seconds| json!({"retry_after": seconds})),
            description: failure.description,
        }
    }
}

/// Answers a request whose path begins with `/bot`.
pub(super) async fn handle(shared: Arc<Shared>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut parts = path.trim_start_matches("/bot").split('/');
    let token = parts.next().unwrap_or_default().replace("%3A", ":").replace("%3a", ":");
    let method: Vec<_> = parts.filter(|part| *part != "test").collect();
    let method = method.join("/").to_ascii_lowercase();

    if let Some(answer) = outage(&shared).await {
        return answer;
    }
    match token.split_once(':') {
        Some((id, secret)) if !secret.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) => {}
        _ => return respond(Err(ApiError::new(404, "Not Found"))),
    }
    if token != shared.read(|world| world.bot.token.clone()) {
        return respond(Err(ApiError::new(401, "Unauthorized")));
    }
    let params = match Params::read(request).await {
        Ok(params) => params,
        Err(error) => return respond(Err(error)),
    };
    let failure = shared.change(|world| world.faults.take(&method));
    let answer = match failure {
        Some(failure) => {
            if failure.carried_out {
                let _ = call(&shared, &method, &params).await;
            }
            Err(failure.into())
        }
        None => call(&shared, &method, &params).await,
    };
    let code = answer.as_ref().err().map_or(200, |error| error.code);
    shared.change(|world| world.record(Call { method, params: params.into_inner(), code }));
    respond(answer)
}

async fn call(shared: &Shared, method: &str, params: &Params) -> Result<Value> {
    match method {
        "getupdates" => updates::get(shared, params).await,
        "getme" => Ok(shared.read(settings::me)),
        "setwebhook" => shared.change(|world| updates::set_webhook(world, params)),
        "deletewebhook" => shared.change(|world| updates::delete_webhook(world, params)),
        "getwebhookinfo" => Ok(shared.read(updates::webhook_info)),
        "sendmessage" => shared.change(|world| messages::send(world, params)),
        "editmessagetext" => shared.change(|world| messages::edit(world, params)),
        "editmessagereplymarkup" => shared.change(|world| messages::edit_markup(world, params)),
        "deletemessage" => shared.change(|world| messages::delete(world, params)),
        "pinchatmessage" => shared.change(|world| messages::pin(world, params)),
        "sendchataction" => shared.change(|world| messages::action(world, params)),
        "answercallbackquery" => shared.change(|world| messages::answer_callback(world, params)),
        "setmycommands" => shared.change(|world| settings::set_commands(world, params)),
        "getmycommands" => shared.read(|world| settings::commands(world, params)),
        "deletemycommands" => shared.change(|world| settings::delete_commands(world, params)),
        "setchatmenubutton" => shared.change(|world| settings::set_menu_button(world, params)),
        "getchatmenubutton" => shared.read(|world| settings::menu_button(world, params)),
        "getchat" => shared.read(|world| settings::chat(world, params)),
        _ => Err(ApiError::new(404, "Not Found: method not found")),
    }
}

/// What everybody gets while the whole API is out of order.
async fn outage(shared: &Shared) -> Option<Response> {
    let mut changed = shared.changed();
    let mut waited = false;
    loop {
        match shared.read(|world| world.faults.outage) {
            Outage::None if waited => return Some(respond(Err(ApiError::new(504, "Gateway Timeout")))),
            Outage::None => return None,
            Outage::ServerError => return Some(respond(Err(ApiError::new(502, "Bad Gateway")))),
            Outage::Silence => {
                if !waited {
                    shared.change(|world| world.silenced += 1);
                }
                waited = true;
                if changed.changed().await.is_err() {
                    return None;
                }
            }
        }
    }
}

fn respond(answer: Result<Value>) -> Response {
    match answer {
        Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
        Err(error) => {
            let mut body = json!({"ok": false, "error_code": error.code, "description": error.description});
            if let Some(parameters) = error.parameters {
                body["parameters"] = parameters;
            }
            let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(body)).into_response()
        }
    }
}

/// The query string of a request.
async fn query(request: Request) -> (std::collections::HashMap<String, String>, Request) {
    let (mut parts, body) = request.into_parts();
    let query = axum::extract::Query::from_request_parts(&mut parts, &()).await;
    (query.map(|query| query.0).unwrap_or_default(), Request::from_parts(parts, body))
}
