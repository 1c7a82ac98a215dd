use std::time::Duration;

use serde_json::{Value, json};
use simulators::telegram::{Failure, Outage};

use crate::{FORUM, GROUP, USER, call, sent, telegram};

#[tokio::test]
async fn refusals_have_the_documented_code_and_text() {
    let telegram = telegram().await;
    telegram.send(USER, "/start");
    let too_long = "я".repeat(4_097);
    let web_app = json!({"inline_keyboard": [[{"text": "Открыть", "web_app": {"url": "https://x.example/"}}]]});
    let long_data = json!({"inline_keyboard": [[{"text": "Да", "callback_data": "я".repeat(33)}]]});
    let no_kind = json!({"inline_keyboard": [[{"text": "Да"}]]});
    let table = [
        ("sendMessage", json!({"text": "a"}), 400, "chat_id is empty"),
        ("sendMessage", json!({"chat_id": 99, "text": "a"}), 400, "chat not found"),
        ("sendMessage", json!({"chat_id": USER, "text": " \n "}), 400, "message text is empty"),
        ("sendMessage", json!({"chat_id": USER, "text": too_long}), 400, "message is too long"),
        ("sendMessage", json!({"chat_id": USER, "text": "<x>", "parse_mode": "HTML"}), 400, "can't parse entities"),
        ("sendMessage", json!({"chat_id": USER, "text": "a", "parse_mode": "MarkdownV2"}), 400, "unsupported"),
        ("sendMessage", json!({"chat_id": GROUP, "text": "a", "reply_markup": web_app}), 400, "BUTTON_TYPE_INVALID"),
        ("sendMessage", json!({"chat_id": USER, "text": "a", "reply_markup": long_data}), 400, "BUTTON_DATA_INVALID"),
        ("sendMessage", json!({"chat_id": USER, "text": "a", "reply_markup": no_kind}), 400, "Text buttons"),
        ("sendMessage", json!({"chat_id": FORUM, "text": "a", "message_thread_id": 1}), 400, "thread not found"),
        ("sendMessage", json!({"chat_id": USER, "text": "a", "reply_parameters": {"message_id": 1}}), 400, "replied"),
        ("editMessageText", json!({"chat_id": USER, "message_id": 1, "text": "a"}), 400, "message to edit not found"),
        ("deleteMessage", json!({"chat_id": USER, "message_id": 1}), 400, "message to delete not found"),
        ("pinChatMessage", json!({"chat_id": USER, "message_id": 1}), 400, "message to pin not found"),
        ("answerCallbackQuery", json!({"callback_query_id": "7"}), 400, "query is too old"),
        ("sendChatAction", json!({"chat_id": USER, "action": "dancing"}), 400, "wrong parameter action"),
        ("setMyCommands", json!({"commands": [{"command": "Старт", "description": "a"}]}), 400, "BOT_COMMAND_INVALID"),
        ("setChatMenuButton", json!({"menu_button": {"type": "web_app", "text": "a"}}), 400, "invalid"),
        ("sendTelegram", json!({}), 404, "Not Found"),
    ];
    for (method, params, code, text) in table {
        let answer = call(&telegram, method, params).await;
        assert_eq!(answer["error_code"], code, "{method}: {answer}");
        assert!(answer["description"].as_str().unwrap().contains(text), "{method}: {answer}");
    }
}

#[tokio::test]
async fn a_wrong_token_and_a_malformed_one_differ() {
    let telegram = telegram().await;
    for (token, code, text) in [("5138200100:other", 401, "Unauthorized"), ("nonsense", 404, "Not Found")] {
        let url = format!("{}/bot{token}/getMe", telegram.api_url());
        let answer: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        assert_eq!((&answer["error_code"], &answer["description"]), (&json!(code), &json!(text)));
    }
}

#[tokio::test]
async fn bodies_of_every_kind_are_read() {
    let telegram = telegram().await;
    telegram.send(USER, "/start");
    let url = format!("{}/bot{}/SENDMESSAGE", telegram.api_url(), telegram.bot_token());
    let client = reqwest::Client::new();
    let form = reqwest::multipart::Form::new().text("chat_id", "42").text("text", "частями");
    let requests = [
        client.get(format!("{url}?chat_id=42&text=%D0%B0")),
        client.post(&url).header("content-type", "application/x-www-form-urlencoded").body("chat_id=42&text=form"),
        client.post(&url).multipart(form),
        client.post(&url).json(&json!({"chat_id": "42", "text": "json"})),
    ];
    for request in requests {
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["ok"], true, "{answer}");
    }
    let texts: Vec<_> = telegram.messages(USER).into_iter().skip(1).map(|message| message.text).collect();
    assert_eq!(texts, ["а", "form", "частями", "json"]);
}

#[tokio::test]
async fn a_bot_writes_only_to_those_who_let_it() {
    let telegram = telegram().await;
    let write = || call(&telegram, "sendMessage", json!({"chat_id": USER, "text": "a"}));
    assert_eq!(write().await["description"], "Bad Request: chat not found");
    telegram.send(USER, "/start");
    assert_eq!(write().await["ok"], true);
    telegram.set_blocked(USER, true);
    let answer = write().await;
    assert_eq!(
        (&answer["error_code"], &answer["description"]),
        (&json!(403), &json!("Forbidden: bot was blocked by the user"))
    );
    telegram.set_blocked(USER, false);
    assert_eq!(write().await["ok"], true);
}

#[tokio::test]
async fn an_upgraded_group_says_where_it_went() {
    let telegram = telegram().await;
    let new = telegram.migrate(GROUP).unwrap();
    let answer = call(&telegram, "sendMessage", json!({"chat_id": GROUP, "text": "a"})).await;
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], new);
    sent(&telegram, new, "a").await;
}

#[tokio::test]
async fn sending_too_often_has_to_wait() {
    let telegram = telegram().await;
    for _ in 0..5 {
        sent(&telegram, GROUP, "a").await;
    }
    let mut answer = call(&telegram, "sendMessage", json!({"chat_id": GROUP, "text": "a"})).await;
    // The clock goes on: each second that a busy machine takes is worth another message.
    for _ in 0..10 {
        if answer["ok"] == true {
            answer = call(&telegram, "sendMessage", json!({"chat_id": GROUP, "text": "a"})).await;
        }
    }
    assert_eq!((&answer["error_code"], &answer["parameters"]["retry_after"]), (&json!(429), &json!(1)));
    telegram.advance(Duration::from_secs(5));
    sent(&telegram, GROUP, "a").await;
}

#[tokio::test]
async fn editing_and_deleting_follow_the_rules() {
    let telegram = telegram().await;
    let id = sent(&telegram, FORUM, "раз").await["message_id"].clone();
    let edit = |text: &'static str| {
        call(&telegram, "editMessageText", json!({"chat_id": FORUM, "message_id": id, "text": text}))
    };
    assert!(edit("раз").await["description"].as_str().unwrap().contains("message is not modified"));
    assert_eq!(edit("два").await["result"]["text"], "два");
    let delete = || call(&telegram, "deleteMessage", json!({"chat_id": FORUM, "message_id": id}));
    telegram.advance(Duration::from_secs(48 * 3_600 + 1));
    assert_eq!(delete().await["description"], "Bad Request: message can't be deleted");
    let fresh = sent(&telegram, FORUM, "три").await["message_id"].clone();
    let answer = call(&telegram, "deleteMessage", json!({"chat_id": FORUM, "message_id": fresh})).await;
    assert_eq!(answer["result"], true);
}

#[tokio::test]
async fn a_pressed_button_is_answered_once_and_in_time() {
    let telegram = telegram().await;
    telegram.send(USER, "/start");
    let id = sent(&telegram, USER, "?").await["message_id"].as_i64().unwrap();
    let query = telegram.press(USER, USER, id, "yes").unwrap();
    let answer =
        |query: String| call(&telegram, "answerCallbackQuery", json!({"callback_query_id": query, "text": "ок"}));
    assert_eq!(answer(query.clone()).await["result"], true);
    assert_eq!(answer(query).await["error_code"], 400);
    let late = telegram.press(USER, USER, id, "yes").unwrap();
    telegram.advance(Duration::from_secs(61));
    assert_eq!(answer(late).await["error_code"], 400);
    assert_eq!(telegram.look(|world| world.answers[0].text.clone()), "ок");
}

#[tokio::test]
async fn commands_and_the_menu_button_come_back_per_scope_and_language() {
    let telegram = telegram().await;
    let scope = json!({"type": "all_private_chats"});
    let commands = json!([{"command": "app", "description": "Открыть"}]);
    let params = json!({"commands": commands, "scope": scope, "language_code": "ru"});
    assert_eq!(call(&telegram, "setMyCommands", params).await["result"], true);
    let get =
        |language: &'static str| call(&telegram, "getMyCommands", json!({"scope": scope, "language_code": language}));
    assert_eq!(get("ru").await["result"], commands);
    assert_eq!(get("").await["result"], json!([]));

    let button = json!({"type": "web_app", "text": "Вахта", "web_app": {"url": "https://x.example/"}});
    call(&telegram, "setChatMenuButton", json!({"chat_id": USER, "menu_button": button})).await;
    assert_eq!(call(&telegram, "getChatMenuButton", json!({"chat_id": USER})).await["result"], button);
    assert_eq!(call(&telegram, "getChatMenuButton", json!({})).await["result"]["type"], "commands");
}

#[tokio::test]
async fn failures_come_when_ordered() {
    let telegram = telegram().await;
    telegram.fail_next("sendMessage", Failure::too_many(7));
    telegram.fail_next("sendMessage", Failure::answer_lost());
    let send = || call(&telegram, "sendMessage", json!({"chat_id": GROUP, "text": "a"}));
    assert_eq!(send().await["parameters"]["retry_after"], 7);
    assert_eq!(send().await["error_code"], 502);
    assert_eq!(telegram.messages(GROUP).len(), 1, "carried out although the answer was lost");
    let codes: Vec<_> = telegram.calls("sendMessage").iter().map(|call| call.code).collect();
    assert_eq!(codes, [429, 502]);

    telegram.set_outage(Outage::ServerError);
    assert_eq!(send().await["error_code"], 502);
    telegram.set_outage(Outage::Silence);
    let (answer, ()) = tokio::join!(send(), async {
        telegram.wait_for(|world| (world.silenced == 1).then_some(())).await.unwrap();
        telegram.set_outage(Outage::None);
    });
    assert_eq!(answer["error_code"], 504, "nothing is said before the outage ends");
}
