//! What is sent: beside the rules, the same as was sent in the recordings, but for what is always said here.

use jiff::tz::TimeZone;
use serde_json::{Value, json};
use simulators::otrs::recorded;
use time::macros::datetime;

use super::{
    super::{Change, Field, File, HostClock, LockChange, NewArticle, NewTicket, Pending, Reference, TicketId, Visible},
    Params, ask, creation, pending, update,
};
use crate::config::otrs::{Operation, Route, Routes};

fn route(method: &'static str, path: &str) -> Route {
    Route { method, path: path.to_owned() }
}

#[test]
fn what_separates_is_encoded() {
    let params = vec![("Title".to_owned(), json!("a=b;c&d+e 100%*")), ("States".to_owned(), json!(["new", "open"]))];
    let question = ask(&route("GET", "/Ticket"), &[], params);
    assert_eq!(question.place, "/Ticket?Title=a%3Db%3Bc%26d%2Be%20100%25%2A&States=new&States=open");
    assert_eq!(question.body, None);
}

#[test]
fn tickets_stand_where_the_route_has_a_place_for_them() {
    let ids = [TicketId::new(2), TicketId::new(4)];
    let params = || vec![("SessionID".to_owned(), json!("s"))];
    assert_eq!(ask(&route("GET", "/Ticket/:TicketID"), &ids, params()).place, "/Ticket/2,4?SessionID=s");
    let listed = ask(&route("GET", "/TicketList"), &ids, params());
    assert_eq!(listed.place, "/TicketList?SessionID=s&TicketID=2&TicketID=4");
    let posted = ask(&route("POST", "/TicketGet"), &ids, params());
    assert_eq!(
        (posted.place.as_str(), posted.body),
        ("/TicketGet", Some(json!({"SessionID": "s", "TicketID": ["2", "4"]})))
    );
}

#[test]
fn a_pending_time_is_what_the_clock_of_the_host_shows() {
    let moscow = HostClock::new(TimeZone::get("Europe/Moscow").expect("a zone"));
    let until = Pending::Until(datetime!(2027-05-06 04:08:59 UTC));
    assert_eq!(pending(until, &moscow), json!({"Year": 2027, "Month": 5, "Day": 6, "Hour": 7, "Minute": 8}));
}

#[test]
fn nothing_empty_is_sent() {
    assert_eq!(update(&Change::default(), &HostClock::new(TimeZone::UTC)), Params::new());
}

fn utc() -> HostClock {
    HostClock::new(TimeZone::UTC)
}

fn name(text: &str) -> Option<Reference> {
    Some(Reference::Name(text.to_owned()))
}

fn field(name: &str, values: &[&str]) -> Field {
    Field { name: name.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
}

/// Whether everything of `part` stands in `whole`.
fn holds(whole: &Value, part: &Value, path: &str) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (name, value) in part {
                let found = whole.get(name).unwrap_or_else(|| panic!("{path}.{name} is not sent"));
                holds(found, value, &format!("{path}.{name}"));
            }
        }
        (Value::Array(whole), Value::Array(part)) if whole.len() == part.len() => {
            whole.iter().zip(part).for_each(|(whole, part)| holds(whole, part, path));
        }
        // The recordings leave out a hyphen.
        _ if path.ends_with(".Article.ContentType") => {
            assert!(whole.as_str().is_some_and(|it| it.ends_with("charset=utf-8")));
        }
        _ => assert_eq!(whole, part, "{path}"),
    }
}

#[test]
fn changes_are_sent_as_they_were_recorded() {
    let note = |subject, body, visible| Some(NewArticle::note(subject, body, visible));
    let none = Change::default;
    let table = [
        (218, Change { article: note("Internal note", "Only for agents", Visible::Agents), ..none() }),
        (219, Change { article: note("Visible note", "Also for the customer", Visible::Customer), ..none() }),
        (
            223,
            Change {
                article: note("With file", "see file", Visible::Customer),
                files: vec![File { name: "a.txt".into(), content_type: "text/plain".into(), content: b"abc".to_vec() }],
                ..none()
            },
        ),
        (233, Change { state: name("open"), ..none() }),
        (235, Change { lock: Some(LockChange::Lock), ..none() }),
        (237, Change { lock: Some(LockChange::Unlock), ..none() }),
        (241, Change { priority: Some(Reference::Id(4)), ..none() }),
        (245, Change { owner: name("agent1"), lock: Some(LockChange::Lock), ..none() }),
        (247, Change { responsible: name("agent2"), ..none() }),
        (248, Change { title: Some("Новый заголовок 🖨".into()), ..none() }),
        (249, Change { customer_user: Some("igor".into()), ..none() }),
        (253, Change { queue: Some(Reference::Id(5)), ..none() }),
        (
            255,
            Change {
                state: name("pending reminder"),
                pending: Some(Pending::Until(datetime!(2027-05-06 07:08 UTC))),
                ..none()
            },
        ),
        (257, Change { state: name("pending reminder"), pending: Some(Pending::Minutes(90)), ..none() }),
        (
            265,
            Change {
                state: name("closed successful"),
                article: note("Solved", "Replaced the toner", Visible::Customer),
                ..none()
            },
        ),
        (278, Change { fields: vec![field("ExternalID", &[])], ..none() }),
        (
            444,
            Change {
                title: Some("All at once".into()),
                queue: name("Helpdesk"),
                owner: name("agent2"),
                lock: Some(LockChange::Lock),
                priority: name("4 high"),
                responsible: name("agent1"),
                state: name("open"),
                article: note("all", "at once", Visible::Agents),
                fields: vec![field("Impact", &["low"])],
                ..none()
            },
        ),
        (463, Change { kind: name("Unclassified"), ..none() }),
    ];
    let exchanges = recorded::all().expect("the recordings");
    for (number, change) in table {
        let recorded = exchanges.iter().find(|exchange| exchange.number == number).expect("it is there");
        let sent = &recorded.request;
        let id = sent.path.rsplit('/').next().and_then(|id| id.parse().ok()).map(TicketId::new).expect("a ticket");
        let session = [("SessionID".to_owned(), sent.body["SessionID"].clone())];
        let params = session.into_iter().chain(update(&change, &utc())).collect();
        let question = ask(Routes::default().of(Operation::TicketUpdate), &[id], params);
        assert_eq!(question.method, sent.method, "{number}");
        assert!(sent.path.ends_with(&question.place), "{number}: {}", question.place);
        let body = question.body.expect("a body");
        holds(&body, &sent.body, &number.to_string());
        if let Some(article) = body.get("Article") {
            assert!(article["IsVisibleForCustomer"].is_number(), "{number}: it is always said");
        }
    }
}

#[test]
fn a_ticket_is_made_as_it_was_recorded() {
    let exchanges = recorded::all().expect("the recordings");
    let ticket = |number: u16| &exchanges[usize::from(number) - 1].request;
    let body = "The printer shows a red light.\nPlease help.";
    let article = NewArticle::note("Printer broken", body, Visible::Customer);
    let minimal = Change {
        title: Some("Printer on floor 3 does not print".into()),
        customer_user: Some("tina".into()),
        queue: name("Helpdesk"),
        state: name("new"),
        priority: name("3 normal"),
        ..Change::default()
    };
    let typed = Change {
        title: Some("Typed".into()),
        state: name("pending reminder"),
        pending: Some(Pending::Until(datetime!(2027-03-04 05:06 UTC))),
        kind: name("Incident"),
        service: name("Printing::Color"),
        sla: name("Gold"),
        ..minimal.clone()
    };
    for (number, change) in [(14, minimal), (455, typed)] {
        let sent = ticket(number);
        let params = creation(&NewTicket { ticket: change, article: article.clone() }, &utc());
        let question = ask(Routes::default().of(Operation::TicketCreate), &[], params);
        assert_eq!((question.method, sent.path.ends_with(&question.place)), (&*sent.method, true));
        let mut expected = sent.body.clone();
        expected.as_object_mut().expect("an object").remove("SessionID");
        holds(&question.body.expect("a body"), &expected, &number.to_string());
    }
}

#[test]
fn questions_that_only_read_are_sent_as_they_were_recorded() {
    let exchanges = recorded::all().expect("the recordings");
    let session = json!("lkMZgKhRyNoXWMhA0kFeFJu9976D8XaU");
    let with = |params: &[(&str, Value)]| -> Params {
        let session = [("SessionID".to_owned(), session.clone())];
        session.into_iter().chain(params.iter().map(|(name, value)| ((*name).to_owned(), value.clone()))).collect()
    };
    let (two, four, ten) = (TicketId::new(2), TicketId::new(4), TicketId::new(10));
    let routes = Routes::default();
    let between = [
        ("TicketCreateTimeNewerDate", json!("2026-11-20 02:32:01")),
        ("TicketCreateTimeOlderDate", json!("2026-11-20 02:32:17")),
        ("Limit", json!(3)),
    ];
    for (number, operation, ids, params) in [
        (85, Operation::TicketGet, vec![two], with(&[])),
        (110, Operation::TicketGet, vec![two, four], with(&[])),
        (95, Operation::TicketGet, vec![TicketId::new(6)], with(&[("AllArticles", json!(1))])),
        (136, Operation::TicketSearch, vec![], with(&[("States", json!(["new", "open"]))])),
        (141, Operation::TicketSearch, vec![], with(&[("StateType", json!(["new", "pending reminder"]))])),
        (321, Operation::TicketSearch, vec![], with(&between)),
        (438, Operation::TicketHistoryGet, vec![four, ten], with(&[])),
    ] {
        let sent = &exchanges[number - 1].request;
        let question = ask(routes.of(operation), &ids, params);
        let expected = format!("{}?{}", sent.path, sent.query);
        assert_eq!(question.method, sent.method, "{number}");
        assert!(expected.ends_with(&question.place), "{number}: {} is no end of {expected}", question.place);
    }
}
