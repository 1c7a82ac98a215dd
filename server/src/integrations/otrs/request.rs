//! How questions are written: bodies, addresses, query strings. Pure.
//!
//! In a query `&` and `;` separate parameters, a value ends at a second `=`, `+` is a blank (206-208): everything but
//! letters and digits is percent-encoded. A body in a GET is not looked at (210). Empty objects and lists are errors
//! (061, 230, 231), so what is empty is left out.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::{
    Change, Channel, HostClock, NewArticle, NewTicket, Pending, Reference, Sender, TicketId, Visible,
    change::LockChange,
};
use crate::config::otrs::Route;

const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Parameters by name; a list is named once with all its values.
pub type Params = Vec<(String, Value)>;

/// A question with its place: what follows the address of the web service, and the body if the method takes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub method: &'static str,
    /// Holds the session where the method is GET: never for a log.
    pub place: String,
    pub body: Option<Value>,
}

/// Puts parameters where the route wants them: tickets into the path if it has a place for them, the rest into the
/// query of a GET or the body of anything else.
pub fn ask(route: &Route, tickets: &[TicketId], mut params: Params) -> Question {
    let ids: Vec<_> = tickets.iter().map(ToString::to_string).collect();
    let mut place = route.path.clone();
    if place.contains(":TicketID") {
        place = place.replace(":TicketID", &ids.join(","));
    } else if !tickets.is_empty() {
        params.push(("TicketID".to_owned(), json!(ids)));
    }
    if route.method != "GET" {
        return Question { method: route.method, place, body: Some(Value::Object(params.into_iter().collect())) };
    }
    let pairs = params.iter().flat_map(|(name, value)| match value {
        Value::Array(items) => items.iter().map(|item| pair(name, item)).collect::<Vec<_>>(),
        one => vec![pair(name, one)],
    });
    let query = pairs.collect::<Vec<_>>().join("&");
    let place = if query.is_empty() { place } else { format!("{place}?{query}") };
    Question { method: route.method, place, body: None }
}

fn pair(name: &str, value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!("{}={}", utf8_percent_encode(name, KEPT), utf8_percent_encode(&text, KEPT))
}

/// Body of a creation.
pub fn creation(new: &NewTicket, clock: &HostClock) -> Params {
    let change = Change { article: Some(new.article.clone()), ..new.ticket.clone() };
    update(&change, clock)
}

/// Body of a change.
pub fn update(change: &Change, clock: &HostClock) -> Params {
    let mut params = Params::new();
    let ticket = ticket(change, clock);
    if !ticket.is_empty() {
        params.push(("Ticket".to_owned(), Value::Object(ticket)));
    }
    if let Some(article) = &change.article {
        params.push(("Article".to_owned(), self::article(article)));
    }
    if !change.fields.is_empty() {
        let field = |field: &super::Field| {
            let value = match &*field.values {
                // An empty text clears; null is refused (277-279).
                [] => json!(""),
                [one] => json!(clean(one)),
                several => json!(several.iter().map(|value| clean(value)).collect::<Vec<_>>()),
            };
            json!({"Name": field.name, "Value": value})
        };
        params.push(("DynamicField".to_owned(), change.fields.iter().map(field).collect()));
    }
    if !change.files.is_empty() {
        let file = |file: &super::File| {
            let content = BASE64_STANDARD.encode(&file.content);
            json!({"Filename": clean(&file.name), "ContentType": file.content_type, "Content": content})
        };
        params.push(("Attachment".to_owned(), change.files.iter().map(file).collect()));
    }
    params
}

fn ticket(change: &Change, clock: &HostClock) -> Map<String, Value> {
    let mut ticket = Map::new();
    for (name, text) in [("Title", &change.title), ("CustomerUser", &change.customer_user)] {
        if let Some(text) = text {
            ticket.insert(name.to_owned(), json!(clean(text)));
        }
    }
    for (name, reference) in [
        ("Queue", &change.queue),
        ("Type", &change.kind),
        ("State", &change.state),
        ("Service", &change.service),
        ("SLA", &change.sla),
        ("Priority", &change.priority),
        ("Owner", &change.owner),
        ("Responsible", &change.responsible),
    ] {
        match reference {
            None => {}
            Some(Reference::Name(text)) => drop(ticket.insert(name.to_owned(), json!(text))),
            Some(Reference::Id(id)) => drop(ticket.insert(format!("{name}ID"), json!(id))),
        }
    }
    if let Some(lock) = change.lock {
        let lock = if lock == LockChange::Lock { "lock" } else { "unlock" };
        ticket.insert("Lock".to_owned(), json!(lock));
    }
    if let Some(pending) = change.pending {
        ticket.insert("PendingTime".to_owned(), self::pending(pending, clock));
    }
    ticket
}

fn pending(pending: Pending, clock: &HostClock) -> Value {
    match pending {
        Pending::Minutes(minutes) => json!({"Diff": minutes}),
        Pending::Until(at) => {
            let [year, month, day, hour, minute] = clock.shows(at).parts();
            json!({"Year": year, "Month": month, "Day": day, "Hour": hour, "Minute": minute})
        }
    }
}

fn article(article: &NewArticle) -> Value {
    let mut out = json!({
        "Subject": clean(&article.subject),
        "Body": clean(&article.body),
        "ContentType": "text/plain; charset=utf-8",
        // Missing means visible, and so does the text "no" (220, 435).
        "IsVisibleForCustomer": u8::from(article.visible == Visible::Customer),
        "CommunicationChannel": match article.channel {
            Channel::Internal => "Internal",
            Channel::Phone => "Phone",
            Channel::Email => "Email",
        },
        "SenderType": match article.sender {
            Sender::Agent => "agent",
            Sender::Customer => "customer",
        },
    });
    for (name, text) in [
        ("From", &article.from),
        ("To", &article.to),
        ("Cc", &article.cc),
        ("HistoryComment", &article.history_comment),
    ] {
        if let Some(text) = text {
            out[name] = json!(clean(text));
        }
    }
    out
}

/// PostgreSQL ends a text at U+0000 (106).
fn clean(text: &str) -> String {
    text.replace('\0', "")
}

#[cfg(test)]
mod tests;
