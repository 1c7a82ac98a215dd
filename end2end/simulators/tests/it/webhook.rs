use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

use axum::{Json, Router, http::HeaderMap, http::StatusCode, routing::post};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::{USER, call, telegram};

/// A bot that takes webhooks: answers as told, and hands on what it got.
async fn bot(status: Arc<AtomicU16>) -> (String, mpsc::UnboundedReceiver<(Option<String>, Value)>) {
    let (tell, told) = mpsc::unbounded_channel();
    let hook = post(move |headers: HeaderMap, Json(update): Json<Value>| async move {
        let secret = headers.get("x-telegram-bot-api-secret-token").map(|value| value.to_str().unwrap().to_owned());
        tell.send((secret, update)).unwrap();
        StatusCode::from_u16(status.load(Ordering::SeqCst)).unwrap()
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/hook", hook)).await });
    (url, told)
}

#[tokio::test]
async fn updates_are_posted_with_the_secret() {
    let telegram = telegram().await;
    let (url, mut told) = bot(Arc::new(AtomicU16::new(200))).await;
    call(&telegram, "setWebhook", json!({"url": url, "secret_token": "s-1_A"})).await;
    telegram.send(USER, "/start");
    let (secret, update) = told.recv().await.unwrap();
    assert_eq!((secret.as_deref(), &update["message"]["text"]), (Some("s-1_A"), &json!("/start")));
    telegram.wait_for(|world| (world.pending_updates() == 0).then_some(())).await.unwrap();
}

#[tokio::test]
async fn an_update_comes_again_until_it_is_taken() {
    let telegram = telegram().await;
    let status = Arc::new(AtomicU16::new(500));
    let (url, mut told) = bot(status.clone()).await;
    call(&telegram, "setWebhook", json!({"url": url})).await;
    telegram.send(USER, "/start");
    let (_, first) = told.recv().await.unwrap();
    let (_, again) = told.recv().await.unwrap();
    assert_eq!(first, again);
    let info = telegram.wait_for(|world| world.webhook_error().map(str::to_owned)).await.unwrap();
    assert!(info.contains("500"), "{info}");
    status.store(204, Ordering::SeqCst);
    telegram.advance(std::time::Duration::from_secs(60));
    assert_eq!(told.recv().await.unwrap().1, first);
    telegram.wait_for(|world| (world.pending_updates() == 0).then_some(())).await.unwrap();
}

#[tokio::test]
async fn a_secret_has_plain_letters_only() {
    let telegram = telegram().await;
    let answer = call(&telegram, "setWebhook", json!({"url": "http://127.0.0.1:9/", "secret_token": "a b"})).await;
    assert_eq!(answer["error_code"], 400);
}
