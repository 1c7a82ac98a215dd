//! The live channel: what is told to whom, and that nothing is missed.

use app::model::user::Role;
use serde_json::json;
use sqlx::PgPool;

use crate::helpers::{
    TestApp,
    launch::Signed,
    screen::Screen,
    watch::{Watch, good},
};

async fn signed_in(app: &TestApp, role: Role) -> Signed {
    app.with_role(700 + role as i64, role.as_str()).await
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_screen_hears_of_a_change_and_misses_nothing_while_it_sleeps(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    let token = signed_in(&watch.app, Role::Employee).await.token;
    let seq = watch.admin.get("/servers").await.expect(200)["seq"].clone();
    let topics = json!(["servers", "alerts"]);
    let mut screen = Screen::open(&watch.app, &json!({ "token": token, "topics": topics, "resume": seq })).await;
    assert_eq!(screen.next().await.expect("a frame")["event"], "now");
    watch.see(&[monitor], &good()).await;
    let frame = screen.news().await;
    assert_eq!(
        (&frame["event"], &frame["data"]["id"], &frame["data"]["state"]),
        (&json!("server.state"), &json!(server), &json!("up"))
    );
    drop(screen);

    watch.goes_down(&[monitor]).await;
    let hello = json!({ "token": token, "topics": topics, "resume": frame["seq"] });
    let mut screen = Screen::open(&watch.app, &hello).await;
    let mut events = Vec::new();
    while events.len() < 2 {
        events.push(screen.news().await["event"].as_str().expect("text").to_owned());
    }
    assert_eq!(events, ["server.state", "incident.opened"]);
    watch.comes_back(&[monitor]).await;
    assert_eq!(screen.news().await["data"]["state"], "up");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_no_longer_known_is_asked_anew(db: PgPool) {
    let watch = Watch::start(db).await;
    let token = signed_in(&watch.app, Role::Employee).await.token;
    for resume in [json!(-5), json!(1_000_000)] {
        let hello = json!({ "token": token, "topics": ["servers"], "resume": resume });
        let mut screen = Screen::open(&watch.app, &hello).await;
        assert_eq!(screen.next().await.expect("a frame")["event"], "reload", "{resume}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn nobody_hears_what_he_may_not_know(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (_, monitor) = watch.server("server", None).await;
    let guest = signed_in(&watch.app, Role::Guest).await.token;
    let mut screen = Screen::open(&watch.app, &json!({ "token": guest, "topics": ["servers", "alerts"] })).await;
    assert_eq!(screen.next().await.expect("a frame")["event"], "now");
    watch.goes_down(&[monitor]).await;
    // The next beat comes after the news would have.
    assert_eq!(screen.next().await.expect("a frame")["event"], "now");

    let operator = signed_in(&watch.app, Role::Operator).await;
    let mut screen = Screen::open(&watch.app, &json!({ "token": operator.token, "topics": ["servers"] })).await;
    assert_eq!(screen.next().await.expect("a frame")["event"], "now");
    watch.app.client.delete(watch.app.at("/api/v1/session")).bearer_auth(&operator.token).send().await.expect("ended");
    let code = loop {
        if let Err(code) = screen.next().await {
            break code;
        }
    };
    assert_eq!(code, 4401);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn whoever_does_not_introduce_himself_is_shown_out(db: PgPool) {
    let app = TestApp::with().without_workers().start(db).await;
    for (hello, code) in [
        (json!({ "token": "a".repeat(43), "topics": [] }), 4401),
        (json!({ "token": "", "topics": ["servers"] }), 4401),
        (json!({ "topics": "servers" }), 1008),
        (json!([]), 1008),
    ] {
        assert_eq!(Screen::open(&app, &hello).await.next().await, Err(code), "{hello}");
    }
    let long = json!({ "token": "a".repeat(100_000), "topics": [] });
    assert!(Screen::open(&app, &long).await.next().await.is_err());
}
