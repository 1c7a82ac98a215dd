//! Every recorded answer is read, and nothing of what is read is lost or changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use simulators::otrs::recorded::{self, Exchange};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

use super::{
    super::{
        Detail, Failure, HostClock, TicketId,
        failure::{Raw, judge},
        ticket::{self, Reader},
    },
    Done, Found, Got, Histories, History, SessionCreated, Ticket,
    liberal::Many,
    read,
};
use crate::config::otrs::Operation;

/// Fields that are not read, and why.
const NOT_READ: &[(&str, &str)] = &[
    ("ArchiveFlag", "archiving is a matter of OTRS"),
    ("GroupID", "rights are learnt by asking"),
    ("LockID", "the name says it"),
    ("TimeUnit", "of a ticket: the sum of its articles"),
    ("UnlockTimeout", "the unlocking of forgotten tickets is a matter of OTRS"),
    ("UntilTime", "the pending time, relative"),
    ("EscalationTime", "relative"),
    ("EscalationResponseTime", "the same as FirstResponseTimeDestinationTime, and there when it is over"),
    ("EscalationUpdateTime", "as above"),
    ("EscalationSolutionTime", "as above"),
    ("EscalationDestinationIn", "words"),
    ("EscalationDestinationDate", "the same without a zone"),
    ("EscalationTimeWorkingTime", "relative"),
    ("FirstResponseTime", "relative"),
    ("FirstResponseTimeDestinationDate", "the same without a zone"),
    ("FirstResponseTimeWorkingTime", "relative"),
    ("FirstResponseTimeEscalation", "follows from the time"),
    ("FirstResponseInMin", "follows from the times"),
    ("FirstResponseDiffInMin", "follows from the times"),
    ("UpdateTime", "relative"),
    ("UpdateTimeDestinationDate", "the same without a zone"),
    ("UpdateTimeWorkingTime", "relative"),
    ("SolutionTime", "relative"),
    ("SolutionTimeDestinationDate", "the same without a zone"),
    ("SolutionTimeWorkingTime", "relative"),
    ("SolutionInMin", "follows from the times"),
    ("MimeType", "part of ContentType"),
    ("Charset", "part of ContentType"),
    ("ContentCharset", "part of ContentType"),
    ("SenderTypeID", "the name says it"),
    ("ChangeTime", "of an article: what was changed is marked as edited"),
    ("Bcc", "nobody's business"),
    ("InReplyTo", "the ticket holds a conversation together"),
    ("References", "as above"),
    ("FileID", "the place in the list is the number"),
    ("ContentAlternative", "of pictures in an HTML text"),
    ("HistoryTypeID", "the name says it"),
    ("Ticket", "of a creation or change: only sent where set so, and partly a stub"),
];

/// The operation by its route, in either of the recorded web services.
fn operation(exchange: &Exchange) -> Option<Operation> {
    let place = exchange.request.path.rsplit_once("REST/").or(exchange.request.path.rsplit_once("WebserviceID/2/"))?.1;
    let first = place.split('/').next().unwrap_or_default();
    let more = place.contains('/');
    Some(match (&*exchange.request.method, first, more) {
        ("POST", "Session", false) => Operation::SessionCreate,
        ("POST", "Ticket", false) => Operation::TicketCreate,
        ("PATCH" | "PUT" | "POST", "Ticket" | "TicketUpdate", true) => Operation::TicketUpdate,
        ("GET", "Ticket", true) | ("GET", "TicketList", false) | ("POST", "TicketGet", false) => Operation::TicketGet,
        ("GET", "Ticket", false) | ("POST", "TicketSearch", false) => Operation::TicketSearch,
        ("GET", "TicketHistory", true) => Operation::TicketHistoryGet,
        _ => return None,
    })
}

fn judged(exchange: &Exchange, operation: Operation) -> Result<Value, Failure> {
    let body = match &exchange.response.body {
        Value::String(text) => text.clone().into_bytes(),
        body => body.to_string().into_bytes(),
    };
    let has_type = exchange.response.header("Content-Type").is_some();
    judge(operation, &Raw { status: exchange.response.status, has_type, retry_after: None, body: &body })
}

/// A list that was cut ends with a text that says so.
fn without_marks(value: Value) -> Value {
    match value {
        Value::Array(mut items) => {
            if items.len() > 1
                && items.last().and_then(Value::as_str).is_some_and(|it| recorded::whole_length(it).is_some())
            {
                items.pop();
            }
            items.into_iter().map(without_marks).collect()
        }
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, without_marks(value))).collect(),
        other => other,
    }
}

fn again(operation: Operation, body: Value) -> Value {
    let written = match operation {
        Operation::SessionCreate => serde_json::to_value(read::<SessionCreated>(body).expect("a session")),
        Operation::TicketCreate | Operation::TicketUpdate => serde_json::to_value(read::<Done>(body).expect("done")),
        Operation::TicketSearch => serde_json::to_value(read::<Found>(body).expect("found")),
        Operation::TicketGet => Ok(json!({"Ticket": each::<Ticket>(read::<Got>(body).expect("tickets").tickets)})),
        Operation::TicketHistoryGet => {
            let histories = read::<Histories>(body).expect("histories").tickets;
            Ok(json!({"TicketHistory": each::<History>(histories)}))
        }
    };
    written.expect("it can be written")
}

fn each<T: DeserializeOwned + Serialize>(values: Many<Value>) -> Vec<T> {
    values.all().into_iter().map(|value| read(value).expect("it is read")).collect()
}

/// Compares what was answered with what was read of it; collects what is not read.
fn compare(number: u16, path: &str, answered: &Value, read: &Value, not_read: &mut BTreeSet<String>) {
    match (answered, read) {
        (Value::Object(answered), Value::Object(read)) => fields(number, path, answered, read, not_read),
        (Value::Array(answered), Value::Array(read)) => {
            assert_eq!(answered.len(), read.len(), "{number}: {path}");
            answered.iter().zip(read).for_each(|(answered, read)| compare(number, path, answered, read, not_read));
        }
        (one, Value::Array(read)) if read.len() == 1 => compare(number, path, one, &read[0], not_read),
        (Value::Null, Value::Null) => {}
        // An empty text where a number may stand.
        (Value::String(text), Value::Null) if text.is_empty() => {}
        (Value::Number(flag), Value::Bool(read)) => assert_eq!(flag.as_i64(), Some((*read).into()), "{number}: {path}"),
        (answered, read) => assert_eq!(text(answered), text(read), "{number}: {path}"),
    }
}

fn fields(
    number: u16,
    path: &str,
    answered: &Map<String, Value>,
    read: &Map<String, Value>,
    not_read: &mut BTreeSet<String>,
) {
    for (name, value) in answered {
        match read.get(name) {
            Some(read) => compare(number, &format!("{path}.{name}"), value, read, not_read),
            // Part of what has these numbers itself.
            None if matches!(&**name, "TicketID" | "ChangeBy" | "TypeID") && path.contains('.') => {}
            None => drop(not_read.insert(name.clone())),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[test]
fn every_recorded_answer_is_read_without_loss() {
    let exchanges = recorded::all().expect("the recordings");
    assert_eq!(exchanges.len(), 498);
    let (mut read_again, mut not_read) = (0, BTreeSet::new());
    for exchange in &exchanges {
        let Some(operation) = operation(exchange) else { continue };
        let Ok(body) = judged(exchange, operation) else { continue };
        let body = without_marks(body);
        compare(exchange.number, "", &body, &again(operation, body.clone()), &mut not_read);
        read_again += 1;
    }
    let known: BTreeSet<_> = NOT_READ.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(not_read, known);
    assert_eq!(read_again, 339);
}

#[test]
fn every_recorded_ticket_becomes_one_of_ours() {
    let (utc, moscow) = (TimeZone::UTC, TimeZone::get("Europe/Moscow").expect("a zone"));
    let (mut tickets, mut entries) = (0, 0);
    for exchange in &recorded::all().expect("the recordings") {
        let Some(operation) = operation(exchange) else { continue };
        let Ok(body) = judged(exchange, operation) else { continue };
        let body = without_marks(body);
        let zone = if (452..470).contains(&exchange.number) { &moscow } else { &utc };
        let clock = HostClock::new(zone.clone());
        let date = exchange.response.header("Date").expect("each has one");
        let now = OffsetDateTime::parse(date, &Rfc2822).expect("a date");
        let reader = Reader { clock: &clock, now };
        match operation {
            Operation::TicketGet => {
                for from in each::<Ticket>(read::<Got>(body).expect("tickets").tickets) {
                    let age = from.age.or_zero();
                    let ticket = reader.ticket(from, Detail::Files).expect("whole");
                    // The only absolute statement of its age agrees, whatever the zone.
                    assert!(((now - ticket.created_at).whole_seconds() - age).abs() <= 5, "{}", exchange.number);
                    assert!(ticket.changed_at >= ticket.created_at);
                    assert!(ticket.articles.iter().all(|article| article.at >= ticket.created_at));
                    tickets += 1;
                }
            }
            Operation::TicketHistoryGet => {
                for from in each::<History>(read::<Histories>(body).expect("histories").tickets) {
                    entries += reader.history(from).expect("whole").entries.len();
                }
            }
            Operation::TicketSearch => {
                let found = ticket::found(read(body).expect("found")).expect("numbers");
                assert!(found.iter().all(|id| *id > TicketId::new(0)));
            }
            Operation::TicketCreate | Operation::TicketUpdate => {
                let done = ticket::done(read(body).expect("done")).expect("a ticket");
                assert!(!done.number.is_empty());
            }
            Operation::SessionCreate => {}
        }
    }
    assert!(tickets > 150 && entries > 80, "{tickets} tickets, {entries} entries");
}

#[test]
fn every_recorded_error_is_told_apart() {
    let mut kinds = BTreeMap::<&str, Vec<u16>>::new();
    for exchange in &recorded::all().expect("the recordings") {
        let Some(operation) = operation(exchange) else { continue };
        let Err(failure) = judged(exchange, operation) else { continue };
        let code = exchange.response.body["Error"]["ErrorCode"].as_str().unwrap_or_default();
        let kind = match failure {
            Failure::AuthFail => "AuthFail",
            Failure::AccessDenied(_) => "AccessDenied",
            Failure::InvalidParameter(_) => "InvalidParameter",
            Failure::MissingParameter(_) => "MissingParameter",
            Failure::Partial(_) => "partial",
            Failure::TooLarge(_) => "too large",
            Failure::Misconfigured(_) => "misconfigured",
            Failure::Unavailable(_) => "unavailable",
            Failure::Busy { .. } => "busy",
            Failure::Unclear(_) => "unclear",
        };
        if let Some((_, of_code)) = code.split_once('.') {
            assert_eq!(kind, of_code, "{}", exchange.number);
        }
        kinds.entry(kind).or_default().push(exchange.number);
    }
    let one = |kind| kinds.get(kind).cloned().unwrap_or_default();
    assert_eq!(one("partial"), [301]);
    assert_eq!(one("too large"), [426]);
    assert_eq!(one("unavailable"), [366, 446, 447, 450]);
    assert_eq!(one("unclear"), [329, 448, 449]);
    assert_eq!(one("misconfigured"), [342, 343, 348, 349, 351, 355, 360]);
    assert_eq!(one("busy"), [0_u16; 0]);
}
