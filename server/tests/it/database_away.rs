//! The database goes away and comes back.

use std::sync::Arc;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use vakhta::{
    events::{Event, Hub, Signal},
    store::notify,
};

use crate::helpers::{TestApp, cable::Cable, described::Answered as _};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn whoever_makes_up_tokens_is_soon_not_even_looked_up(db: PgPool) {
    let mut cable = Cable::to(&db);
    let app = TestApp::with().var("RATE_LIMIT_REQUESTS", "1").start(cable.pool()).await;
    let ask = async |n: usize| {
        let request = reqwest::Client::new().get(app.at("/api/v1/me"));
        request.bearer_auth(format!("{n:0>43}")).answered().await.status()
    };
    for n in 0..30 {
        ask(n).await;
    }
    cable.pull();
    // All at once: who waits for the database one after the other is allowed again meanwhile.
    let answers = futures_util::future::join_all((0..30).map(ask)).await;
    assert!(answers.contains(&StatusCode::TOO_MANY_REQUESTS), "the database is asked each time: {answers:?}");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn it_says_so_and_recovers(db: PgPool) {
    let mut cable = Cable::to(&db);
    let app = TestApp::start(cable.pool()).await;
    let admin = app.admin().await;
    assert_eq!(app.get_as(&admin, "/api/v1/accounts").await.status(), StatusCode::OK);

    cable.pull();
    assert_eq!(app.get("/health").await.status(), StatusCode::OK);
    assert_eq!(app.get("/health/ready").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    let response = app.get_as(&admin, "/api/v1/accounts").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key("retry-after"));
    let problem: Value = response.json().await.expect("JSON");
    assert_eq!(problem["code"], "unavailable");

    cable.plug();
    assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK);
    assert_eq!(app.get_as(&admin, "/api/v1/accounts").await.status(), StatusCode::OK);
    assert!(app.stop().await, "a clean stop");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn listeners_are_told_that_they_may_have_missed_something(db: PgPool) {
    let mut cable = Cable::to(&db);
    let hub = Arc::new(Hub::default());
    let (mut listener, stop) = (hub.subscribe(), CancellationToken::new());
    let mut running = JoinSet::new();
    running.spawn({
        let (hub, pool, stop) = (hub.clone(), cable.pool(), stop.clone());
        async move { hub.run(pool, stop).await }
    });
    // Connected: whatever happened before was not heard.
    assert_eq!(listener.next().await, Some(Signal::Missed));

    let event = Event::EmployeeChanged { id: Some(7.into()) };
    announce(&db, &event).await;
    assert_eq!(listener.next().await, Some(Signal::Changed(event.clone())));

    cable.pull();
    cable.plug();
    assert_eq!(listener.next().await, Some(Signal::Missed));
    announce(&db, &event).await;
    assert_eq!(listener.next().await, Some(Signal::Changed(event)));
    stop.cancel();
    running.join_all().await;
}

async fn announce(db: &PgPool, event: &Event) {
    let mut connection = db.acquire().await.expect("a connection");
    notify::announce(&mut connection, event).await.expect("announced");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_change_is_refused_and_not_half_done(db: PgPool) {
    let mut cable = Cable::to(&db);
    let app = TestApp::start(cable.pool()).await;
    let admin = app.admin().await;
    let path = format!("/api/v1/accounts/{}", admin.id());
    cable.pull();
    let request = app.request_of(&admin, Method::PATCH, &path).json(&json!({ "decline_request": true }));
    assert_eq!(request.answered().await.status(), StatusCode::SERVICE_UNAVAILABLE);
}
