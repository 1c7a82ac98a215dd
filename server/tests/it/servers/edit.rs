//! Entering, changing and removing servers, monitors and groups.

use app::model::user::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{TestApp, watch::Watch};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_server_is_what_was_entered_with_defaults(db: PgPool) {
    let app = TestApp::with().without_workers().start(db).await;
    let admin = app.user(Role::Admin).await;
    let draft = json!({
        "name": "  db-02 ", "address": "10.16.0.9", "group": "Базы данных", "tags": ["критично", "критично", " "],
        "notes": " ", "runbook_url": "https://wiki.example/db", "unknown": 1,
        "monitors": [{ "kind": "ping" }, { "kind": "tcp", "target": ":5432", "interval_s": 60 }]
    });
    let answer = admin.post_json("/servers", &draft).await;
    let location = answer.headers["location"].to_str().expect("text").to_owned();
    let server = answer.expect(201);
    assert_eq!(location, format!("/api/v1/servers/{}", server["id"].as_str().expect("an id")));
    assert_eq!(
        (&server["name"], &server["group"], &server["tags"], &server["notes"], &server["version"], &server["state"]),
        (&json!("db-02"), &json!("Базы данных"), &json!(["критично"]), &Value::Null, &json!(1), &json!("unknown"))
    );
    assert_eq!(server["warnings"], json!(["address_is_private"]));
    let kinds: Vec<&Value> =
        server["monitors"].as_array().expect("monitors").iter().map(|monitor| &monitor["interval_s"]).collect();
    assert_eq!(kinds, [30, 60]);
    let groups = admin.get("/groups").await.expect(200);
    assert_eq!((&groups["items"][0]["name"], &groups["items"][0]["servers"]), (&json!("Базы данных"), &json!(1)));
    let list = admin.get("/servers?q=КРИТ&group=Базы данных&state=unknown").await.expect(200);
    assert_eq!(list["items"][0]["id"], server["id"]);
    assert_eq!(admin.get("/servers?q=другое").await.expect(200)["items"], json!([]));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_cannot_be_watched_is_refused_by_its_field(db: PgPool) {
    let app = TestApp::with().without_workers().start(db).await;
    let admin = app.user(Role::Admin).await;
    let monitor = |monitor: Value| json!({ "name": "a", "address": "192.0.2.1", "monitors": [monitor] });
    for (draft, field) in [
        (json!({ "address": "192.0.2.1" }), "name"),
        (json!({ "name": "я".repeat(101), "address": "192.0.2.1" }), "name"),
        (json!({ "name": "a", "address": "" }), "address"),
        (json!({ "name": "a", "address": "not a host" }), "address"),
        (json!({ "name": "a", "address": "192.0.2.1", "runbook_url": "javascript:alert(1)" }), "runbook_url"),
        (json!({ "name": "a", "address": "192.0.2.1", "parent_id": "999" }), "parent_id"),
        (json!({ "name": "a", "address": "192.0.2.1", "responsible_id": "999" }), "responsible_id"),
        (json!({ "name": "a", "address": "192.0.2.1", "tags": ["я".repeat(41)] }), "tags"),
        (monitor(json!({ "kind": "tcp", "target": "192.0.2.1" })), "monitors.0.target"),
        (monitor(json!({ "kind": "http", "target": "ftp://192.0.2.1" })), "monitors.0.target"),
        (monitor(json!({ "kind": "ping", "interval_s": 1 })), "monitors.0.interval_s"),
    ] {
        let problem = admin.post_json("/servers", &draft).await.expect(422);
        assert_eq!(problem["field"], field, "{draft}: {problem}");
    }
    assert_eq!(admin.get("/servers").await.expect(200)["items"], json!([]));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_change_names_the_version_it_saw_and_makes_no_circle(db: PgPool) {
    let watch = Watch::start(db).await;
    let admin = &watch.admin;
    let (switch, _) = watch.server("switch", None).await;
    let (server, _) = watch.server("server", Some(&switch)).await;
    let path = format!("/servers/{server}");
    let changed = admin.patch(&path, &json!({ "version": 1, "notes": "x", "group": "Сеть" })).await.expect(200);
    assert_eq!(
        (&changed["version"], &changed["notes"], &changed["parent_name"]),
        (&json!(2), &json!("x"), &json!("switch"))
    );
    let stale = admin.patch(&path, &json!({ "version": 1, "notes": "y" })).await.expect_problem(409, "server_conflict");
    assert_eq!(stale["current"]["notes"], "x");
    let own = json!({ "version": 1, "parent_id": server });
    let circle = admin.patch(&format!("/servers/{switch}"), &own).await.expect_problem(422, "parent_circle");
    assert_eq!(circle["field"], "parent_id");
    let taken = json!({ "version": 2, "name": "SWITCH" });
    admin.patch(&path, &taken).await.expect_problem(409, "server_name_taken");
    assert_eq!(admin.get(&format!("/servers/{switch}")).await.expect(200)["children"], 1);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn deleting_can_be_undone_and_frees_the_name(db: PgPool) {
    let watch = Watch::start(db).await;
    let admin = &watch.admin;
    let (server, _) = watch.server("server", None).await;
    let path = format!("/servers/{server}");
    admin.delete(&path).await.expect(204);
    admin.delete(&path).await.expect(204);
    admin.get(&path).await.expect_problem(404, "not_found");
    assert_eq!(admin.get("/servers").await.expect(200)["items"], json!([]));
    let (other, _) = watch.server("server", None).await;
    admin.post(&format!("{path}/restore")).await.expect_problem(409, "server_name_taken");
    admin.delete(&format!("/servers/{other}")).await.expect(204);
    assert_eq!(admin.post(&format!("{path}/restore")).await.expect(200)["monitors"].as_array().map(Vec::len), Some(1));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_job_is_told_its_address_once_and_calls_it(db: PgPool) {
    let watch = Watch::start(db).await;
    let draft = json!({ "name": "backup", "address": "192.0.2.1", "monitors": [{ "kind": "push", "interval_s": 60 }] });
    let server = watch.admin.post_json("/servers", &draft).await.expect(201);
    let address = server["monitors"][0]["target"].as_str().expect("an address").to_owned();
    let path = format!("/servers/{}", server["id"].as_str().expect("an id"));
    assert_eq!(watch.admin.get(&path).await.expect(200)["monitors"][0]["target"], "");
    let call = async |query: &str| {
        let address = address.replace(&*watch.app.state.deps.public_url.to_string(), &watch.app.at("/"));
        watch.app.client.get(format!("{address}{query}")).send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(call("?ping=1500&cpu=37.4&disk=200").await, 204);
    let monitor = watch.admin.get(&path).await.expect(200)["monitors"][0].clone();
    assert_eq!((&monitor["state"], &monitor["latency_ms"]), (&json!("up"), &json!(1500)));
    assert_eq!(monitor["figures"], json!({ "cpu": 37, "memory": null, "disk": 100 }));
    assert_eq!(call("?status=down&msg=disk+is+full").await, 204);
    let monitor = watch.admin.get(&path).await.expect(200)["monitors"][0].clone();
    assert_eq!(monitor["state"], "up", "once is not often");
    let made_up = format!("/push/{}", "a".repeat(43));
    assert_eq!(watch.app.get(&made_up).await.status().as_u16(), 404);
    assert_eq!(watch.app.get("/push/short").await.status().as_u16(), 404);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn rights_follow_the_table(db: PgPool) {
    let watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    let draft = json!({ "name": "a", "address": "192.0.2.2" });
    let window = json!({ "title": "a", "everything": true, "schedule": { "kind": "weekly", "days": [1], "at": "03:00", "minutes": 5 } });
    for (role, read, operate) in [(Role::Guest, 403, 403), (Role::Employee, 200, 403), (Role::Operator, 200, 202)] {
        let user = watch.app.user(role).await;
        user.get("/servers").await.expect(read);
        user.get("/servers/summary").await.expect(read);
        user.get(&format!("/servers/{server}")).await.expect(read);
        user.get(&format!("/servers/{server}/history")).await.expect(read);
        user.get("/incidents").await.expect(read);
        user.get("/maintenance").await.expect(read);
        user.post(&format!("/servers/{server}/check-now")).await.expect(operate);
        user.post_json("/maintenance/preview", &window).await.expect(if operate == 202 { 200 } else { 403 });
        user.post_json("/servers", &draft).await.expect_problem(403, "forbidden");
        user.patch(&format!("/monitors/{monitor}"), &json!({ "paused": true })).await.expect_problem(403, "forbidden");
        user.delete(&format!("/servers/{server}")).await.expect_problem(403, "forbidden");
        user.get("/settings/monitoring").await.expect_problem(403, "forbidden");
        user.post_json("/groups", &json!({ "name": "x" })).await.expect_problem(403, "forbidden");
    }
}
