//! The ticket system for people: a page, how everything is, and the switches.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Query, Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{any, get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Fault, Otrs, Outage, answer, catalog, page,
    people::{RIGHTS, Rights},
    world::{World, show, zone},
};

const LONGEST_WAIT: Duration = Duration::from_secs(25);
const LONGEST_DELAY_MS: u64 = 120_000;

type App = State<Arc<Otrs>>;
type Answer = Result<Json<Value>, Response>;

/// The page, its switches, and the web services themselves.
pub fn router(otrs: Arc<Otrs>) -> Router {
    let services = format!("/{}/nph-genericinterface.pl/{{*rest}}", otrs.prefix());
    let interface = format!("/{}/index.pl", otrs.prefix());
    Router::new()
        .route("/tickets", get(page::index))
        .route("/tickets/page/{file}", get(page::file))
        .route("/tickets/state", get(state))
        .route("/tickets/outage", post(outage))
        .route("/tickets/next", post(next))
        .route("/tickets/sessions", post(sessions))
        .route("/tickets/zone", post(set_zone))
        .route("/tickets/rights", post(rights))
        .route("/tickets/calm", post(calm))
        .route(&interface, get(|| async { Redirect::to("/tickets") }))
        .route(&services, any(|State(otrs): App, request: Request| answer(otrs, request)))
        .with_state(otrs)
}

#[derive(Deserialize)]
struct Ask {
    /// Revision that the page has; the answer waits for another one.
    after: Option<u64>,
}

async fn state(State(otrs): App, Query(ask): Query<Ask>) -> Json<Value> {
    let mut changed = otrs.revision.subscribe();
    let differs = changed.wait_for(|revision| Some(*revision) != ask.after);
    let _ = tokio::time::timeout(LONGEST_WAIT, differs).await;
    let revision = *otrs.revision.borrow();
    let mut view = otrs.look(view);
    view["revision"] = json!(revision);
    Json(view)
}

fn view(world: &World) -> Value {
    let login = |id| world.agent(id).map(|agent| &agent.login);
    let tickets = world.tickets.values().rev().map(|ticket| {
        json!({
            "id": ticket.id, "number": ticket.number, "title": ticket.title,
            "queue": world.catalog.queue(ticket.queue).map(|queue| &queue.name),
            "state": catalog::state(ticket.state).name, "priority": catalog::priority(ticket.priority),
            "locked": ticket.locked, "owner": login(ticket.owner), "customer": ticket.customer_user,
            "changed": show(ticket.changed), "articles": ticket.articles.len(),
        })
    });
    let mut groups: Vec<(i64, Vec<&str>)> = Vec::new();
    for queue in &world.catalog.queues {
        match groups.iter_mut().find(|(group, _)| *group == queue.group) {
            Some((_, names)) => names.push(&queue.name),
            None => groups.push((queue.group, vec![&queue.name])),
        }
    }
    let agents = world.agents.iter().filter(|agent| agent.password.is_some()).map(|agent| {
        let rights = groups.iter().map(|(group, _)| agent.rights.get(group).map_or(&[][..], Rights::names));
        json!({"login": agent.login, "name": agent.full_name(), "rights": rights.collect::<Vec<_>>()})
    });
    json!({
        "tickets": tickets.collect::<Vec<_>>(),
        "agents": agents.collect::<Vec<_>>(),
        "groups": groups.iter().map(|(group, queues)| json!({"id": group, "queues": queues})).collect::<Vec<_>>(),
        "sessions": world.sessions.len(),
        "outage": world.faults.outage,
        "delay_ms": world.faults.delay_ms,
        "next": world.faults.next,
        "zone": world.settings.zone.iana_name(),
        "clock": show(world.local_now()),
    })
}

#[derive(Deserialize)]
struct Trouble {
    outage: Outage,
    #[serde(default)]
    delay_ms: u64,
}

async fn outage(State(otrs): App, Json(trouble): Json<Trouble>) -> Json<Value> {
    otrs.change(|world| {
        world.faults.outage = trouble.outage;
        world.faults.delay_ms = trouble.delay_ms.min(LONGEST_DELAY_MS);
    });
    Json(json!({}))
}

#[derive(Deserialize)]
struct Next {
    operation: String,
    fault: Fault,
}

async fn next(State(otrs): App, Json(next): Json<Next>) -> Json<Value> {
    otrs.fail_next(&next.operation, next.fault);
    Json(json!({}))
}

/// Ends all sessions.
async fn sessions(State(otrs): App) -> Json<Value> {
    otrs.lose_sessions();
    Json(json!({}))
}

#[derive(Deserialize)]
struct Zone {
    zone: String,
}

async fn set_zone(State(otrs): App, Json(wanted): Json<Zone>) -> Answer {
    let zone = zone(&wanted.zone).ok_or_else(|| wrong("no such zone"))?;
    otrs.change(|world| world.settings.zone = zone);
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Given {
    agent: String,
    group: i64,
    /// `rw`, single rights, or none.
    rights: Vec<String>,
}

async fn rights(State(otrs): App, Json(given): Json<Given>) -> Answer {
    let names: Vec<_> = given.rights.iter().map(String::as_str).collect();
    if names.iter().any(|name| *name != "rw" && !RIGHTS.contains(name)) {
        return Err(wrong("no such right"));
    }
    let found = otrs.change(|world| {
        let agent = world.agents.iter_mut().find(|agent| agent.login == given.agent)?;
        Some(agent.rights.insert(given.group, Rights::only(&names)))
    });
    found.map(|_| Json(json!({}))).ok_or_else(|| wrong("no such agent"))
}

/// Everything is well again; what was changed stays.
async fn calm(State(otrs): App) -> Json<Value> {
    otrs.change(|world| world.faults = super::faults::Faults::default());
    Json(json!({}))
}

fn wrong(what: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({"detail": what}))).into_response()
}
