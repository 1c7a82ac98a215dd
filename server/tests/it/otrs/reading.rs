//! Reading: what is written comes back, times are absolute, files and histories are there.

use simulators::otrs::{Listening, world::zone};
use time::{Duration, OffsetDateTime, macros::datetime};
use vakhta::integrations::otrs::{
    Actor, Change, Condition, Detail, Field, File, Limits, LockChange, NewArticle, Order, Pending, Search, SortBy,
    StateKind, TicketId, Visible,
};

use super::{SAMPLE, client, client_at, make, named, new_ticket, start};

fn stand_at(otrs: &Listening, at: OffsetDateTime) {
    otrs.stand_still(at.unix_timestamp());
}

#[tokio::test]
async fn what_is_written_comes_back() {
    let otrs = start().await;
    let client = client(&otrs);
    let session = client.sign_in("agent1", &"agent1-pass".into()).await.expect("a session");
    let mut new = new_ticket("Не работает принтер 🖨️ «срочно» ; = + & %", "Сеть и связь");
    new.ticket.files = vec![File {
        name: "Отчёт №1.txt".into(),
        content_type: "text/plain; charset=utf-8".into(),
        content: "Привет\u{0}".into(),
    }];
    new.ticket.fields = vec![Field { name: "Tags".into(), values: vec!["vpn".into(), "wifi".into()] }];
    let id = client.create(Actor::Agent(&session), &new).await.expect("it is made").ticket;
    let change = Change {
        owner: named("agent1"),
        lock: Some(LockChange::Lock),
        state: named("open"),
        article: Some(NewArticle::note("Ответ", "Смотрим\u{0} сейчас", Visible::Customer)),
        ..Change::default()
    };
    let done = client.update(Actor::Agent(&session), id, &change).await.expect("it is done");
    assert_eq!(done.ticket, id);
    let ticket = client.ticket(Actor::Agent(&session), id, Detail::Files).await.expect("a ticket");
    assert_eq!(ticket.title, "Не работает принтер 🖨️ «срочно» ; = + & %");
    assert_eq!((ticket.queue.name.as_str(), &ticket.state_kind), ("Сеть и связь", &StateKind::Open));
    assert_eq!((ticket.owner.login.as_str(), ticket.locked), ("agent1", true));
    assert_eq!((ticket.customer_user.as_deref(), ticket.customer_company.as_deref()), (Some("tina"), Some("acme")));
    let tags = ticket.fields.iter().find(|field| field.name == "Tags").expect("it is there");
    assert_eq!(tags.values, ["vpn", "wifi"]);
    let [first, second] = &*ticket.articles else { panic!("two articles") };
    assert_eq!((first.visible_for_customer, second.visible_for_customer), (false, true), "as it was said");
    assert_eq!((second.id, second.body.as_str()), (done.article.expect("an article"), "Смотрим сейчас"));
    let [file] = &*first.attachments else { panic!("a file") };
    assert_eq!(
        (file.name.as_str(), file.size, file.content.as_deref()),
        ("Отчёт №1.txt", 13, Some("0J/RgNC40LLQtdGCAA=="))
    );
    let listed = client.ticket(Actor::Service, id, Detail::Articles).await.expect("a ticket");
    assert_eq!((listed.articles[0].attachments[0].size, &listed.articles[0].attachments[0].content), (13, &None));
    let histories = client.histories(Actor::Service, &[id]).await.expect("a history");
    let kinds: Vec<_> = histories.seen[0].entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert!(kinds.starts_with(&["NewTicket", "CustomerUpdate"]) && kinds.contains(&"Lock"), "{kinds:?}");
    let first = histories.seen[0].entries[0].values().nth(1).map(str::to_owned);
    assert_eq!(first.as_deref(), Some("Сеть и связь"));
}

#[tokio::test]
async fn times_are_absolute_whatever_the_clock_of_the_host_shows() {
    for (name, at) in [
        ("UTC", datetime!(2026-11-20 02:32:03 UTC)),
        ("Europe/Moscow", datetime!(2026-11-20 02:32:03 UTC)),
        ("Asia/Kolkata", datetime!(2026-11-20 20:00:00 UTC)),
        // The hour that comes twice, both times.
        ("Europe/Berlin", datetime!(2026-10-25 00:30:00 UTC)),
        ("Europe/Berlin", datetime!(2026-10-25 01:30:00 UTC)),
        // Just before and after the one that is left out.
        ("Europe/Berlin", datetime!(2026-03-29 00:59:59 UTC)),
        ("Europe/Berlin", datetime!(2026-03-29 01:00:00 UTC)),
    ] {
        let otrs = start().await;
        otrs.change(|world| world.settings.zone = zone(name).expect("a zone"));
        stand_at(&otrs, at);
        let client = client_at(&otrs.url(SAMPLE), &[("OTRS_TIME_ZONE", name)], Limits::default());
        let id = make(&client, "Время", "Helpdesk").await;
        let until = datetime!(2027-07-01 06:08 UTC);
        let change =
            Change { state: named("pending reminder"), pending: Some(Pending::Until(until)), ..Change::default() };
        client.update(Actor::Service, id, &change).await.expect("it is done");
        let ticket = client.ticket(Actor::Service, id, Detail::Articles).await.expect("a ticket");
        assert_eq!(ticket.articles[0].at, at, "{name}: an article says when it came");
        assert_eq!(ticket.pending_until, Some(until), "{name}");
        assert_eq!(ticket.changed_at, at, "{name}");
        assert_eq!(ticket.created_at, at, "{name}");
        // The copy of the clock finds it again.
        let mut walk = vakhta::integrations::otrs::Walk::new(
            client.clock(),
            client.clock().first_shown_from(at - Duration::minutes(1)),
            client.clock().last_shown_until(at + Duration::minutes(1)),
        );
        let found = client.step(Actor::Service, &mut walk, &[]).await.expect("an answer");
        assert!(found.is_some_and(|found| found.contains(&id)), "{name} at {at}");
    }
}

#[tokio::test]
async fn tickets_that_are_hidden_do_not_hide_the_others() {
    let otrs = start().await;
    let client = client(&otrs);
    let mut ids = Vec::new();
    for n in 0..90 {
        ids.push(make(&client, &format!("Заявка {n}"), if n % 30 == 7 { "Network" } else { "Helpdesk" }).await);
    }
    ids.push(TicketId::new(999_999));
    let stranger = client.sign_in("agent3", &"agent3-pass".into()).await.expect("a session");
    let seen = client.tickets(Actor::Agent(&stranger), &ids, Detail::Fields).await.expect("most of them");
    let hidden: Vec<_> = [7, 37, 67, 90].map(|n| ids[n]).into();
    assert_eq!(seen.hidden, hidden);
    let expected: Vec<_> = ids.iter().copied().filter(|id| !hidden.contains(id)).collect();
    assert_eq!(seen.seen.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), expected, "in their order");
    let histories = client.histories(Actor::Agent(&stranger), &ids).await.expect("most of them");
    assert_eq!((histories.seen.len(), histories.hidden), (87, hidden));
}

#[tokio::test]
async fn answers_that_are_too_long_are_asked_for_in_smaller_parts() {
    let otrs = start().await;
    let whole = client(&otrs);
    let mut ids = Vec::new();
    for n in 0..20 {
        ids.push(make(&whole, &format!("Заявка {n}"), "Helpdesk").await);
    }
    let one = client_at(&otrs.url(SAMPLE), &[], Limits { answer_bytes: 4_000, ..Limits::default() });
    let seen = one.tickets(Actor::Service, &ids, Detail::Articles).await.expect("all of them");
    assert_eq!((seen.seen.len(), seen.hidden.len()), (20, 0));
    assert_eq!(seen, whole.tickets(Actor::Service, &ids, Detail::Articles).await.expect("all of them"));
}

#[tokio::test]
async fn a_ticket_that_cannot_be_read_does_not_hide_the_others() {
    let otrs = start().await;
    let client = client(&otrs);
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(make(&client, &format!("Заявка {n}"), "Helpdesk").await);
    }
    otrs.change(|world| world.tickets.get_mut(&ids[2].get()).expect("it is there").number.clear());
    let seen = client.tickets(Actor::Service, &ids, Detail::Fields).await.expect("the others");
    assert_eq!((seen.seen.len(), seen.hidden.len()), (4, 0));
    assert_eq!(seen.unreadable, [(ids[2], "TicketNumber is missing or unreadable".to_owned())]);
    let single = client.ticket(Actor::Service, ids[2], Detail::Fields).await.expect_err("it cannot be read");
    assert!(!single.is_passing(), "{single}");
}

#[tokio::test]
async fn the_host_says_what_time_it_is() {
    let otrs = start().await;
    let at = datetime!(2026-10-25 00:30:00 UTC);
    stand_at(&otrs, at);
    assert_eq!(client(&otrs).host_now(Actor::Service).await, Ok(at));
}

#[tokio::test]
async fn a_web_service_with_other_routes_serves_as_well() {
    let otrs = start().await;
    let routes = "TicketSearch=POST /TicketSearch, TicketGet=POST /TicketGet, \
                  TicketUpdate=PUT /TicketUpdate/:TicketID, TicketHistoryGet=POST /TicketHistory";
    let client = client_at(&otrs.url("VariantREST"), &[("OTRS_ROUTES", routes)], Limits::default());
    let mut new = new_ticket("Ключ", "Helpdesk");
    new.ticket.fields = vec![Field { name: "ExternalID".into(), values: vec!["vakhta-1".into()] }];
    // Its answers to changes hold the whole ticket.
    let id = client.create(Actor::Service, &new).await.expect("it is made").ticket;
    let note = NewArticle::note("Заметка", "Текст", Visible::Agents);
    let change = Change { article: Some(note), ..Change::default() };
    assert!(client.update(Actor::Service, id, &change).await.expect("it is done").article.is_some());
    let seen = client.tickets(Actor::Service, &[id, TicketId::new(1)], Detail::Articles).await.expect("both");
    assert_eq!((seen.seen.len(), seen.seen[0].articles.len()), (2, 2));
    assert_eq!(client.histories(Actor::Service, &[id]).await.expect("a history").seen.len(), 1);
    let by_key = |equals: &str| Search {
        conditions: vec![Condition::Field { name: "ExternalID".into(), equals: equals.into() }],
        limit: 2,
        sort: (SortBy::Created, Order::Up),
    };
    assert_eq!(client.search(Actor::Service, &by_key("vakhta-1")).await, Ok(vec![id]));
    assert_eq!(client.search(Actor::Service, &by_key("vakhta-2")).await, Ok(Vec::new()));
    // A key that nobody has must not match everything: the classic route says that it cannot.
    let classic = super::client(&otrs);
    assert!(classic.search(Actor::Service, &by_key("vakhta-1")).await.is_err());
}
