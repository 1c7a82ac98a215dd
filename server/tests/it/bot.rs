//! Talking to the bot, over a simulated Telegram that loses, repeats and refuses as the real one does.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use simulators::{
    launch::Person,
    telegram::{Chat, ChatKind, Failure, Message, Options, Outage, Telegram, Topic, World},
};
use sqlx::{ConnectOptions, PgPool};

use crate::helpers::{TestApp, app::BOT_TOKEN, described::Answered as _, launch::problem, program::Folder};

mod wire;

const ANNA: i64 = 700_100;
const SECRET: &str = "a-secret-of-the-webhook";

async fn telegram() -> Telegram {
    let options = Options {
        bot_token: BOT_TOKEN.into(),
        bot_username: "vakhta_test_bot".into(),
        rate_limits: false,
        ..Options::default()
    };
    let telegram = Telegram::start(options).await.expect("it starts");
    telegram.add_person(Person::new(ANNA, "Анна"));
    telegram
}

async fn app(telegram: &Telegram, db: PgPool) -> TestApp {
    TestApp::with().var("TELEGRAM_API_URL", &telegram.api_url()).start(db).await
}

async fn app_with_webhook(telegram: &Telegram, db: PgPool) -> TestApp {
    let setup = TestApp::with().var("TELEGRAM_API_URL", &telegram.api_url());
    setup.var("TELEGRAM_WEBHOOK_SECRET", SECRET).start(db).await
}

/// The bot's messages in a chat once there are so many.
async fn answers(telegram: &Telegram, chat: i64, count: usize) -> Vec<Message> {
    let from_bot = telegram.wait_for(|world| {
        let messages = &world.chats.get(&chat)?.messages;
        let messages: Vec<Message> =
            messages.iter().filter(|message| message.sender == simulators::telegram::Sender::Bot).cloned().collect();
        (messages.len() >= count).then_some(messages)
    });
    let from_bot = from_bot.await.expect("the bot answers");
    assert_eq!(from_bot.len(), count, "no answer too many");
    from_bot
}

fn button(message: &Message) -> Value {
    message.reply_markup.as_ref().expect("a keyboard")["inline_keyboard"][0][0].clone()
}

fn update(id: i64, text: &str) -> Value {
    json!({"update_id": id, "message": {
        "message_id": 1, "date": 1, "text": text, "chat": {"id": ANNA, "type": "private"},
        "from": {"id": ANNA, "is_bot": false, "first_name": "Анна", "language_code": "ru"},
    }})
}

async fn post(app: &TestApp, secret: Option<&str>, body: &Value) -> reqwest::Response {
    let mut request = reqwest::Client::new().post(app.at("/telegram/webhook")).json(body);
    if let Some(secret) = secret {
        request = request.header("x-telegram-bot-api-secret-token", secret);
    }
    request.answered().await
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn start_greets_by_name_and_offers_the_app(db: PgPool) {
    let telegram = telegram().await;
    let app = app(&telegram, db).await;
    telegram.send(ANNA, "/start");
    let greeting = answers(&telegram, ANNA, 1).await.remove(0);
    assert!(greeting.text.starts_with("Здравствуйте, Анна!"), "{}", greeting.text);
    let open = json!({"text": "Открыть Вахту", "web_app": {"url": format!("{}/", app.url)}});
    assert_eq!(button(&greeting), open);
    let menu = telegram.look(|world| world.chats[&ANNA].menu_button.clone());
    assert_eq!(menu, Some(json!({"type": "web_app", "text": "Вахта", "web_app": {"url": format!("{}/", app.url)}})));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn every_message_gets_one_answer_with_the_app(db: PgPool) {
    let telegram = telegram().await;
    let app = app(&telegram, db).await;
    for (count, (text, path)) in (1..).zip([
        ("/help", "/"),
        ("/app", "/"),
        ("привет", "/"),
        ("/start employee-7", "/employees/7"),
        ("/nonsense", "/"),
    ]) {
        telegram.send(ANNA, text);
        let answer = answers(&telegram, ANNA, count).await.remove(count - 1);
        assert_eq!(button(&answer)["web_app"]["url"], format!("{}{path}", app.url), "{text}");
        assert!(answer.text.chars().count() < 400, "{text}");
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_bot_speaks_the_language_of_the_client_or_the_chosen_one(db: PgPool) {
    let telegram = telegram().await;
    let app = app(&telegram, db).await;
    let ben = Person::new(ANNA + 1, "Ben").with_language("en-GB");
    telegram.add_person(ben.clone());
    telegram.send(ben.id, "/start");
    assert!(answers(&telegram, ben.id, 1).await[0].text.starts_with("Hello, Ben!"));
    let signed = app.sign_in(&ben).await;
    let response = app.send_as(&signed, Method::PATCH, "/api/v1/me", &json!({"language": "ru"})).await;
    assert_eq!(response.status(), StatusCode::OK);
    telegram.send(ben.id, "/start");
    assert!(answers(&telegram, ben.id, 2).await[1].text.starts_with("Здравствуйте, Ben!"));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn in_a_group_only_commands_are_answered_with_a_link(db: PgPool) {
    let telegram = telegram().await;
    let _app = app(&telegram, db).await;
    let group = -100_500;
    let topics = vec![Topic { id: 5, title: ("Смена".into(), "Shift".into()) }];
    telegram.add_chat(Chat { topics, ..Chat::new(group, ChatKind::Supergroup) });
    for text in ["/app@other_bot", "/unknown", "@vakhta_test_bot привет"] {
        telegram.send_to(ANNA, group, None, text);
    }
    telegram.send_to(ANNA, group, Some(5), "/start@vakhta_test_bot employee-7");
    let answer = answers(&telegram, group, 1).await.remove(0);
    assert_eq!(answer.thread, Some(5));
    let link = "https://t.me/vakhta_test_bot/app?startapp=employee-7";
    assert_eq!(button(&answer), json!({"text": "Открыть Вахту", "url": link}));
    telegram.send_to(ANNA, group, None, "/app");
    let answer = answers(&telegram, group, 2).await.remove(1);
    assert_eq!(button(&answer)["url"], "https://t.me/vakhta_test_bot/app?startapp");
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn commands_and_menu_are_published_in_two_languages(db: PgPool) {
    let telegram = telegram().await;
    let app = app(&telegram, db).await;
    let menu = telegram.wait_for(|world| (world.menu_button["type"] == "web_app").then(|| world.menu_button.clone()));
    assert_eq!(menu.await.expect("a menu")["web_app"]["url"], format!("{}/", app.url));
    for (language, help) in [("", "What can be done here"), ("ru", "Что здесь можно"), ("en", "What can be done here")]
    {
        let key = ("default".to_owned(), language.to_owned());
        let commands = telegram.look(|world| world.commands.get(&key).cloned()).expect("published");
        let names: Vec<&str> = commands.iter().filter_map(|command| command["command"].as_str()).collect();
        assert_eq!(names, ["start", "app", "help"], "{language}");
        assert_eq!(commands[2]["description"], help);
    }
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_update_that_comes_twice_is_answered_once(db: PgPool) {
    let telegram = telegram().await;
    let _app = app(&telegram, db).await;
    telegram.send(ANNA, "/start");
    answers(&telegram, ANNA, 1).await;
    telegram.wait_for(|world| (world.pending_updates() == 0).then_some(())).await.expect("confirmed");
    telegram.repeat_last_update().expect("there was one");
    telegram.send(ANNA, "/help");
    answers(&telegram, ANNA, 2).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn troubles_of_telegram_delay_an_answer_but_do_not_lose_it(db: PgPool) {
    let telegram = telegram().await;
    let _app = app(&telegram, db).await;
    telegram.fail_next("sendMessage", Failure::too_many(1));
    telegram.fail_next("sendMessage", Failure::server_error());
    telegram.fail_next("getUpdates", Failure::too_many(1));
    telegram.send(ANNA, "/start");
    answers(&telegram, ANNA, 1).await;

    telegram.set_outage(Outage::Silence);
    telegram.send(ANNA, "/help");
    telegram.wait_for(|world| (world.silenced > 0).then_some(())).await.expect("something was asked in vain");
    telegram.set_outage(Outage::None);
    answers(&telegram, ANNA, 2).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn who_blocked_the_bot_holds_up_nobody(db: PgPool) {
    let telegram = telegram().await;
    let _app = app(&telegram, db.clone()).await;
    telegram.add_person(Person::new(ANNA + 1, "Борис"));
    let blocked = Failure {
        code: 403,
        description: "Forbidden: bot was blocked by the user".into(),
        retry_after: None,
        carried_out: false,
    };
    telegram.fail_next("sendMessage", blocked);
    telegram.send(ANNA, "/start");
    telegram.wait_for(|world| world.calls.iter().find(|call| call.code == 403).map(drop)).await.expect("refused");
    telegram.send(ANNA + 1, "/start");
    answers(&telegram, ANNA + 1, 1).await;
    answers(&telegram, ANNA, 0).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn an_update_is_confirmed_only_after_it_was_stored(db: PgPool) {
    let telegram = telegram().await;
    let arrange = async |sql: &'static str| {
        sqlx::query(sql).execute(&db).await.expect("arranged");
    };
    arrange("alter table telegram.update rename to elsewhere").await;
    let _app = app(&telegram, db.clone()).await;
    telegram.send(ANNA, "/start");
    let polls = telegram.look(World::polls);
    telegram.wait_for(|world| (world.polls() >= polls + 3).then_some(())).await.expect("it asks again");
    assert_eq!(telegram.pending_updates(), 1, "not confirmed");
    arrange("alter table telegram.elsewhere rename to update").await;
    answers(&telegram, ANNA, 1).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn what_a_killed_server_left_behind_is_answered(db: PgPool) {
    let telegram = telegram().await;
    // Pressing Start is what lets the bot write.
    telegram.change(|world| world.chats.get_mut(&ANNA).expect("a chat").bot_may_write = true);
    for (id, not_before) in [(1_i64, "-1 s"), (2, "1 s")] {
        sqlx::query("insert into telegram.update (update_id, body, attempts, not_before) values ($1, $2, 1, now() + $3::interval)")
            .bind(id)
            .bind(update(id, "/help"))
            .bind(not_before)
            .execute(&db)
            .await
            .expect("arranged");
    }
    let _app = app(&telegram, db).await;
    answers(&telegram, ANNA, 2).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn a_kill_in_the_middle_of_a_poll_loses_nothing(db: PgPool) {
    let telegram = telegram().await;
    let folder = Folder::open();
    let (api_url, database) = (telegram.api_url(), db.connect_options().to_url_lossy().to_string());
    let serve = || {
        folder.serve_with(&[
            ("DATABASE_URL", &database),
            ("TELEGRAM_API_URL", &api_url),
            ("TELEGRAM_BOT_TOKEN", BOT_TOKEN),
        ])
    };
    let server = serve();
    telegram.wait_for(|world| (world.polls() > 0).then_some(())).await.expect("it asks for updates");
    server.kill();
    telegram.send(ANNA, "/start");
    let server = serve();
    answers(&telegram, ANNA, 1).await;
    assert_eq!(server.terminate(), 0);
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn updates_come_by_webhook_as_well(db: PgPool) {
    let telegram = telegram().await;
    let _app = app_with_webhook(&telegram, db).await;
    telegram.send(ANNA, "/start");
    answers(&telegram, ANNA, 1).await;
    assert_eq!(telegram.look(World::polls), 0);
    let set = &telegram.calls("setWebhook")[0].params;
    assert_eq!(set["secret_token"], SECRET);
    assert_eq!(set["allowed_updates"], json!(["message"]));
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_webhook_takes_only_what_telegram_sends(db: PgPool) {
    let telegram = telegram().await;
    telegram.change(|world| world.chats.get_mut(&ANNA).expect("a chat").bot_may_write = true);
    let app = app_with_webhook(&telegram, db).await;
    let start = update(77, "/start");
    for secret in [None, Some("wrong"), Some(""), Some("a-secret-of-the-webhoo"), Some("a-secret-of-the-webhook2")] {
        assert_eq!(problem(post(&app, secret, &start).await).await.0, 401, "{secret:?}");
    }
    assert_eq!(problem(post(&app, Some(SECRET), &json!({"message": {}})).await).await.0, 422);
    for _ in 0..3 {
        assert_eq!(post(&app, Some(SECRET), &start).await.status(), StatusCode::OK);
    }
    // Kinds that nobody knows yet are taken and left alone, and so is NUL, which the database cannot keep.
    let strange = json!({"update_id": 78, "brand_new": {"text": "a\u{0}b"}});
    assert_eq!(post(&app, Some(SECRET), &strange).await.status(), StatusCode::OK);
    assert_eq!(post(&app, Some(SECRET), &update(79, "/help")).await.status(), StatusCode::OK);
    answers(&telegram, ANNA, 2).await;
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn there_is_no_webhook_while_updates_are_asked_for(db: PgPool) {
    let app = TestApp::start(db).await;
    assert_eq!(problem(post(&app, Some(""), &update(1, "/start")).await).await, (404, "not_found".into()));
}
