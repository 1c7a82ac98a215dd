//! What the simulated Telegram says is what the real one would: teloxide, made for that one, understands it all.

use simulators::{
    launch::Person,
    telegram::{Chat, ChatKind, Telegram, Topic},
};
use teloxide::{
    Bot,
    payloads::{GetUpdatesSetters, SendMessageSetters, SetChatMenuButtonSetters, SetMyCommandsSetters},
    requests::Requester,
    types::{
        AllowedUpdate, BotCommand, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, MenuButton, MessageId,
        MessageKind, ParseMode, ThreadId, UpdateKind, WebAppInfo,
    },
};

use super::{ANNA, telegram};
use crate::helpers::app::BOT_TOKEN;

const GROUP: i64 = -200;
const FORUM: i64 = -100_500;

fn bot(telegram: &Telegram) -> Bot {
    Bot::new(BOT_TOKEN).set_api_url(telegram.api_url().parse().expect("an address"))
}

async fn with_groups() -> Telegram {
    let telegram = telegram().await;
    telegram.add_person(Person::new(ANNA + 1, "Борис"));
    telegram.add_chat(Chat::new(GROUP, ChatKind::Group));
    let topics = vec![Topic { id: 5, title: ("Смена".into(), "Shift".into()) }];
    telegram.add_chat(Chat { topics, ..Chat::new(FORUM, ChatKind::Supergroup) });
    telegram
}

#[tokio::test]
async fn updates_are_understood() {
    let telegram = with_groups().await;
    let bot = bot(&telegram);
    telegram.send(ANNA, "/start see https://x.example/, @other_bot and anna@x.example");
    telegram.send_to(ANNA, FORUM, Some(5), "/help");
    let keyboard = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("Да", "yes")]]);
    let asked = bot.send_message(ChatId(ANNA), "?").reply_markup(keyboard).await.expect("sent");
    telegram.press(ANNA, ANNA, asked.id.0.into(), "yes").expect("a query");
    telegram.set_blocked(ANNA, true);
    telegram.set_blocked(ANNA, false);
    telegram.migrate(GROUP).expect("a supergroup");
    telegram.change(|world| world.allow_writing(ANNA + 1));

    let updates = bot.get_updates().allowed_updates([AllowedUpdate::Message]).await.expect("updates");
    let kinds: Vec<&str> = updates
        .iter()
        .map(|update| match &update.kind {
            UpdateKind::Message(message) => match &message.kind {
                MessageKind::Common(_) if message.chat_migration().is_some() => "migration",
                MessageKind::Common(_) => message.text().expect("a text"),
                MessageKind::WriteAccessAllowed(_) => "write access",
                other => panic!("{other:?}"),
            },
            UpdateKind::CallbackQuery(query) => query.data.as_deref().expect("data"),
            UpdateKind::MyChatMember(change) => match change.new_chat_member.is_banned() {
                true => "blocked",
                false => "let in",
            },
            other => panic!("{other:?}"),
        })
        .collect();
    let start = "/start see https://x.example/, @other_bot and anna@x.example";
    assert_eq!(
        kinds,
        [start, "/help", "yes", "blocked", "let in", "migration", "migration", "write access"],
        "in the order they came"
    );
    let UpdateKind::Message(in_topic) = &updates[1].kind else { panic!("a message") };
    assert_eq!((in_topic.is_topic_message, in_topic.thread_id), (true, Some(ThreadId(MessageId(5)))));
    assert_eq!(in_topic.from.as_ref().map(|user| user.first_name.as_str()), Some("Анна"));
}

#[tokio::test]
async fn answers_of_methods_are_understood() {
    let telegram = with_groups().await;
    let bot = bot(&telegram);
    telegram.send(ANNA, "/start");
    let anna = ChatId(ANNA);
    assert_eq!(bot.get_me().await.expect("itself").username(), "vakhta_test_bot");

    assert_eq!(bot.get_chat(anna).await.expect("a chat").first_name(), Some("Анна"));
    assert!(bot.get_chat(ChatId(FORUM)).await.expect("a chat").is_supergroup());

    let app = WebAppInfo { url: "https://x.example/".parse().expect("an address") };
    let keyboard = InlineKeyboardMarkup::new([[InlineKeyboardButton::web_app("Открыть", app.clone())]]);
    let html = "<b>раз</b> <i>два</i> <code>три</code> <a href=\"https://x.example/\">четыре</a>";
    let sent = bot.send_message(anna, html).parse_mode(ParseMode::Html).reply_markup(keyboard.clone()).await;
    let sent = sent.expect("sent");
    assert_eq!((sent.text(), sent.entities().map(<[_]>::len)), (Some("раз два три четыре"), Some(4)));
    assert_eq!(sent.reply_markup(), Some(&keyboard));
    let edited = bot.edit_message_text(anna, sent.id, "пять").await.expect("edited");
    assert!(edited.edit_date().is_some() && edited.reply_markup().is_none());
    bot.pin_chat_message(anna, sent.id).await.expect("pinned");
    bot.delete_message(anna, sent.id).await.expect("deleted");

    let button = MenuButton::WebApp { text: "Вахта".into(), web_app: app };
    bot.set_chat_menu_button().chat_id(anna).menu_button(button.clone()).await.expect("set");
    assert_eq!(bot.get_chat_menu_button().await.expect("the default"), MenuButton::Commands);
    let commands = vec![BotCommand::new("app", "Открыть")];
    bot.set_my_commands(commands.clone()).language_code("ru").await.expect("set");
    assert_eq!(bot.get_my_commands().await.expect("those of other languages"), []);

    bot.set_webhook("https://x.example/telegram/webhook".parse().expect("an address")).await.expect("set");
    let info = bot.get_webhook_info().await.expect("told");
    assert_eq!(info.url.map(String::from).as_deref(), Some("https://x.example/telegram/webhook"));
    let conflict = bot.get_updates().await.expect_err("there is a webhook");
    assert!(conflict.to_string().contains("Conflict"), "{conflict}");
}
