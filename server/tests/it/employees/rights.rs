//! Who may do what.

use app::model::user::Role;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{TestApp, people::path};

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_rights_table_holds_at_every_route(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.user(Role::Admin).await;
    let person = path(&admin.enter("Иванов", "Иван", json!({})).await);
    let deleted = path(&admin.enter("Петров", "Пётр", json!({})).await);
    admin.delete(&deleted).await.expect(204);
    let at = |tail: &str| format!("{person}{tail}");
    let nobody_there = json!({ "other": "987654321" });
    // The status from the role on that may; below it is 403, and 401 for nobody.
    let routes: [(Method, String, Option<Value>, Role, u16); 20] = [
        (Method::GET, "/employees".into(), None, Role::Employee, 200),
        (Method::GET, "/employees?q=иванов".into(), None, Role::Employee, 200),
        (Method::GET, "/employees?ids=1".into(), None, Role::Employee, 200),
        (Method::GET, "/departments".into(), None, Role::Employee, 200),
        (Method::GET, at(""), None, Role::Employee, 200),
        (Method::GET, at("/neighbours"), None, Role::Employee, 200),
        (Method::GET, at("/vcard"), None, Role::Employee, 200),
        (Method::POST, at("/vcard/download"), None, Role::Employee, 200),
        (Method::GET, at("/history"), None, Role::Operator, 200),
        (Method::POST, "/employees".into(), Some(json!({})), Role::Operator, 422),
        (Method::PATCH, at(""), Some(json!({ "version": 0 })), Role::Operator, 409),
        (Method::POST, at("/restore"), None, Role::Operator, 200),
        (Method::POST, format!("{deleted}/restore"), None, Role::Admin, 200),
        (Method::POST, at("/merge"), Some(nobody_there), Role::Admin, 404),
        (Method::DELETE, "/employees/987654321".into(), None, Role::Admin, 404),
        (Method::POST, "/employees/import?dry_run=true".into(), None, Role::Admin, 415),
        (Method::GET, "/employees/import".into(), None, Role::Admin, 200),
        (Method::GET, "/employees/export".into(), None, Role::Admin, 200),
        (Method::POST, "/employees/export/download".into(), None, Role::Admin, 200),
        (Method::GET, "/imports/987654321".into(), None, Role::Admin, 404),
    ];
    let nobody = app.nobody();
    let mut users = Vec::new();
    for role in Role::ALL {
        users.push((role, app.user(role).await));
    }
    for (method, target, body, from, status) in routes {
        let request = |user: &crate::helpers::people::User| {
            let request = user.request(method.clone(), &target);
            match &body {
                Some(body) => request.json(body),
                None => request,
            }
        };
        nobody.send(request(&nobody)).await.expect_problem(401, "not_signed_in");
        for (role, user) in &users {
            let answer = user.send(request(user)).await;
            if *role < from {
                answer.expect_problem(403, "forbidden");
            } else {
                assert_eq!(answer.status.as_u16(), status, "{method} {target} as {role:?}: {}", answer.body);
            }
        }
    }
}
