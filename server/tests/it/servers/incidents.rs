//! Incidents: one for a server, one for a parent and what is behind it, and what people do.

use app::model::user::Role;
use serde_json::json;
use sqlx::PgPool;

use crate::helpers::watch::{Watch, bad, good, kinds};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_incident_opens_with_the_deciding_check_and_closes_with_the_last_member(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (server, first) = watch.server("server", None).await;
    let more = json!({ "kind": "tcp", "target": ":80", "interval_s": 30 });
    let added = watch.admin.post_json(&format!("/servers/{server}/monitors"), &more).await.expect(201);
    let second = added["id"].as_str().expect("an id").parse().expect("an id");
    watch.goes_down(&[first]).await;
    watch.goes_down(&[second]).await;
    let incident = watch.incident().await;
    assert_eq!((&incident["server_id"], &incident["reason"]["code"]), (&json!(server), &json!("refused")));
    assert_eq!(kinds(&incident), ["opened", "joined"]);
    watch.comes_back(&[first]).await;
    assert_eq!(watch.incidents("open").await, ["server+0"]);
    watch.comes_back(&[second]).await;
    assert_eq!(watch.incidents("open").await, Vec::<String>::new());
    assert_eq!(watch.incidents("closed").await, ["server+0"]);
    watch.goes_down(&[first]).await;
    assert_eq!(watch.incidents("all").await, ["server+0", "server+0"], "a new one, the open one first");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_behind_a_parent_that_is_down_joins_its_incident(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (switch_id, switch) = watch.server("switch-3", None).await;
    let mut behind = Vec::new();
    for at in 0..5 {
        behind.push(watch.server(&format!("server-{at}"), Some(&switch_id)).await.1);
    }
    // The children are seen first, as it happens.
    watch.goes_down(&behind).await;
    assert_eq!(watch.incidents("open").await, Vec::<String>::new(), "the parent is looked at first");
    watch.goes_down(&[switch]).await;
    assert_eq!(watch.incidents("open").await, ["switch-3+5"]);
    let (late_id, late) = watch.server("late", Some(&switch_id)).await;
    watch.goes_down(&[late]).await;
    watch.waits(600).await;
    assert_eq!(watch.incidents("open").await, ["switch-3+6"]);
    assert_eq!(watch.state(&late_id).await, "down", "the alert is suppressed, not the truth");

    watch.comes_back(&[behind[0]]).await;
    assert_eq!(watch.incidents("open").await, ["switch-3+5"]);
    let mut back = behind.clone();
    back.push(switch);
    watch.comes_back(&back).await;
    assert_eq!(watch.incidents("open").await, Vec::<String>::new(), "the one still down gets time to come back");
    watch.waits(600).await;
    assert_eq!(watch.incidents("open").await, ["late+0"]);
    let own = watch.incident().await;
    assert_eq!(own["events"][0]["reason"], json!({ "code": "refused" }));
    assert_eq!(own["reason"], json!({ "code": "still_down_after_parent", "got": "switch-3" }));
    watch.comes_back(&[late]).await;
    assert_eq!(watch.incidents("closed").await.len(), 2);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_server_behind_a_parent_that_is_up_gets_its_own_after_one_retry(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (switch_id, switch) = watch.server("switch", None).await;
    let (_, server) = watch.server("server", Some(&switch_id)).await;
    watch.see(&[switch, server], &good()).await;
    watch.goes_down(&[server]).await;
    watch.waits(1).await;
    assert_eq!(watch.incidents("open").await, Vec::<String>::new());
    watch.waits(30).await;
    assert_eq!(watch.incidents("open").await, ["server+0"]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_parent_in_doubt_is_waited_for(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (switch_id, switch) = watch.server("switch", None).await;
    let (_, server) = watch.server("server", Some(&switch_id)).await;
    watch.see(&[switch], &good()).await;
    watch.goes_down(&[server]).await;
    watch.see(&[switch], &bad()).await;
    watch.waits(30).await;
    assert_eq!(watch.incidents("open").await, Vec::<String>::new(), "the parent was bad once");
    watch.see(&[switch], &bad()).await;
    watch.see(&[switch], &bad()).await;
    watch.waits(30).await;
    assert_eq!(watch.incidents("open").await, ["switch+1"]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn who_comes_back_while_its_parent_is_looked_at_was_never_an_incident(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (switch_id, _) = watch.server("switch", None).await;
    let (_, server) = watch.server("server", Some(&switch_id)).await;
    watch.goes_down(&[server]).await;
    watch.comes_back(&[server]).await;
    watch.waits(600).await;
    assert_eq!(watch.incidents("all").await, Vec::<String>::new());
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn people_take_notice_mute_comment_resolve_and_reopen(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let (_, monitor) = watch.server("server", None).await;
    watch.goes_down(&[monitor]).await;
    let id = watch.incident().await["id"].as_str().expect("an id").to_owned();
    let operator = watch.app.user(Role::Operator).await;
    let at = |step: &str| format!("/incidents/{id}/{step}");
    let acknowledged = operator.post(&at("acknowledge")).await.expect(200);
    assert!(acknowledged["acknowledged"]["at"].is_string());
    assert_eq!(operator.post(&at("acknowledge")).await.expect(200)["acknowledged"], acknowledged["acknowledged"]);
    let mute = json!({ "minutes": 30, "reason": "Меняем блок питания" });
    assert_eq!(operator.post_json(&at("silence"), &mute).await.expect(200)["silenced"]["reason"], mute["reason"]);
    let nameless = json!({ "minutes": 30 });
    assert_eq!(operator.post_json(&at("silence"), &nameless).await.expect(422)["field"], "reason");
    let endless = json!({ "minutes": 100_000, "reason": "x" });
    assert_eq!(operator.post_json(&at("silence"), &endless).await.expect(422)["field"], "minutes");
    operator.post_json(&at("comment"), &json!({ "text": "едут" })).await.expect(200);
    operator.post_json(&at("comment"), &json!({ "text": " " })).await.expect_problem(422, "required");
    let resolved = operator.post(&at("resolve")).await.expect(200);
    assert_eq!((&resolved["state"], &resolved["silenced"]), (&json!("closed"), &json!(null)));
    operator.post(&at("acknowledge")).await.expect_problem(409, "incident_closed");
    watch.see(&[monitor], &bad()).await;
    assert_eq!(watch.incidents("open").await, Vec::<String>::new(), "still down is nothing new");
    let reopened = operator.post(&at("reopen")).await.expect(200);
    assert_eq!(kinds(&reopened), ["opened", "acknowledged", "silenced", "commented", "resolved", "reopened"]);
    let employee = watch.app.user(Role::Employee).await;
    employee.get(&format!("/incidents/{id}")).await.expect(200);
    employee.post(&at("acknowledge")).await.expect_problem(403, "forbidden");
    watch.comes_back(&[monitor]).await;
    operator.get("/incidents/999").await.expect_problem(404, "not_found");
    assert_eq!(watch.incidents("open").await, Vec::<String>::new());
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_long_list_is_read_piece_by_piece(db: PgPool) {
    let mut watch = Watch::start(db).await;
    let mut monitors = Vec::new();
    for at in 0..7 {
        monitors.push(watch.server(&format!("server-{at}"), None).await.1);
    }
    watch.goes_down(&monitors).await;
    watch.comes_back(&monitors[..3]).await;
    let mut names = Vec::new();
    let mut cursor = String::new();
    loop {
        let page =
            watch.admin.ask("/incidents", &[("state", "all"), ("limit", "2"), ("cursor", &cursor)]).await.expect(200);
        for item in page["items"].as_array().expect("items") {
            names.push((
                item["state"].as_str().expect("text").to_owned(),
                item["id"].as_str().expect("text").to_owned(),
            ));
        }
        let Some(next) = page["next"].as_str() else { break };
        next.clone_into(&mut cursor);
    }
    assert_eq!(names.len(), 7);
    assert!(names.iter().take(4).all(|(state, _)| state == "open"), "{names:?}");
    watch.admin.ask("/incidents", &[("cursor", "nonsense")]).await.expect_problem(422, "cursor");
}
