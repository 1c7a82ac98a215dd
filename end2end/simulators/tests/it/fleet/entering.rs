use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse as _, Response},
    routing::{delete, get, post},
};
use serde_json::{Value, json};
use simulators::{Telegram, cast, fleet::Plan, seed, telegram};
use tokio::{net::TcpListener, task::JoinSet};

use super::fleet;

/// The servers that were entered, as a server of the product would keep them.
#[derive(Default)]
struct Entered {
    servers: Vec<Value>,
    /// Whether somebody was told to come back later.
    held_up: bool,
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
        if monitor["kind"] == "push" {
            monitor["target"] = json!("/push/secret");
        }
    }
    entered.servers.push(draft.clone());
    (StatusCode::CREATED, Json(draft)).into_response()
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
    assert_eq!(seed::enter_fleet(&options).await.unwrap(), 0, "a second time adds nothing");
    assert_eq!(entered.lock().unwrap().servers.len(), planned.len());

    let nowhere = Telegram::start(telegram::Options::default()).await.unwrap();
    let without = seed::Options { fleet_url: Some(nowhere.api_url()), ..options };
    assert_eq!(seed::enter_fleet(&without).await.unwrap(), 0, "no fleet, nothing to enter");
}
