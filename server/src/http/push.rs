//! `/push/{secret}`: a job or an agent says that it lives. No session: the secret is the right.

use std::time::Duration;

use app::model::{error::Reference, monitor::Figures};
use axum::{
    Extension,
    extract::{Request, State},
    http::StatusCode,
};
use serde::Deserialize;

use crate::{
    clock,
    http::{
        extract::{Path, Query},
        middleware::rate_limit::address_of,
        problem::Failure,
    },
    services::{
        Deps,
        checks::push::{self, Said},
    },
};

/// What a call may say, in its query: `?status=down&msg=…&ping=12&cpu=37&memory=62&disk=81`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Call {
    /// `up` or nothing; anything else is a failure.
    status: String,
    /// What went wrong.
    msg: String,
    /// How long the job took, in milliseconds.
    ping: Option<String>,
    cpu: Option<String>,
    memory: Option<String>,
    disk: Option<String>,
}

/// Records the call.
pub(super) async fn alive(
    State(deps): State<Deps>,
    Extension(reference): Extension<Reference>,
    Path(secret): Path<String>,
    Query(call): Query<Call>,
    request: Request,
) -> Result<StatusCode, Failure> {
    let per_cent = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<f64>().ok()).map(rounded);
    let figures = Figures { cpu: per_cent(&call.cpu), memory: per_cent(&call.memory), disk: per_cent(&call.disk) };
    let is_up = matches!(call.status.to_ascii_lowercase().as_str(), "" | "up" | "ok" | "0");
    let problem = (!is_up).then_some(if call.msg.is_empty() { call.status } else { call.msg });
    let took =
        call.ping.and_then(|text| text.parse().ok()).and_then(|ms: f64| Duration::try_from_secs_f64(ms / 1e3).ok());
    let said = Said { problem, took, figures: Some(figures).filter(|figures| *figures != Figures::default()) };
    push::alive(&deps, &secret, &address_of(&request), said, clock::now(), &reference).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn rounded(per_cent: f64) -> u8 {
    per_cent.clamp(0.0, 100.0).round() as u8
}
