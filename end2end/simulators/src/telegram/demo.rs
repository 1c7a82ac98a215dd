//! The chats with which the demo begins: a group with topics where colleagues talk.

use super::{
    Options,
    chat::{Chat, ChatKind, Sender, Topic},
    markup,
    world::World,
};
use crate::cast;

/// The group of the demo: the duty shift of the IT department.
pub const GROUP: i64 = -1_002_138_200_001;

/// Its topic about the directory.
pub const DIRECTORY: i64 = 3;
const ALERTS: i64 = 5;

/// Adds the people of the cast, their private chats and the group.
pub(super) fn fill(world: &mut World, options: &Options) {
    for actor in cast::ALL {
        world.meet(actor.person("ru"));
    }
    let mut group = Chat::new(GROUP, ChatKind::Supergroup);
    group.title = ("Дежурная смена ИТ".to_owned(), "IT duty shift".to_owned());
    group.topics = [(ALERTS, "Оповещения", "Alerts"), (DIRECTORY, "Справочник", "Directory")]
        .map(|(id, ru, en)| Topic { id, title: (ru.to_owned(), en.to_owned()) })
        .into();
    world.chats.insert(GROUP, group);

    let link = format!("https://t.me/{}/{}", options.bot_username, options.app_name);
    let said = [
        (
            cast::ADMIN.id,
            None,
            "Всем привет! Справочник сотрудников переехал из таблицы в «Вахту». Вопросы — в тему «Справочник»."
                .to_owned(),
            "Hi all! The staff directory has moved from the spreadsheet to Vakhta. Questions go to “Directory”."
                .to_owned(),
        ),
        (
            cast::EMPLOYEE.id,
            Some(DIRECTORY),
            "Подскажите, где теперь искать телефоны коллег?".to_owned(),
            "Where do I look up colleagues’ phone numbers now?".to_owned(),
        ),
        (
            cast::OPERATOR.id,
            Some(DIRECTORY),
            format!("Здесь: {link}\nХватит трёх букв фамилии, кабинета, IP или добавочного — найдётся и с опечаткой."),
            format!(
                "Here: {link}\nThree letters of a surname, a room, an IP or an extension will do — typos included."
            ),
        ),
    ];
    for (user, thread, text, english) in said {
        world.append(GROUP, Sender::User(user), |message| {
            message.entities = markup::detect(&text);
            message.text = text;
            message.english = Some(english);
            message.thread = thread;
        });
    }
}
