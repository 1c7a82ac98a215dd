use std::time::Duration;

use axum::{
    Router,
    extract::{RawQuery, State},
    routing::post,
};
use serde_json::Value;
use simulators::{
    Fleet,
    fleet::{Fault, Kind, Plan, plan::KEYWORD},
};
use tokio::{net::TcpListener, sync::mpsc, task::JoinSet};

use super::{
    at,
    callers::{greeting, open, resolve, shake, soon},
    fleet, with,
};

#[tokio::test]
async fn each_service_answers_as_said() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Tcp);
    assert_eq!(greeting(address).await, format!("220 {} ready\r\n", server.host()));

    let (server, address) = with(&fleet, Kind::Http);
    let health: Value = reqwest::get(format!("http://{address}/health")).await.unwrap().json().await.unwrap();
    assert_eq!((health["status"].as_str(), health["nodes"][1]["state"].as_str()), (Some("ok"), Some("ok")));
    let page = reqwest::get(format!("http://{address}/?from=test")).await.unwrap().text().await.unwrap();
    assert!(page.contains(KEYWORD) && page.contains(&server.name), "{page}");
    assert_eq!(reqwest::get(format!("http://{address}/nothing")).await.unwrap().status(), 404);

    let (server, address) = with(&fleet, Kind::Dns);
    let found = resolve(address, &server.host()).await.unwrap();
    assert_eq!(found, (0, Some(server.address.octets())));
    assert_eq!(resolve(address, "nobody.nevpribor.example").await.unwrap(), (3, None));
    fleet.stop().await;
}

#[tokio::test]
async fn certificates_come_from_the_fleets_authority_and_have_http_behind_them() {
    let fleet = fleet().await;
    let (server, address) = with(&fleet, Kind::Tls);
    shake(address, fleet.ca()).await.unwrap();
    let ca = reqwest::Certificate::from_pem(fleet.ca().as_bytes()).unwrap();
    let client = reqwest::Client::builder().tls_certs_only([ca]).build().unwrap();
    let health = client.get(format!("https://{address}/health")).send().await.unwrap();
    assert_eq!(health.json::<Value>().await.unwrap()["name"], server.name);
}

#[tokio::test]
async fn a_job_calls_once_it_is_told_the_address() {
    let (called, mut calls) = mpsc::channel(1);
    let monitor = Router::new().route("/push/secret", post(call)).with_state(called);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/push/secret", listener.local_addr().unwrap());
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, monitor).await.unwrap() });

    let fleet = fleet().await;
    let (server, _) = with(&fleet, Kind::Push);
    fleet.tell_push(&server.name, &url, Duration::from_millis(10)).unwrap();
    for _ in 0..3 {
        let said = soon(calls.recv()).await.unwrap();
        assert!(said.contains("cpu=") && said.contains("memory=") && said.contains("disk="), "{said}");
    }
    fleet.switch(&server.name, Kind::Push, Fault::WrongAnswer).await.unwrap();
    soon(async { while !calls.recv().await.unwrap().starts_with("status=down&msg=") {} }).await;
    let without = fleet.plan().servers.iter().find(|server| server.service(Kind::Push).is_none()).unwrap();
    assert!(fleet.tell_push(&without.name, &url, Duration::from_secs(1)).is_err(), "{} has no job", without.name);
}

async fn call(State(called): State<mpsc::Sender<String>>, RawQuery(query): RawQuery) {
    called.send(query.unwrap_or_default()).await.unwrap();
}

#[tokio::test]
async fn a_thousand_servers_fit_into_one_process() {
    let fleet = Fleet::start_anywhere(Plan::new(1_000, 7)).await.unwrap();
    let services = fleet.plan().servers.iter().map(|server| server.services.len()).sum::<usize>();
    assert!(services >= 2_900, "{services}");
    for server in fleet.plan().servers.iter().rev().filter(|server| server.service(Kind::Tcp).is_some()).take(20) {
        assert!(open(at(server, Kind::Tcp)).await, "{}", server.name);
    }
    fleet.stop().await;
}
