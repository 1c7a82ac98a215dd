use serde_json::{Value, json};
use simulators::{Telegram, cast, telegram::Options};

use crate::call;

async fn demo() -> Telegram {
    Telegram::start(Options { demo: true, ..Options::default() }).await.unwrap()
}

async fn ask(telegram: &Telegram, path: &str, body: Value) -> Value {
    let url = format!("{}/client/{path}", telegram.api_url());
    let answer = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer.json().await.unwrap()
}

async fn state(telegram: &Telegram, user: i64, language: &str) -> Value {
    let url = format!("{}/client/state?user={user}&language={language}", telegram.api_url());
    reqwest::get(url).await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_user_sees_his_chats_in_his_language() {
    let telegram = demo().await;
    let view = state(&telegram, cast::OPERATOR.id, "en").await;
    let titles: Vec<_> = view["chats"].as_array().unwrap().iter().map(|chat| chat["title"].as_str().unwrap()).collect();
    assert!(titles.contains(&"IT duty shift"), "{titles:?}");
    assert_eq!(view["user"]["first_name"], "Petr");
    assert_eq!(view["chats"].as_array().unwrap().len(), 2, "not the private chats of others");
}

#[tokio::test]
async fn what_one_does_in_the_page_reaches_the_bot() {
    let telegram = demo().await;
    let user = cast::EMPLOYEE.id;
    ask(&telegram, "send", json!({"user": user, "chat": user, "text": "/start"})).await;
    let message = crate::sent(&telegram, user, "Привет").await["message_id"].clone();
    ask(&telegram, "press", json!({"user": user, "chat": user, "message": message, "data": "ok"})).await;
    let updates = call(&telegram, "getUpdates", json!({})).await;
    assert_eq!(updates["result"][0]["message"]["text"], "/start");
    assert_eq!(updates["result"][1]["callback_query"]["data"], "ok");
}

#[tokio::test]
async fn a_launch_is_signed_for_its_entrance() {
    let telegram = demo().await;
    let user = cast::OPERATOR.id;
    let common =
        json!({"user": user, "chat": user, "language": "ru", "platform": "weba", "version": "9.1", "theme": {}});
    let with = |extra: Value| {
        let mut body = common.clone();
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        body
    };
    let button = ask(&telegram, "launch", with(json!({"url": "http://127.0.0.1:3000/employees"}))).await;
    let url = button["url"].as_str().unwrap();
    assert!(url.starts_with("http://127.0.0.1:3000/employees#tgWebAppData=query_id%3DAAH"), "{url}");
    assert!(url.ends_with("&tgWebAppVersion=9.1&tgWebAppPlatform=weba&tgWebAppThemeParams=%7B%7D"), "{url}");

    let link = ask(&telegram, "launch", with(json!({"start_param": "employee-7"}))).await;
    let url = link["url"].as_str().unwrap();
    assert!(url.starts_with("http://127.0.0.1:3000?tgWebAppStartParam=employee-7#tgWebAppData=user%3D"), "{url}");
    assert!(url.contains("start_param%3Demployee-7") && url.contains("chat_type%3Dprivate"), "{url}");
}
#[tokio::test]
async fn the_page_and_its_files_are_served_and_nothing_else_is_needed() {
    let telegram = demo().await;
    let page = reqwest::get(telegram.api_url()).await.unwrap().text().await.unwrap();
    let mut found = 0;
    for (at, _) in page.match_indices("\"/page/") {
        let name = page[at + 1..].split('"').next().unwrap();
        let file = reqwest::get(format!("{}{name}", telegram.api_url())).await.unwrap();
        assert!(file.status().is_success(), "{name}");
        found += 1;
    }
    assert!(found >= 2, "style and script");
    assert!(!page.contains("src=\"http") && !page.contains("href=\"http"), "no foreign host");
}
