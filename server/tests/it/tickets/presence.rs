//! Who else looks at a ticket: told to those who may see it and look as well, on every node, and to nobody else.

use serde_json::{Value, json};
use sqlx::PgPool;

use crate::helpers::{TestApp, desk::Desk, people::User, screen::Screen};

async fn screen(app: &TestApp, user: &User) -> Screen {
    let mut screen = Screen::open(app, &json!({ "token": user.token(), "topics": ["tickets"] })).await;
    assert_eq!(screen.next().await.expect("a frame")["event"], "now");
    screen
}

/// The names that this screen is told next.
async fn names(screen: &mut Screen) -> Vec<String> {
    loop {
        let frame = screen.news().await;
        if frame["event"] == "presence" {
            let people = frame["data"]["people"].as_array().expect("people").clone();
            return people.iter().map(|person| person["name"].as_str().expect("a name").to_owned()).collect();
        }
    }
}

fn looking(id: i64) -> Value {
    json!({ "looking": format!("ticket-{id}") })
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn whoever_looks_at_the_same_ticket_learns_of_the_others(db: PgPool) {
    let desk = Desk::start(db.clone()).await;
    let id = desk.make("Принтер", "Helpdesk").await;
    desk.copy().await;
    let (anna, bob) = (desk.agent(801, "agent1").await, desk.agent(802, "agent2").await);
    let (mut hers, mut his) = (screen(&desk.app, &anna).await, screen(&desk.app, &bob).await);
    hers.say(&looking(id)).await;
    assert!(names(&mut hers).await.is_empty(), "not herself");
    his.say(&looking(id)).await;
    let (her_name, his_name) = (anna.name().await, bob.name().await);
    assert_eq!(names(&mut hers).await, [&*his_name]);
    while names(&mut his).await != [&*her_name] {}
    // The same person on a second screen is one, also on another node.
    let other = TestApp::with()
        .without_workers()
        .var("OTRS_URL", &desk.otrs.url(crate::helpers::desk::SERVICE))
        .var("OTRS_USER", "svc-api")
        .var("OTRS_PASSWORD", "svc-api-pass")
        .start(db)
        .await;
    let mut second = screen(&other, &bob).await;
    second.say(&looking(id)).await;
    while names(&mut second).await != [&*her_name] {}
    his.say(&json!({ "looking": null })).await;
    // Whoever comes now still sees him by his second screen; gone with that, he is gone.
    let mut again = screen(&desk.app, &anna).await;
    again.say(&looking(id)).await;
    while names(&mut again).await != [&*his_name] {}
    drop(second);
    assert!(names(&mut hers).await.is_empty());
    assert!(names(&mut again).await.is_empty());
}

#[sqlx::test(migrator = "vakhta::store::MIGRATOR")]
async fn who_may_not_see_a_ticket_neither_learns_nor_is_seen(db: PgPool) {
    let desk = Desk::start(db).await;
    let (id, theirs) = (desk.make("Коммутатор", "Network").await, desk.make("Принтер", "Helpdesk").await);
    desk.copy().await;
    // The third has no right in that queue.
    let (anna, third) = (desk.agent(801, "agent1").await, desk.agent(803, "agent3").await);
    let (mut hers, mut thirds) = (screen(&desk.app, &anna).await, screen(&desk.app, &third).await);
    hers.say(&looking(id)).await;
    assert!(names(&mut hers).await.is_empty());
    for wrong in [looking(id), json!({ "looking": "ticket-999999" }), json!({ "looking": "server-1" }), json!([1])] {
        thirds.say(&wrong).await;
    }
    thirds.say(&looking(theirs)).await;
    // What they are told first is of the ticket both may see: nothing came before.
    let frame = thirds.news().await;
    assert_eq!((&frame["event"], &frame["data"]["ticket"]), (&json!("presence"), &json!(theirs.to_string())));
    hers.say(&looking(theirs)).await;
    assert_eq!(names(&mut hers).await, [third.name().await]);
}
