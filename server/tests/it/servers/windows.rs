//! Planned windows: they mute, they hide nothing.

use std::collections::BTreeSet;

use serde_json::json;
use sqlx::PgPool;
use vakhta::services::incidents::pending;

use crate::helpers::watch::{Watch, kinds};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_window_covers_what_it_says_and_the_preview_says_the_same(db: PgPool) {
    let watch = Watch::start(db).await;
    let (first, _) = watch.server("first", None).await;
    let (second, _) = watch.server("second", None).await;
    watch.admin.patch(&format!("/servers/{second}"), &json!({ "version": 1, "group": "Почта" })).await.expect(200);
    let wire = |at: time::OffsetDateTime| app::model::wire_time::time_text(at);
    let hour = time::Duration::HOUR;
    let draft = json!({
        "title": "Обновление", "groups": ["Почта"],
        "schedule": { "kind": "once", "from": wire(watch.now - hour), "to": wire(watch.now + hour) }
    });
    let preview = watch.admin.post_json("/maintenance/preview", &draft).await.expect(200);
    assert_eq!(
        (&preview["servers"], &preview["names"], &preview["monitors"]),
        (&json!(1), &json!(["second"]), &json!(1))
    );
    assert_eq!(watch.state(&second).await, "unknown", "a preview does nothing");
    let planned = watch.admin.post_json("/maintenance", &draft).await.expect(201);
    assert_eq!(planned["open"], true);
    assert_eq!((watch.state(&first).await.as_str(), watch.state(&second).await.as_str()), ("unknown", "maintenance"));
    let id = planned["id"].as_str().expect("an id");
    assert_eq!(watch.admin.get("/maintenance").await.expect(200)["items"][0]["id"], id);
    watch.admin.delete(&format!("/maintenance/{id}")).await.expect(204);
    watch.admin.delete(&format!("/maintenance/{id}")).await.expect_problem(404, "not_found");
    assert_eq!(watch.state(&second).await, "unknown");
    for (change, field) in [
        (json!({ "groups": [] }), "servers"),
        (json!({ "groups": ["нет такой"] }), "groups"),
        (json!({ "servers": ["999"] }), "servers"),
        (json!({ "title": " " }), "title"),
    ] {
        let mut wrong = draft.clone();
        for (name, value) in change.as_object().expect("an object") {
            wrong[name] = value.clone();
        }
        assert_eq!(watch.admin.post_json("/maintenance", &wrong).await.expect(422)["field"], field, "{change}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_incident_of_a_window_is_quiet_until_the_window_ends(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, monitor) = watch.server("server", None).await;
    let draft = json!({
        "title": "Обновление", "servers": [server],
        "schedule": { "kind": "weekly", "days": [1, 2, 3, 4, 5, 6, 7], "at": "00:00", "minutes": 1440 }
    });
    let id = watch.admin.post_json("/maintenance", &draft).await.expect(201)["id"].as_str().expect("an id").to_owned();
    watch.goes_down(&[monitor]).await;
    assert_eq!(watch.incident().await["quiet"], true);
    let covered = pending::follow_windows(&watch.app.state.deps, &BTreeSet::new(), watch.now).await.expect("followed");
    assert_eq!(covered.len(), 1);
    assert_eq!(watch.incident().await["quiet"], true);
    watch.admin.delete(&format!("/maintenance/{id}")).await.expect(204);
    let covered = pending::follow_windows(&watch.app.state.deps, &covered, watch.now).await.expect("followed");
    assert!(covered.is_empty());
    let incident = watch.incident().await;
    assert_eq!((&incident["quiet"], kinds(&incident)), (&json!(false), vec!["opened", "maintenance_ended"]));
    assert_eq!(watch.state(&server).await, "down");
}
