//! The entrance: launch data in, a session out, and what a session may do.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use simulators::launch::{Launch, Person};
use sqlx::PgPool;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::helpers::{
    TestApp,
    app::{ADMIN, BOT_TOKEN},
    described::Answered as _,
    launch::{launch, now, problem},
};

fn anna() -> Person {
    Person {
        last_name: Some("Иванова".into()), username: Some("anna".into()), ..Person::new(5_167_898_484, "Анна")
    }
}

fn time(value: &Value) -> OffsetDateTime {
    OffsetDateTime::parse(value.as_str().expect("a time"), &Rfc3339).expect("RFC 3339")
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn launch_data_becomes_a_session(db: PgPool) {
    let app = TestApp::start(db).await;
    let response = app.exchange(&launch(&anna()).sign(BOT_TOKEN)).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let cookie = response.headers()[header::SET_COOKIE].to_str().expect("text").to_owned();
    let answer: Value = response.json().await.expect("JSON");
    let token = answer["token"].as_str().expect("a token");
    assert_eq!(cookie, format!("vakhta_session={token}; Path=/; HttpOnly; SameSite=Lax"));
    let user = &answer["user"];
    assert_eq!(user["telegram_id"], "5167898484");
    assert_eq!(user["name"], "Анна Иванова");
    assert_eq!(user["role"], "guest");
    assert_eq!(user["language"], "ru");
    assert_eq!(user["employee_id"], Value::Null);
    let left = time(&answer["expires_at"]).unix_timestamp() - now();
    assert!((12 * 3_600 - 5..=12 * 3_600).contains(&left), "{left}");

    let me: Value =
        app.client.get(app.at("/api/v1/me")).bearer_auth(token).answered().await.json().await.expect("JSON");
    assert_eq!(me["id"], user["id"]);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn over_https_the_cookie_works_in_telegrams_frame(db: PgPool) {
    let app = TestApp::with().var("PUBLIC_URL", "https://vakhta.example").start(db).await;
    let response = app.exchange(&launch(&anna()).sign(BOT_TOKEN)).await;
    let cookie = response.headers()[header::SET_COOKIE].to_str().expect("text");
    assert!(cookie.ends_with("; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"), "{cookie}");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn each_wrong_launch_has_its_code(db: PgPool) {
    let app = TestApp::start(db).await;
    let good = launch(&anna());
    let signed = good.sign(BOT_TOKEN);
    let at = |auth_date: i64| good.clone().with("auth_date", auth_date.to_string()).sign(BOT_TOKEN);
    for (init_data, status, code, why) in [
        (String::new(), 400, "init_data_malformed", "nothing at all"),
        (good.clone().with_another("user", "{}").sign(BOT_TOKEN), 400, "init_data_malformed", "two users"),
        (format!("{signed}&hash=00"), 400, "init_data_malformed", "two hashes"),
        (format!("{signed}&a=%FF"), 400, "init_data_malformed", "no UTF-8"),
        (format!("{signed}&a=%0A"), 400, "init_data_malformed", "a control character"),
        (format!("{signed}&a={}", "x".repeat(9_000)), 400, "init_data_malformed", "over 8 kB"),
        (good.clone().with("auth_date", "soon").sign(BOT_TOKEN), 400, "init_data_malformed", "no date"),
        (signed.replace("5167898484", "5167898485"), 401, "init_data_invalid", "another user"),
        (good.sign("1234567890:ANOTHER"), 401, "init_data_invalid", "another bot's token"),
        (good.unsigned(), 401, "init_data_invalid", "no hash"),
        (signed.replace("query_id=A", "query_id=B"), 401, "init_data_invalid", "a changed byte"),
        (at(now() - 3_600 - 5), 401, "init_data_expired", "too old"),
        (at(now() + 120), 401, "init_data_from_future", "too new"),
        (good.clone().without("user").sign(BOT_TOKEN), 401, "init_data_user_missing", "nobody"),
    ] {
        let response = app.exchange(&init_data).await;
        assert!(!response.headers().contains_key(header::SET_COOKIE), "{why}");
        assert_eq!(problem(response).await, (status, code.to_owned()), "{why}");
    }
    for auth_date in [now() - 3_600 + 60, now() + 50] {
        assert_eq!(app.exchange(&at(auth_date)).await.status(), StatusCode::CREATED);
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_is_no_launch_data_signs_nobody_in(db: PgPool) {
    let app = TestApp::start(db).await;
    let post = |headers: Vec<&'static [u8]>| {
        let mut request = reqwest::Client::new().post(app.at("/api/v1/session"));
        for value in headers {
            request = request.header("authorization", header::HeaderValue::from_bytes(value).expect("a header"));
        }
        request.answered()
    };
    for (headers, status, code) in [
        (vec![], 401, "not_signed_in"),
        (vec![&b"Basic YTpi"[..]], 401, "not_signed_in"),
        (vec![&b"tmax a=1"[..]], 401, "not_signed_in"),
        (vec![&b"tma"[..]], 400, "init_data_malformed"),
        (vec![&b"TMA a=\xff"[..]], 400, "init_data_malformed"),
        (vec![&b"tma a=1"[..], &b"tma a=1"[..]], 400, "init_data_malformed"),
    ] {
        assert_eq!(problem(post(headers.clone()).await).await, (status, code.to_owned()), "{headers:?}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn without_a_bot_sign_in_says_why(db: PgPool) {
    let app = TestApp::with().without("TELEGRAM_BOT_TOKEN").start(db).await;
    let response = app.exchange(&launch(&anna()).sign(BOT_TOKEN)).await;
    assert_eq!(problem(response).await, (403, "telegram_not_configured".into()));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_same_launch_may_come_again_until_it_is_signed_out(db: PgPool) {
    let app = TestApp::start(db).await;
    let init_data = Launch::from_link(&anna(), now(), "private", "-77", Some("employee-1")).sign(BOT_TOKEN);
    let first: Value = app.exchange(&init_data).await.json().await.expect("JSON");
    let second: Value = app.exchange(&init_data).await.json().await.expect("JSON");
    assert_eq!(first["user"]["id"], second["user"]["id"]);
    assert_ne!(first["token"], second["token"]);
    let ask = |method: Method, path: &str, token: &Value| {
        reqwest::Client::new().request(method, app.at(path)).bearer_auth(token.as_str().expect("a token")).answered()
    };

    let response = ask(Method::DELETE, "/api/v1/session", &first["token"]).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let cookie = response.headers()[header::SET_COOKIE].to_str().expect("text");
    assert_eq!(cookie, "vakhta_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    let response = ask(Method::GET, "/api/v1/me", &first["token"]).await;
    assert_eq!(problem(response).await, (401, "not_signed_in".into()));
    let response = ask(Method::GET, "/api/v1/me", &second["token"]).await;
    assert_eq!(response.status(), StatusCode::OK, "the other tab goes on");

    let respelled = init_data.replace("%22", "\"");
    for (spelling, init_data) in [("as it was", &init_data), ("in another spelling", &respelled)] {
        assert_eq!(problem(app.exchange(init_data).await).await, (401, "init_data_used".into()), "{spelling}");
    }
    assert_eq!(app.exchange(&launch(&anna()).sign(BOT_TOKEN)).await.status(), StatusCode::CREATED, "opened anew");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn many_first_sign_ins_at_once_make_one_account(db: PgPool) {
    let app = TestApp::start(db).await;
    let init_data: Vec<String> = (0..12).map(|_| launch(&anna()).sign(BOT_TOKEN)).collect();
    let answers = futures_util::future::join_all(init_data.iter().map(|init_data| app.exchange(init_data))).await;
    let mut accounts = Vec::new();
    for answer in answers {
        assert_eq!(answer.status(), StatusCode::CREATED);
        let answer: Value = answer.json().await.expect("JSON");
        accounts.push(answer["user"]["id"].clone());
    }
    accounts.dedup();
    assert_eq!(accounts.len(), 1);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_cookie_reads_and_changes_only_from_our_own_pages(db: PgPool) {
    let app = TestApp::start(db).await;
    let signed = app.sign_in(&anna()).await;
    let cookie = format!("vakhta_session={}", signed.token);
    let ask = |method: Method, origin: Option<String>, bearer: Option<&str>| {
        let mut request = reqwest::Client::new()
            .request(method, app.at("/api/v1/me"))
            .header(header::COOKIE, &cookie)
            .json(&json!({"language": "en"}));
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        if let Some(bearer) = bearer {
            request = request.bearer_auth(bearer);
        }
        request.answered()
    };
    let status = async |method, origin: Option<String>, bearer| ask(method, origin, bearer).await.status().as_u16();
    assert_eq!(status(Method::GET, None, None).await, 200);
    assert_eq!(status(Method::GET, Some("https://evil.example".into()), None).await, 200);
    assert_eq!(status(Method::PATCH, Some(app.url.clone()), None).await, 200);
    for origin in [None, Some("https://evil.example".into()), Some("null".into()), Some("http://127.0.0.1".into())] {
        let response = ask(Method::PATCH, origin.clone(), None).await;
        assert_eq!(problem(response).await, (403, "foreign_origin".into()), "{origin:?}");
    }
    assert_eq!(status(Method::PATCH, None, Some(&signed.token)).await, 200, "a bearer needs no origin");
    let stranger = "a".repeat(43);
    assert_eq!(status(Method::GET, None, Some(&stranger)).await, 401, "the bearer wins even if it is wrong");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_session_ended_on_one_node_is_refused_on_the_other_within_a_second(db: PgPool) {
    let (here, there) = (TestApp::start(db.clone()).await, TestApp::start(db).await);
    let (first, second) = (here.sign_in(&anna()).await, here.sign_in(&anna()).await);
    assert_eq!(there.get_as(&second, "/api/v1/me").await.status(), StatusCode::OK);
    let sessions = here.read_as(&first, "/api/v1/sessions").await;
    let items = sessions["items"].as_array().expect("items");
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["current"], true);
    assert_eq!(items[1]["current"], false);
    let path = format!("/api/v1/sessions/{}", items[1]["id"].as_str().expect("an id"));
    let response = here.send_as(&first, Method::DELETE, &path, &json!({})).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let ended = Instant::now();

    assert_eq!(here.get_as(&second, "/api/v1/me").await.status(), StatusCode::UNAUTHORIZED, "at once");
    while there.get_as(&second, "/api/v1/me").await.status() == StatusCode::OK {
        assert!(ended.elapsed() < Duration::from_millis(1_500), "still alive on the other node");
    }
    assert_eq!(there.get_as(&first, "/api/v1/me").await.status(), StatusCode::OK);
    let response = here.send_as(&first, Method::DELETE, &path, &json!({})).await;
    assert_eq!(problem(response).await, (404, "not_found".into()), "it is over already");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_session_slides_while_it_is_used_but_not_beyond_its_end(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let arrange = async |sql: &'static str| {
        sqlx::query(sql).execute(&db).await.expect("arranged");
    };
    let left = async |who| {
        let sessions = app.read_as(who, "/api/v1/sessions").await;
        time(&sessions["items"][0]["expires_at"]).unix_timestamp() - now()
    };
    let anna = app.sign_in(&anna()).await;
    arrange("update core.session set last_used_at = now() - interval '30 s', expires_at = now() + interval '1 h'")
        .await;
    assert!(left(&anna).await <= 3_600, "used a moment ago: nothing is written");

    let boris = app.sign_in(&Person::new(2, "Борис")).await;
    arrange("update core.session set last_used_at = now() - interval '2 min', expires_at = now() + interval '1 h'")
        .await;
    assert!(left(&boris).await > 11 * 3_600, "slid");

    let vera = app.sign_in(&Person::new(3, "Вера")).await;
    arrange(
        "update core.session set last_used_at = now() - interval '2 min', expires_at = now() + interval '1 min',
             ends_at = now() + interval '1 h'",
    )
    .await;
    assert!((3_000..=3_600).contains(&left(&vera).await), "up to its end");

    let gleb = app.sign_in(&Person::new(4, "Глеб")).await;
    arrange("update core.session set expires_at = now() - interval '1 s'").await;
    assert_eq!(app.get_as(&gleb, "/api/v1/me").await.status(), StatusCode::UNAUTHORIZED, "ran out");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_secret_is_nowhere_in_the_database(db: PgPool) {
    let app = TestApp::start(db.clone()).await;
    let signed = app.sign_in(&anna()).await;
    let row: String = sqlx::query_scalar("select s::text from core.session s").fetch_one(&db).await.expect("a row");
    assert!(!row.contains(&signed.token));
    let bytes: String = signed.token.bytes().map(|byte| format!("{byte:02x}")).collect();
    assert!(!row.contains(&bytes));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_session_tells_where_it_is_open(db: PgPool) {
    let app = TestApp::start(db).await;
    let response = reqwest::Client::new()
        .post(app.at("/api/v1/session"))
        .header("authorization", format!("tma {}", launch(&anna()).sign(BOT_TOKEN)))
        .header("user-agent", "Mozilla/5.0 (Linux; Android 14) Chrome/130 Telegram-Android/11.3.3 (Pixel; Android 14)")
        .answered()
        .await;
    let answer: Value = response.json().await.expect("JSON");
    let response = reqwest::Client::new().get(app.at("/api/v1/sessions"));
    let sessions: Value =
        response.bearer_auth(answer["token"].as_str().expect("a token")).answered().await.json().await.expect("JSON");
    assert_eq!(sessions["items"][0]["device"], "Android · Telegram");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_configured_administrators_are_so_from_the_first_second(db: PgPool) {
    let app = TestApp::start(db).await;
    let admin = app.admin().await;
    assert_eq!(admin.answer["user"]["role"], "admin");
    assert_eq!(admin.answer["user"]["telegram_id"], ADMIN.to_string());
    assert_eq!(app.get_as(&admin, "/api/v1/accounts").await.status(), StatusCode::OK);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_chosen_language_stays(db: PgPool) {
    let app = TestApp::start(db).await;
    let signed = app.sign_in(&anna().with_language("de")).await;
    assert_eq!(signed.answer["user"]["language"], "en", "the client's, as near as it gets");
    let response = app.send_as(&signed, Method::PATCH, "/api/v1/me", &json!({"language": "ru"})).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(app.read_as(&signed, "/api/v1/me").await["language"], "ru");
    let again = app.sign_in(&anna().with_language("de")).await;
    assert_eq!(again.answer["user"]["language"], "ru");
    let response = app.send_as(&signed, Method::PATCH, "/api/v1/me", &json!({"language": "tlh"})).await;
    assert_eq!(problem(response).await.0, 422);
}
