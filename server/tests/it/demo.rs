//! The demo's content, brought in through the public API, and its workbook of invented people.

use simulators::{
    cast,
    people::workbook,
    seed,
    telegram::{Options, Telegram, demo},
};
use sqlx::PgPool;

use crate::helpers::{
    TestApp,
    app::{ADMIN, BOT_TOKEN},
};

const PEOPLE: usize = 150;

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn the_demo_is_filled_once(db: PgPool) {
    let options = Options { bot_token: BOT_TOKEN.into(), demo: true, ..Options::default() };
    let telegram = Telegram::start(options).await.expect("it starts");
    let app = TestApp::with().var("TELEGRAM_API_URL", &telegram.api_url()).start(db).await;
    let options = seed::Options {
        app_url: app.url.clone(),
        bot_token: BOT_TOKEN.into(),
        admin_id: ADMIN,
        telegram_url: Some(telegram.api_url()),
        otrs: false,
        fleet_url: None,
        people: PEOPLE,
    };
    let (_, workbook::Summary { people, .. }) = workbook::write(PEOPLE, seed::SEED).expect("a workbook");

    let added = seed::run(&options).await.expect("the demo is filled");
    assert_eq!(added.employees, people as u64 + 3, "the workbook and three of the cast");
    assert_eq!(added.accounts, 4, "three with roles, one asking");
    assert!(added.edits > 0, "there is history");
    let roles = sqlx::query_as::<_, (i64, String, bool, bool)>(
        "select telegram_id, role, employee_id is not null, access_requested_at is not null from core.account order by 1",
    );
    let roles = roles.fetch_all(&app.db).await.expect("accounts");
    let expected = [
        (cast::OPERATOR.id, "operator", true, false),
        (cast::EMPLOYEE.id, "employee", true, false),
        (cast::ASKING.id, "guest", false, true),
        // The configuration makes him an administrator, whatever is stored.
        (ADMIN, "guest", true, false),
    ];
    assert_eq!(roles, expected.map(|(id, role, linked, asks)| (id, role.to_owned(), linked, asks)));
    let shared = telegram.messages(demo::GROUP).last().map(|message| message.text.clone()).unwrap_or_default();
    assert!(shared.contains("?startapp=employee-"), "a card is shared in the group: {shared}");

    let before = telegram.messages(demo::GROUP).len();
    assert_eq!(seed::run(&options).await.expect("again"), seed::Added::default());
    assert_eq!(telegram.messages(demo::GROUP).len(), before);
}
