//! The switches for people, beside the simulated Telegram.

use reqwest::{Client, Response};
use serde_json::{Value, json};
use simulators::{
    Otrs, Telegram,
    otrs::{Fault, Outage, World, demo},
    telegram::Options,
};

/// Noon of 2026-11-20, UTC.
const NOW: i64 = 1_795_176_000;

/// Both, with the demo's tickets.
async fn demo() -> (Telegram, std::sync::Arc<Otrs>) {
    let otrs = Otrs::new("otrs", demo::world(NOW));
    otrs.stand_still(NOW);
    let telegram = Telegram::start(Options { otrs: Some(otrs.clone()), ..Options::default() }).await.unwrap();
    (telegram, otrs)
}

async fn post(telegram: &Telegram, path: &str, body: Value) -> Response {
    Client::new().post(format!("{}/tickets/{path}", telegram.api_url())).json(&body).send().await.unwrap()
}

/// Asks the web service that the demo uses.
async fn ask(telegram: &Telegram, place: &str, body: Value) -> Value {
    let url = format!("{}/otrs/nph-genericinterface.pl/Webservice/Vakhta/{place}", telegram.api_url());
    Client::new().post(url).json(&body).send().await.unwrap().json().await.unwrap()
}

fn duty(more: Value) -> Value {
    let mut question = json!({"UserLogin": "petr.vorontsov", "Password": "petr.vorontsov-pass"});
    question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    question
}

#[tokio::test]
async fn the_page_and_its_files_are_there() {
    let (telegram, _otrs) = demo().await;
    for path in ["tickets", "tickets/page/main.js", "tickets/page/words.js", "tickets/page/tickets.css", "page/dom.js"]
    {
        let answer = reqwest::get(format!("{}/{path}", telegram.api_url())).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
    }
    let state: Value =
        reqwest::get(format!("{}/tickets/state", telegram.api_url())).await.unwrap().json().await.unwrap();
    assert_eq!(state["clock"], "2026-11-20 15:00:00", "Moscow's");
    assert!(state["tickets"].as_array().is_some_and(|tickets| tickets.len() == 90));
}

#[tokio::test]
async fn switches_do_what_they_say() {
    let (telegram, otrs) = demo().await;
    assert_eq!(post(&telegram, "outage", json!({"outage": "database_down", "delay_ms": 5})).await.status(), 200);
    let faults = otrs.look(|world| world.faults.clone());
    assert_eq!((faults.outage, faults.delay_ms), (Outage::DatabaseDown, 5));
    post(&telegram, "next", json!({"operation": "TicketUpdate", "fault": "half_update"})).await;
    assert_eq!(otrs.look(|world| world.faults.next["TicketUpdate"].clone()), [Fault::HalfUpdate]);
    post(&telegram, "calm", json!({})).await;
    assert_eq!(otrs.look(|world| (world.faults.outage, world.faults.next.len())), (Outage::None, 0));
    post(&telegram, "zone", json!({"zone": "Asia/Tokyo"})).await;
    assert_eq!(otrs.look(World::local_now), NOW + 9 * 3_600);
    assert_eq!(post(&telegram, "zone", json!({"zone": "Nowhere"})).await.status(), 422);
    assert!(ask(&telegram, "Session", duty(json!({}))).await["SessionID"].is_string());
    post(&telegram, "sessions", json!({})).await;
    assert_eq!(otrs.look(|world| world.sessions.len()), 0);
}

#[tokio::test]
async fn rights_are_per_group_of_queues_and_can_be_taken_away() {
    let (telegram, _otrs) = demo().await;
    let found = async |queue: &str| {
        let answer = ask(&telegram, "TicketSearch", duty(json!({"Queues": [queue]}))).await;
        answer["TicketID"].as_array().map_or(0, Vec::len)
    };
    assert!(found("Поддержка").await > 0 && found("Серверы").await > 0);
    assert_eq!(found("Закупки").await, 0, "he may not see these");
    let take = json!({"agent": "petr.vorontsov", "group": 2, "rights": []});
    assert_eq!(post(&telegram, "rights", take).await.status(), 200);
    assert_eq!(found("Серверы").await, 0);
    let give = json!({"agent": "petr.vorontsov", "group": 3, "rights": ["note"]});
    post(&telegram, "rights", give).await;
    assert!(found("Закупки").await > 0, "who may write notes may read");
    let wrong = json!({"agent": "petr.vorontsov", "group": 3, "rights": ["everything"]});
    assert_eq!(post(&telegram, "rights", wrong).await.status(), 422);
}
