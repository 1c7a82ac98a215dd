//! What breaks, and what is said of it: whether trying again helps, and whether anything may have been done.

use std::time::Duration;

use simulators::otrs::{Fault, Outage};
use vakhta::integrations::otrs::{
    Actor, Change, Condition, Detail, Failure, Limits, NewArticle, Order, Search, SortBy, Visible,
};

use super::{SAMPLE, client, client_at, make, named, new_ticket, retitled, start};

#[tokio::test]
async fn a_lost_answer_is_unclear_whether_it_was_done_or_not() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    for (fault, done) in [(Fault::AnswerLost, true), (Fault::QuestionLost, false), (Fault::ServerError, false)] {
        let before = otrs.look(|world| world.changes);
        otrs.fail_next("TicketUpdate", fault);
        let change = retitled(&format!("{fault:?}"));
        let failure = client.update(Actor::Service, id, &change).await.expect_err("it breaks");
        assert!(matches!(failure, Failure::Unclear(_)), "{fault:?}: {failure}");
        assert!(failure.is_passing() && failure.may_have_changed());
        assert_eq!(otrs.look(|world| world.changes) > before, done, "{fault:?}");
        // Reading back tells.
        let ticket = client.ticket(Actor::Service, id, Detail::Fields).await.expect("a ticket");
        assert_eq!(ticket.title == format!("{fault:?}"), done);
    }
    otrs.fail_next("TicketCreate", Fault::AnswerLost);
    let failure = client.create(Actor::Service, &new_ticket("Дважды?", "Helpdesk")).await.expect_err("it breaks");
    assert!(matches!(failure, Failure::Unclear(_)), "{failure}");
}

#[tokio::test]
async fn a_lost_answer_to_a_question_that_only_reads_is_passing_trouble() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    for fault in [Fault::AnswerLost, Fault::QuestionLost, Fault::ServerError] {
        otrs.fail_next("TicketGet", fault);
        let failure = client.ticket(Actor::Service, id, Detail::Fields).await.expect_err("it breaks");
        assert!(matches!(failure, Failure::Unavailable(_)), "{fault:?}: {failure}");
        assert!(!failure.may_have_changed());
    }
}

#[tokio::test]
async fn without_a_connection_surely_nothing_was_done() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    // A port that nobody has any more.
    let other = start().await;
    let gone = client_at(&other.url(SAMPLE), &[], Limits::default());
    let session = client.sign_in("agent1", &"agent1-pass".into()).await.expect("a session");
    drop(other);
    let failure = gone.update(Actor::Agent(&session), id, &retitled("Нет")).await.expect_err("nobody is there");
    assert!(matches!(failure, Failure::Unavailable(_)) && !failure.may_have_changed(), "{failure}");
}

#[tokio::test]
async fn outages_are_passing_and_a_change_in_them_is_unclear() {
    let otrs = start().await;
    let limits = Limits { answering: Duration::from_millis(300), ..Limits::default() };
    let client = client_at(&otrs.url(SAMPLE), &[], limits);
    let id = make(&client, "Принтер", "Helpdesk").await;
    for outage in [Outage::DatabaseDown, Outage::BadGateway, Outage::Silence] {
        otrs.set_outage(outage);
        let read = client.ticket(Actor::Service, id, Detail::Fields).await.expect_err("it is away");
        assert!(matches!(read, Failure::Unavailable(_)), "{outage:?}: {read}");
        otrs.set_outage(outage);
        let changed = client.update(Actor::Service, id, &retitled("Нет")).await.expect_err("it is away");
        assert!(matches!(changed, Failure::Unclear(_)), "{outage:?}: {changed}");
        otrs.set_outage(Outage::None);
        client.ticket(Actor::Service, id, Detail::Fields).await.expect("it is back");
    }
}

#[tokio::test]
async fn a_system_in_trouble_is_left_alone_for_a_while() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    otrs.set_outage(Outage::DatabaseDown);
    for _ in 0..5 {
        let failure = client.ticket(Actor::Service, id, Detail::Fields).await.expect_err("it is away");
        assert!(matches!(failure, Failure::Unavailable(_)), "{failure}");
    }
    otrs.set_outage(Outage::None);
    let failure = client.update(Actor::Service, id, &retitled("Нет")).await.expect_err("it is left alone");
    assert!(matches!(failure, Failure::Busy { .. }) && !failure.may_have_changed(), "{failure}");
}

#[tokio::test]
async fn half_a_change_is_told_apart_and_stays_half() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    let change = Change {
        title: Some("Половина".to_owned()),
        state: named("open"),
        article: Some(NewArticle::note("Заметка", "Текст", Visible::Agents)),
        ..Change::default()
    };
    otrs.fail_next("TicketUpdate", Fault::HalfUpdate);
    let failure = client.update(Actor::Service, id, &change).await.expect_err("it stops");
    assert!(matches!(failure, Failure::Partial(_)), "{failure}");
    assert!(failure.may_have_changed() && !failure.is_passing());
    let ticket = client.ticket(Actor::Service, id, Detail::Articles).await.expect("a ticket");
    assert_eq!((&*ticket.title, &*ticket.state.name, ticket.articles.len()), ("Половина", "new", 1));
}

#[tokio::test]
async fn a_refusal_may_come_after_the_first_part_is_stored() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    let pending = Change { state: named("pending reminder"), ..retitled("Уже другой") };
    let failure = client.update(Actor::Service, id, &pending).await.expect_err("a time is missing");
    assert!(matches!(failure, Failure::MissingParameter(_)) && failure.may_have_changed(), "{failure}");
    let ticket = client.ticket(Actor::Service, id, Detail::Fields).await.expect("a ticket");
    assert_eq!((&*ticket.title, &*ticket.state.name), ("Уже другой", "new"));
}

#[tokio::test]
async fn refusals_name_their_kind() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Сеть", "Network").await;
    let reader = client.sign_in("agent2", &"agent2-pass".into()).await.expect("a session");
    let stranger = client.sign_in("agent3", &"agent3-pass".into()).await.expect("a session");
    let priority = Change { priority: named("5 very high"), ..Change::default() };
    let denied = [
        client.update(Actor::Agent(&reader), id, &priority).await.map(drop),
        client.update(Actor::Agent(&stranger), id, &priority).await.map(drop),
        client.ticket(Actor::Agent(&stranger), id, Detail::Fields).await.map(drop),
    ];
    for answer in denied {
        assert!(matches!(answer, Err(Failure::AccessDenied(_))), "{answer:?}");
    }
    let unknown = Change { queue: named("Nowhere"), ..Change::default() };
    let answer = client.update(Actor::Service, id, &unknown).await;
    assert!(matches!(answer, Err(Failure::InvalidParameter(_))), "{answer:?}");
    let helpdesk = make(&client, "Сюда", "Helpdesk").await;
    let moved = Change { queue: named("Network"), ..Change::default() };
    let answer = client.update(Actor::Agent(&stranger), helpdesk, &moved).await;
    assert!(matches!(answer, Err(Failure::Partial(_))), "301: {answer:?}");
}

#[tokio::test]
async fn a_right_that_is_taken_away_ends_at_once() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Сеть", "Network").await;
    let session = client.sign_in("agent2", &"agent2-pass".into()).await.expect("a session");
    client.ticket(Actor::Agent(&session), id, Detail::Fields).await.expect("he may read");
    otrs.change(|world| {
        let agent = world.agents.iter_mut().find(|agent| agent.login == "agent2").expect("he is there");
        agent.rights.clear();
    });
    let answer = client.ticket(Actor::Agent(&session), id, Detail::Fields).await;
    assert!(matches!(answer, Err(Failure::AccessDenied(_))), "{answer:?}");
    let search =
        Search { conditions: vec![Condition::Tickets(vec![id])], limit: 1, sort: (SortBy::Created, Order::Down) };
    assert_eq!(client.search(Actor::Agent(&session), &search).await, Ok(Vec::new()));
}

#[tokio::test]
async fn wrong_addresses_and_routes_are_for_an_administrator() {
    let otrs = start().await;
    let id = make(&client(&otrs), "Принтер", "Helpdesk").await;
    let elsewhere = format!("{}/otobo/nph-genericinterface.pl/Webservice/{SAMPLE}", otrs.host());
    let routes = [("OTRS_ROUTES", "TicketGet=GET /Tickets/:TicketID")];
    for client in [
        client_at(&otrs.url("NoSuchService"), &[], Limits::default()),
        client_at(&elsewhere, &[], Limits::default()),
        client_at(&otrs.url(SAMPLE), &routes, Limits::default()),
    ] {
        let failure = client.ticket(Actor::Service, id, Detail::Fields).await.expect_err("nothing is there");
        assert!(matches!(failure, Failure::Misconfigured(_)) && !failure.is_passing(), "{failure}");
    }
}

#[tokio::test]
async fn answers_and_questions_have_a_largest_size() {
    let otrs = start().await;
    let id = make(&client(&otrs), "Принтер", "Helpdesk").await;
    let small = client_at(&otrs.url(SAMPLE), &[], Limits { answer_bytes: 600, ..Limits::default() });
    let failure = small.ticket(Actor::Service, id, Detail::Articles).await.expect_err("it is longer");
    assert_eq!(failure, Failure::TooLarge("the answer"));
    // The other web service takes 20 000 bytes.
    let routes = [("OTRS_ROUTES", "TicketUpdate=PUT /TicketUpdate/:TicketID")];
    let variant = client_at(&otrs.url("VariantREST"), &routes, Limits::default());
    let long = NewArticle::note("Журнал", "x".repeat(30_000), Visible::Agents);
    let change = Change { article: Some(long), ..Change::default() };
    let failure = variant.update(Actor::Service, id, &change).await.expect_err("it is too long");
    assert_eq!(failure, Failure::TooLarge("the request"));
}

#[tokio::test]
async fn only_so_many_questions_are_asked_at_once() {
    let otrs = start().await;
    let client = client_at(&otrs.url(SAMPLE), &[], Limits { parallel: 2, ..Limits::default() });
    let id = make(&client, "Принтер", "Helpdesk").await;
    otrs.change(|world| world.faults.delay_ms = 50);
    let ask = || client.ticket(Actor::Service, id, Detail::Fields);
    let answers = tokio::join!(ask(), ask(), ask(), ask(), ask(), ask());
    assert!(answers.0.is_ok() && answers.5.is_ok());
    assert_eq!(otrs.questions().at_once, 2);
}
