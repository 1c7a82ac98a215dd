use serde_json::{Value, json};

use crate::{GROUP, USER, call, sent, telegram};

fn ids(answer: &Value) -> Vec<i64> {
    answer["result"].as_array().unwrap().iter().map(|update| update["update_id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn updates_stay_until_confirmed() {
    let telegram = telegram().await;
    telegram.send(USER, "/start");
    telegram.send(USER, "привет");
    let first = call(&telegram, "getUpdates", json!({})).await;
    let seen = ids(&first);
    assert_eq!(seen.len(), 2);
    assert_eq!(ids(&call(&telegram, "getUpdates", json!({"limit": 1})).await), [seen[0]]);
    assert_eq!(ids(&call(&telegram, "getUpdates", json!({"offset": seen[1]})).await), [seen[1]]);
    assert_eq!(ids(&call(&telegram, "getUpdates", json!({"offset": seen[1] + 1})).await), [0; 0]);
    assert_eq!(telegram.repeat_last_update(), Some(seen[1]));
    assert_eq!(ids(&call(&telegram, "getUpdates", json!({})).await), [seen[1]]);
}

#[tokio::test]
async fn a_message_has_all_that_the_bot_api_says() {
    let telegram = telegram().await;
    let message = telegram.send(USER, "/start employee-7");
    let update = call(&telegram, "getUpdates", json!({})).await["result"][0]["message"].clone();
    assert_eq!(
        (&update["message_id"], &update["text"], &update["chat"], &update["from"], &update["entities"]),
        (
            &json!(message),
            &json!("/start employee-7"),
            &json!({"id": USER, "type": "private", "first_name": "Иван"}),
            &json!({"id": USER, "is_bot": false, "first_name": "Иван", "language_code": "ru"}),
            &json!([{"type": "bot_command", "offset": 0, "length": 6}]),
        )
    );
    assert!(update["date"].as_i64().unwrap() > 1_700_000_000);
}

#[tokio::test]
async fn a_waiting_poll_is_answered_by_the_next_message() {
    let telegram = telegram().await;
    let (answer, ()) = tokio::join!(call(&telegram, "getUpdates", json!({"timeout": 30})), async {
        telegram.wait_for(|world| (world.polls() == 1).then_some(())).await.unwrap();
        telegram.send(USER, "/help");
    });
    assert_eq!(answer["result"][0]["message"]["text"], "/help");
}

#[tokio::test]
async fn a_second_poller_ends_the_first() {
    let telegram = telegram().await;
    let (first, ()) = tokio::join!(call(&telegram, "getUpdates", json!({"timeout": 30})), async {
        telegram.wait_for(|world| (world.polls() == 1).then_some(())).await.unwrap();
        assert_eq!(call(&telegram, "getUpdates", json!({})).await["ok"], true);
    });
    assert_eq!(first["error_code"], 409);
    assert!(first["description"].as_str().unwrap().contains("terminated by other getUpdates"));
}

#[tokio::test]
async fn polling_and_a_webhook_exclude_each_other() {
    let telegram = telegram().await;
    call(&telegram, "setWebhook", json!({"url": "http://127.0.0.1:9/"})).await;
    let answer = call(&telegram, "getUpdates", json!({})).await;
    assert_eq!(answer["error_code"], 409);
    call(&telegram, "deleteWebhook", json!({})).await;
    assert_eq!(call(&telegram, "getUpdates", json!({})).await["ok"], true);
}

#[tokio::test]
async fn only_the_kinds_asked_for_are_kept() {
    let telegram = telegram().await;
    call(&telegram, "getUpdates", json!({"allowed_updates": ["callback_query"]})).await;
    telegram.send(USER, "/start");
    let id = sent(&telegram, USER, "?").await["message_id"].as_i64().unwrap();
    telegram.press(USER, USER, id, "yes").unwrap();
    let answer = call(&telegram, "getUpdates", json!({})).await;
    assert_eq!(ids(&answer).len(), 1);
    let query = &answer["result"][0]["callback_query"];
    assert_eq!((&query["data"], &query["message"]["message_id"]), (&json!("yes"), &json!(id)));
}

#[tokio::test]
async fn in_a_group_the_bot_sees_what_is_meant_for_it() {
    let telegram = telegram().await;
    for text in ["кто сегодня дежурит?", "/help", "@vakhta_demo_bot привет"] {
        telegram.send_to(USER, GROUP, None, text);
    }
    let answer = call(&telegram, "getUpdates", json!({})).await;
    let texts: Vec<_> = answer["result"].as_array().unwrap().iter().map(|update| &update["message"]["text"]).collect();
    assert_eq!(texts, ["/help", "@vakhta_demo_bot привет"]);
}

#[tokio::test]
async fn blocking_is_told() {
    let telegram = telegram().await;
    telegram.send(USER, "/start");
    telegram.set_blocked(USER, true);
    let answer = call(&telegram, "getUpdates", json!({})).await;
    assert_eq!(answer["result"][1]["my_chat_member"]["new_chat_member"]["status"], "kicked");
}
