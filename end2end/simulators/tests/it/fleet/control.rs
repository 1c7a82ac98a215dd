use std::sync::Arc;

use serde_json::{Value, json};
use simulators::{Telegram, fleet::Kind, telegram::Options};

use super::{callers::open, fleet, with};

async fn telegram() -> (Telegram, Arc<simulators::Fleet>) {
    let fleet = Arc::new(fleet().await);
    let options = Options { demo: true, fleet: Some(fleet.clone()), ..Options::default() };
    (Telegram::start(options).await.unwrap(), fleet)
}

async fn post(telegram: &Telegram, path: &str, body: Value) -> (u16, Value) {
    let answer = reqwest::Client::new().post(format!("{}/fleet/{path}", telegram.api_url())).json(&body).send().await;
    let answer = answer.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn servers(telegram: &Telegram, query: &str) -> Value {
    reqwest::get(format!("{}/fleet/servers{query}", telegram.api_url())).await.unwrap().json().await.unwrap()
}

fn find<'a>(state: &'a Value, name: &str) -> &'a Value {
    state["servers"].as_array().unwrap().iter().find(|server| server["name"] == name).unwrap()
}

#[tokio::test]
async fn switches_are_moved_over_http_and_the_page_hears_of_it() {
    let (telegram, fleet) = telegram().await;
    let (server, address) = with(&fleet, Kind::Http);
    let before = servers(&telegram, "").await;
    assert_eq!(find(&before, &server.name)["cause"], Value::Null);
    let path = format!("servers/{}/switch", server.name);
    let (status, _) = post(&telegram, &path, json!({"service": "http", "to": "slow", "latency_ms": 1})).await;
    assert_eq!(status, 200);
    let after = servers(&telegram, &format!("?after={}", before["revision"])).await;
    let services = find(&after, &server.name)["services"].as_array().unwrap().clone();
    let http = services.into_iter().find(|service| service["kind"] == "http").unwrap();
    assert_eq!(http["set"], json!({"to": "slow", "latency_ms": 1}));
    assert_eq!(http["now"], http["set"]);
    let (status, _) = post(&telegram, &path, json!({"service": "all", "to": "down"})).await;
    assert_eq!((status, open(address).await), (200, false));
    assert_eq!(find(&servers(&telegram, "").await, &server.name)["cause"], "itself");
    assert_eq!(post(&telegram, "calm", json!({})).await.0, 200);
    assert!(open(address).await);
}

#[tokio::test]
async fn a_storm_names_whom_it_felled_and_when_it_ends() {
    let (telegram, _fleet) = telegram().await;
    let (status, fallen) = post(&telegram, "storm", json!({"servers": 7, "seconds": 600})).await;
    assert_eq!((status, fallen["servers"].as_array().unwrap().len()), (200, 7));
    let state = servers(&telegram, "").await;
    assert!(state["storm_ends_ms"].is_i64());
    assert_eq!(find(&state, fallen["servers"][0].as_str().unwrap())["cause"], "storm");
}

#[tokio::test]
async fn wrong_requests_are_refused_with_a_sentence() {
    let (telegram, _fleet) = telegram().await;
    for (path, body, expected) in [
        ("servers/nobody/switch", json!({"service": "all", "to": "down"}), 404),
        ("servers/sw-core-01/switch", json!({"service": "dns", "to": "down"}), 422),
        ("servers/sw-core-01/switch", json!({"service": "gopher", "to": "down"}), 422),
        ("servers/sw-core-01/push", json!({"url": "http://127.0.0.1:1/", "every_s": 5}), 422),
    ] {
        let (status, answer) = post(&telegram, path, body).await;
        assert_eq!(status, expected, "{path}");
        assert!(answer["detail"].is_string(), "{answer}");
    }
}

#[tokio::test]
async fn the_fleets_page_is_complete_and_the_client_page_shows_the_way() {
    let (telegram, _fleet) = telegram().await;
    let get = |path: String| async move { reqwest::get(path).await.unwrap().error_for_status().unwrap().text().await };
    let page = get(format!("{}/fleet", telegram.api_url())).await.unwrap();
    let script = get(format!("{}/fleet/page/main.js", telegram.api_url())).await.unwrap();
    let named = page.split('"').filter(|text| text.starts_with("/fleet/page/"));
    let imported = script.split('\'').filter(|text| text.starts_with("/page/"));
    let mut found = 0;
    for path in named.chain(imported) {
        assert!(!get(format!("{}{path}", telegram.api_url())).await.unwrap().is_empty(), "{path}");
        found += 1;
    }
    assert!(found >= 4, "style, scripts, and what they share: {found}");
    let state = get(format!("{}/client/state?user=700100&language=ru", telegram.api_url())).await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&state).unwrap()["fleet"], true);
}
