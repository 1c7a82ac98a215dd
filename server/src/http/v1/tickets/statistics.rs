//! `/tickets/statistics`: figures of the work with tickets, and the same as a workbook.

use app::{
    backend::Statistics as _,
    model::{
        Error,
        import::Download,
        statistics::{Days, Period, Statistics, StatisticsQuery, Whose},
        wire_time,
    },
};
use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{
        extract::{Json, Query},
        files::{self, Asking},
        problem::Failure,
        v1::{examples, imports::Workbook},
    },
    services::{Caller, Deps, tickets::Tickets},
    state::AppState,
};

/// All of it.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(export)).routes(routes!(download))
}

/// Which figures are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// A period with a name, unless days are given; this month if neither is. Days are those of the organisation's zone.
    #[param(required = false, value_type = Period)]
    #[serde(default)]
    period: String,
    /// The first day.
    #[param(required = false, value_type = Date, example = "2026-11-01")]
    #[serde(default)]
    from: String,
    /// The last day; three years after the first one at most.
    #[param(required = false, value_type = Date, example = "2026-11-30")]
    #[serde(default)]
    to: String,
    /// In this queue or below it.
    #[param(required = false, example = "Helpdesk")]
    #[serde(default)]
    queue: String,
    /// `me` or a login. Without it administrators get everybody's figures, others their own.
    #[param(required = false, example = "me")]
    #[serde(default)]
    operator: String,
}

impl Wanted {
    fn query(self) -> Result<StatisticsQuery, Error> {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let day = |field: &'static str, text: &str| wire_time::date(text).ok_or_else(|| Error::invalid(field, "date"));
        let days = match (self.from.as_str(), self.to.as_str()) {
            ("", "") => {
                let period = some(self.period)
                    .map(|name| Period::from_name(&name).ok_or_else(|| Error::invalid("period", "invalid")));
                Days::Of(period.transpose()?.unwrap_or_default())
            }
            (from, to) => Days::Between(day("from", from)?, day("to", to)?),
        };
        let whose = some(self.operator).map(|name| if name == "me" { Whose::Mine } else { Whose::Agent(name) });
        Ok(StatisticsQuery { days, queue: some(self.queue), whose: whose.unwrap_or_default() })
    }
}

/// Figures of a period, by operator, queue and day. Operators get their own, of the queues they see; administrators
/// everybody's, of all queues.
#[utoipa::path(
    get, path = "/tickets/statistics", tag = "tickets", params(Wanted),
    responses((status = 200, description = "The figures", body = Statistics))
)]
async fn read(
    State(deps): State<Deps>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Statistics>, Failure> {
    Ok(Json(Tickets::new(deps, caller).statistics(wanted.query()?).await?))
}

/// The same figures as a workbook.
#[utoipa::path(
    get, path = "/tickets/statistics/export", tag = "tickets", params(Wanted),
    responses((
        status = 200, description = "A file", body = Workbook,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ))
)]
async fn export(
    State(deps): State<Deps>,
    caller: Caller,
    asking: Asking,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let reference = caller.reference.clone();
    files::answer(Tickets::new(deps, caller).statistics_workbook(wanted.query()?).await?, asking, &reference).await
}

/// A one-time address of that workbook, valid for 60 s without a session.
#[utoipa::path(
    post, path = "/tickets/statistics/download", tag = "tickets", params(Wanted),
    responses((status = 200, description = "The address", body = Download, example = json!(examples::download("tickets.xlsx"))))
)]
async fn download(
    State(deps): State<Deps>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Download>, Failure> {
    Ok(Json(Tickets::new(deps, caller).statistics_download(wanted.query()?).await?))
}
