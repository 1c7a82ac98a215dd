use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse as _, Response},
    routing::{delete, get, post},
};
use serde_json::{Value, json};
use simulators::{
    Fleet, Telegram, cast,
    fleet::{Kind, Plan},
    seed, telegram,
};
use tokio::{net::TcpListener, task::JoinSet};

use super::fleet;

/// The servers that were entered, as a server of the product would keep them.
#[derive(Default)]
struct Entered {
    servers: Vec<Value>,
    /// Whether somebody was told to come back later.
    held_up: bool,
    /// How many monitors were added afterwards.
    renewed: usize,
}

type App = State<Arc<Mutex<Entered>>>;

async fn create(State(entered): App, Json(mut draft): Json<Value>) -> Response {
    let mut entered = entered.lock().unwrap();
    if !entered.held_up && entered.servers.len() == 3 {
        entered.held_up = true;
        return (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "0")]).into_response();
    }
    draft["id"] = json!((entered.servers.len() + 1).to_string());
    for monitor in draft["monitors"].as_array_mut().unwrap() {
        monitor["id"] = json!("9");
    }
    entered.servers.push(draft.clone());
    // The address that a job calls is told once.
    for monitor in draft["monitors"].as_array_mut().unwrap().iter_mut().filter(|monitor| monitor["kind"] == "push") {
        monitor["target"] = json!("/push/secret");
    }
    (StatusCode::CREATED, Json(draft)).into_response()
}

async fn add_monitor(State(entered): App, Json(mut draft): Json<Value>) -> (StatusCode, Json<Value>) {
    entered.lock().unwrap().renewed += 1;
    draft["target"] = json!("/push/secret");
    (StatusCode::CREATED, Json(draft))
}

async fn list(State(entered): App) -> Json<Value> {
    Json(json!({"items": entered.lock().unwrap().servers, "next": null, "watch": {"ping_not_permitted": false}}))
}

async fn one(State(entered): App, Path(id): Path<String>) -> Json<Value> {
    let entered = entered.lock().unwrap();
    Json(entered.servers.iter().find(|server| server["id"] == id).unwrap().clone())
}

/// As much of the product as it takes to enter servers.
fn product(entered: Arc<Mutex<Entered>>) -> Router {
    let session = post(|| async { (StatusCode::CREATED, Json(json!({"token": "t"}))) });
    Router::new()
        .route("/api/v1/session", session.merge(delete(|| async { StatusCode::NO_CONTENT })))
        .route("/api/v1/employees", get(|| async { Json(json!({"items": [{"id": "71"}, {"id": "72"}]})) }))
        .route("/api/v1/servers", post(create).get(list))
        .route("/api/v1/servers/{id}", get(one))
        .route("/api/v1/servers/{id}/monitors", post(add_monitor))
        .route("/api/v1/monitors/9", delete(|| async { StatusCode::NO_CONTENT }))
        .with_state(entered)
}

#[tokio::test]
async fn a_fleet_is_entered_once_parents_first() {
    let entered = Arc::new(Mutex::new(Entered::default()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let app_url = format!("http://{}", listener.local_addr().unwrap());
    let app = product(entered.clone());
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, app).await.unwrap() });
    let fleet = Arc::new(fleet().await);
    let Plan { servers: planned, .. } = fleet.plan();
    let options = telegram::Options { fleet: Some(fleet.clone()), ..telegram::Options::default() };
    let simulators = Telegram::start(options).await.unwrap();
    let options = seed::Options {
        app_url,
        bot_token: simulators.bot_token().to_owned(),
        admin_id: cast::ADMIN.id,
        telegram_url: None,
        otrs: false,
        fleet_url: Some(simulators.api_url()),
        people: 0,
    };

    assert_eq!(seed::enter_fleet(&options).await.unwrap(), planned.len() as u64);
    let found = entered.lock().unwrap().servers.clone();
    for (server, planned) in found.iter().zip(planned) {
        let parent = found.iter().find(|other| other["id"] == server["parent_id"]);
        assert_eq!(parent.and_then(|parent| parent["name"].as_str()), planned.parent.as_deref(), "{}", planned.name);
        assert!(server["responsible_id"].is_string());
    }
    assert!(fleet.untold().is_empty(), "all jobs know whom to call");
    assert_eq!(seed::enter_fleet(&options).await.unwrap(), 0, "a second time adds nothing");
    let all = |entered: &Entered| (entered.servers.len(), entered.renewed);
    assert_eq!(all(&entered.lock().unwrap()), (planned.len(), 0));

    let nowhere = Telegram::start(telegram::Options::default()).await.unwrap();
    let without = seed::Options { fleet_url: Some(nowhere.api_url()), ..options };
    assert_eq!(seed::enter_fleet(&without).await.unwrap(), 0, "no fleet, nothing to enter");

    let plan = fleet.plan().clone();
    let jobs = plan.servers.iter().filter(|server| server.service(Kind::Push).is_some()).count();
    let restarted = Arc::new(Fleet::start_anywhere(plan).await.unwrap());
    let beside = telegram::Options { fleet: Some(restarted.clone()), ..telegram::Options::default() };
    let simulators = Telegram::start(beside).await.unwrap();
    let options = seed::Options { fleet_url: Some(simulators.api_url()), ..without };
    assert_eq!(restarted.untold().len(), jobs);
    assert_eq!(seed::enter_fleet(&options).await.unwrap(), 0);
    assert_eq!(all(&entered.lock().unwrap()), (planned.len(), jobs), "jobs that forgot their address get another");
    assert!(restarted.untold().is_empty());
}
