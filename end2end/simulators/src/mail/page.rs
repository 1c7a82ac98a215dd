//! The inbox for people at `/mail`: what was mailed, latest first; and the switches for tests.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    response::Html,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Fault, Letter, Sink};

/// The page and its switches.
pub fn router(sink: Arc<Sink>) -> Router {
    Router::new()
        .route("/mail", get(inbox))
        .route("/mail/state", get(state))
        .route("/mail/next", post(next))
        .route("/mail/calm", post(calm))
        .with_state(sink)
}

async fn state(State(sink): State<Arc<Sink>>) -> Json<Value> {
    let letter = |letter: &Letter| {
        json!({
            "from": letter.header("From"), "to": letter.to, "subject": letter.header("Subject"), "text": letter.text(),
            "files": letter.files().into_iter().map(|(name, _)| name).collect::<Vec<_>>(), "at": letter.at_s,
        })
    };
    Json(json!({ "letters": sink.letters().iter().map(letter).collect::<Vec<_>>() }))
}

#[derive(Deserialize)]
struct Next {
    fault: Fault,
}

async fn next(State(sink): State<Arc<Sink>>, Json(next): Json<Next>) -> Json<Value> {
    sink.fail_next(next.fault);
    Json(json!({}))
}

async fn calm(State(sink): State<Arc<Sink>>) -> Json<Value> {
    sink.calm();
    Json(json!({}))
}

async fn inbox(State(sink): State<Arc<Sink>>) -> Html<String> {
    let letters = sink.letters();
    let shown: String = letters.iter().rev().map(show).collect();
    let nothing = "<p>Писем пока нет · No mail yet</p>".to_owned();
    Html(format!(
        "<!doctype html><html lang=\"ru\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"3\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Почта — Вахта</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/tickets/page/tickets.css\"></head><body>\
         <h1>Почта · Mail</h1><p>Сюда приходят письма, которые отправляет Вахта. · Here is what Vakhta mails. \
         <a href=\"/\">←</a></p>{}</body></html>",
        if letters.is_empty() { nothing } else { shown }
    ))
}

fn show(letter: &Letter) -> String {
    let header = |name: &str| escaped(&letter.header(name).unwrap_or_default());
    let files: Vec<String> = letter.files().into_iter().map(|(name, _)| escaped(&name)).collect();
    format!(
        "<article class=\"ticket\"><b>{}</b><small>{} → {}</small><pre style=\"white-space:pre-wrap\">{}</pre><small>{}</small></article>",
        header("Subject"),
        header("From"),
        escaped(&letter.to.join(", ")),
        escaped(&letter.text()),
        files.join(", ")
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
