//! The simulators from outside: over the wire, as the product meets them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the other side of a test ends with its runtime")]

mod bot_api;
mod client;
mod fleet;
mod otrs;
mod receiving;
mod webhook;

use serde_json::{Value, json};
use simulators::{Telegram, launch::Person, telegram::Options};

const USER: i64 = 42;
const GROUP: i64 = -77;
const FORUM: i64 = -1_000_000_000_099;

/// A Telegram with one user who has not pressed Start, a group and a forum.
async fn telegram() -> Telegram {
    use simulators::telegram::{Chat, ChatKind, Topic};
    let telegram = Telegram::start(Options::default()).await.unwrap();
    telegram.add_person(Person::new(USER, "Иван"));
    telegram.add_chat(Chat::new(GROUP, ChatKind::Group));
    let mut forum = Chat::new(FORUM, ChatKind::Supergroup);
    forum.topics.push(Topic { id: 5, title: ("Оповещения".into(), "Alerts".into()) });
    telegram.add_chat(forum);
    telegram
}

/// Calls a method with a JSON body; gives the whole answer.
async fn call(telegram: &Telegram, method: &str, params: Value) -> Value {
    let url = format!("{}/bot{}/{method}", telegram.api_url(), telegram.bot_token());
    let answer = reqwest::Client::new().post(url).json(&params).send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    let code = body["error_code"].as_u64().unwrap_or(200);
    assert_eq!(u64::from(status), code, "status and error_code agree: {body}");
    body
}

/// Sends a text and expects it to be accepted; gives the message.
async fn sent(telegram: &Telegram, chat: i64, text: &str) -> Value {
    let answer = call(telegram, "sendMessage", json!({"chat_id": chat, "text": text})).await;
    assert_eq!(answer["ok"], true, "{answer}");
    answer["result"].clone()
}
