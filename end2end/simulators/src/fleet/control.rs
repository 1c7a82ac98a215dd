//! The fleet over HTTP: the page, how everything is, and the switches.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Cause, Fault, Fleet, Kind, Refused, Which, page,
    plan::{Plan, Server},
};
use crate::{clock, telegram::page as client_page};

const LONGEST_WAIT: Duration = Duration::from_secs(25);
const LONGEST_STORM_S: u64 = 3_600;

type App = State<Arc<Fleet>>;
type Answer = Result<Json<Value>, Response>;

/// `/fleet` and what is below it.
pub fn router(fleet: Arc<Fleet>) -> Router {
    Router::new()
        .route("/fleet", get(page::index))
        .route("/fleet/page/{file}", get(page::file))
        .route("/fleet/plan", get(plan))
        .route("/fleet/servers", get(servers))
        .route("/fleet/servers/{name}/switch", post(switch))
        .route("/fleet/servers/{name}/push", post(push))
        .route("/fleet/storm", post(storm))
        .route("/fleet/calm", post(calm))
        .with_state(fleet)
}

/// The same where no simulated Telegram is beside it.
pub fn alone(fleet: Arc<Fleet>) -> Router {
    router(fleet).route("/page/{file}", get(client_page::file)).route("/", get(|| async { Redirect::to("/fleet") }))
}

/// What the seed needs to enter the fleet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Described {
    /// The servers.
    pub plan: Plan,
    /// The authority of their certificates, PEM.
    pub ca: String,
    /// The servers whose jobs were not told yet which address to call.
    pub untold: Vec<String>,
}

async fn plan(State(fleet): App) -> Json<Described> {
    Json(Described { plan: fleet.plan().clone(), ca: fleet.ca().to_owned(), untold: fleet.untold() })
}

#[derive(Deserialize)]
struct Ask {
    /// Revision that the page has; the answer waits for another one.
    after: Option<u64>,
}

async fn servers(State(fleet): App, Query(ask): Query<Ask>) -> Json<Value> {
    let mut settled = fleet.shared.settled.subscribe();
    let differs = settled.wait_for(|settled| Some(settled.revision) != ask.after);
    let _ = tokio::time::timeout(LONGEST_WAIT, differs).await;
    Json(view(&fleet))
}

fn view(fleet: &Fleet) -> Value {
    let shared = &fleet.shared;
    let revision = shared.settled.borrow().revision;
    let board = shared.board();
    let now = board.now(clock::now_ms());
    let server = |(at, server): (usize, &Server)| {
        let (cause, by) = match now[at].cause {
            None => (None, None),
            Some(Cause::Itself) => (Some("itself"), None),
            Some(Cause::Storm) => (Some("storm"), None),
            Some(Cause::Parent(by)) => (Some("parent"), Some(&shared.plan.servers[by].name)),
        };
        let lines = &shared.lines[at];
        let services = server.services.iter().zip(board.set(at)).zip(&now[at].services).zip(lines);
        let services = services.map(|(((service, set), now), line)| {
            json!({
                "kind": service.kind,
                "port": service.port,
                "set": set,
                "now": now,
                "problem": line.as_ref().and_then(super::Line::problem).as_deref(),
            })
        });
        json!({
            "name": server.name, "address": server.address, "group": server.group, "parent": server.parent,
            "notes": server.notes, "cause": cause, "by": by, "services": services.collect::<Vec<_>>(),
        })
    };
    let fitting = |kind: Kind| Fault::all().into_iter().filter(|fault| fault.fits(kind)).collect::<Vec<_>>();
    json!({
        "revision": revision,
        "no_ping": board.no_ping(),
        "storm_ends_ms": board.storm_ends_ms(),
        "faults": Kind::ALL.map(|kind| json!({"kind": kind, "fitting": fitting(kind)})),
        "servers": shared.plan.servers.iter().enumerate().map(server).collect::<Vec<_>>(),
    })
}

#[derive(Deserialize)]
struct Switch {
    /// A kind, or `all`.
    service: String,
    #[serde(flatten)]
    fault: Fault,
}

async fn switch(State(fleet): App, Path(name): Path<String>, Json(switch): Json<Switch>) -> Answer {
    let which = match switch.service.as_str() {
        "all" => Which::All,
        kind => Which::One(serde_json::from_value(json!(kind)).map_err(wrong)?),
    };
    fleet.switch(&name, which, switch.fault).await.map_err(refused)?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Push {
    url: String,
    every_s: u64,
}

async fn push(State(fleet): App, Path(name): Path<String>, Json(push): Json<Push>) -> Answer {
    let every = Duration::from_secs(push.every_s.clamp(1, 86_400));
    fleet.tell_push(&name, &push.url, every).map_err(refused)?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Storm {
    servers: usize,
    seconds: u64,
}

async fn storm(State(fleet): App, Json(storm): Json<Storm>) -> Answer {
    let lasts = Duration::from_secs(storm.seconds.clamp(1, LONGEST_STORM_S));
    let fallen = fleet.storm(storm.servers, lasts).await;
    Ok(Json(json!({"servers": fallen})))
}

async fn calm(State(fleet): App) -> Answer {
    fleet.calm().await;
    Ok(Json(json!({})))
}

fn refused(why: Refused) -> Response {
    let status = match why {
        Refused::UnknownServer(_) => StatusCode::NOT_FOUND,
        Refused::DoesNotFit(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refused::PingNotAvailable(_) => StatusCode::CONFLICT,
    };
    (status, Json(json!({"detail": why.to_string()}))).into_response()
}

fn wrong(error: impl std::fmt::Display) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({"detail": error.to_string()}))).into_response()
}
