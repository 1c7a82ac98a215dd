//! Sessions: used as long as they last, renewed once, never guessed at.

use simulators::otrs::Outage;
use vakhta::integrations::otrs::{Actor, Detail, Failure, Limits, SessionId};

use super::{SAMPLE, client, client_at, make, start};

#[tokio::test]
async fn one_session_serves_many_questions() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    for _ in 0..5 {
        client.ticket(Actor::Service, id, Detail::Fields).await.expect("a ticket");
    }
    assert_eq!(otrs.look(|world| world.sessions.len()), 1);
}

#[tokio::test]
async fn a_lost_session_of_the_service_is_renewed_and_nothing_is_done_twice() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    otrs.lose_sessions();
    make(&client, "Ещё один", "Helpdesk").await;
    otrs.lose_sessions();
    client.ticket(Actor::Service, id, Detail::Fields).await.expect("a ticket");
    // One that was not used for too long ends by itself.
    otrs.advance(std::time::Duration::from_secs(7_201));
    client.ticket(Actor::Service, id, Detail::Fields).await.expect("a ticket");
    assert_eq!(otrs.look(|world| (world.tickets.len(), world.changes)), (3, 2), "the welcome and two");
}

#[tokio::test]
async fn many_questions_at_once_sign_in_once() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    otrs.lose_sessions();
    let ask = || client.ticket(Actor::Service, id, Detail::Fields);
    let answers = tokio::join!(ask(), ask(), ask(), ask(), ask());
    assert!(answers.0.is_ok() && answers.1.is_ok() && answers.2.is_ok() && answers.3.is_ok() && answers.4.is_ok());
    assert_eq!(otrs.look(|world| world.sessions.len()), 1);
}

#[tokio::test]
async fn nobody_else_acts_for_an_agent_whose_session_ended() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    let session = client.sign_in("agent1", &"agent1-pass".into()).await.expect("a session");
    client.ticket(Actor::Agent(&session), id, Detail::Fields).await.expect("a ticket");
    otrs.lose_sessions();
    let answer = client.ticket(Actor::Agent(&session), id, Detail::Fields).await;
    assert_eq!(answer, Err(Failure::AuthFail));
    assert_eq!(otrs.look(|world| world.sessions.len()), 0, "and no session is made in his name");
}

#[tokio::test]
async fn wrong_passwords_and_unknown_logins_are_the_same() {
    let otrs = start().await;
    let client = client(&otrs);
    for (login, password) in [("agent1", "nope"), ("nobody", "x"), ("Agent1", "agent1-pass")] {
        let answer = client.sign_in(login, &password.into()).await;
        assert_eq!(answer.map(|_| ()), Err(Failure::AuthFail), "{login}");
    }
}

#[tokio::test]
async fn a_service_whose_password_is_wrong_stops() {
    let otrs = start().await;
    let client = client_at(&otrs.url(SAMPLE), &[("OTRS_PASSWORD", "nope")], Limits::default());
    let ask = || client.histories(Actor::Service, &[]);
    assert_eq!(ask().await.map(|seen| seen.seen.len()), Ok(0), "nothing to ask");
    let search = || client.ticket(Actor::Service, vakhta::integrations::otrs::TicketId::new(1), Detail::Fields);
    assert_eq!(search().await, Err(Failure::AuthFail));
    // Nothing is even sent now: it is answered although nobody is there.
    otrs.set_outage(Outage::Silence);
    assert_eq!(search().await, Err(Failure::AuthFail));
}

#[tokio::test]
async fn nothing_shows_secrets() {
    let otrs = start().await;
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    let session = client.sign_in("agent1", &"agent1-pass".into()).await.expect("a session");
    let held: Vec<String> = otrs.look(|world| world.sessions.keys().cloned().collect());
    drop(otrs);
    let failure = client.ticket(Actor::Agent(&session), id, Detail::Fields).await.expect_err("nobody is there");
    let wrong = SessionId::new("lkMZgKhRyNoXWMhA0kFeFJu9976D8XaU");
    let shown = [failure.to_string(), format!("{failure:?}"), format!("{client:?}"), format!("{session:?} {wrong:?}")];
    for text in shown {
        for secret in held.iter().map(String::as_str).chain(["svc-api-pass", "lkMZ"]) {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
