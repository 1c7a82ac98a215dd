//! The client for the ticket system against one that is simulated, with everything that can go wrong.

mod faults;
mod reading;
mod sessions;
mod walking;

use simulators::otrs::{Listening, Otrs, World};
use time::OffsetDateTime;
use vakhta::{
    config::{Config, Vars},
    integrations::otrs::{Actor, Change, Client, Limits, NewArticle, NewTicket, Reference, TicketId, Visible},
};

/// The service agent of the recordings: he may everything.
const USER: &str = "svc-api";
const SAMPLE: &str = "GenericTicketConnectorREST";

async fn start() -> Listening {
    Otrs::start("otrs", World::recorded()).await.expect("it starts")
}

fn client_at(url: &str, more: &[(&str, &str)], limits: Limits) -> Client {
    let usual = [("OTRS_URL", url), ("OTRS_USER", USER), ("OTRS_PASSWORD", "svc-api-pass")];
    let mut vars: Vec<_> = usual.to_vec();
    vars.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    let vars: Vars = vars.into_iter().chain(more.iter().copied()).collect();
    let config = Config::read(&vars).expect("it is legal").otrs.expect("it is there");
    // Each answer has a date; this is for those that have none.
    Client::new(&config, limits, || OffsetDateTime::UNIX_EPOCH).expect("a client")
}

fn client(otrs: &Listening) -> Client {
    client_at(&otrs.url(SAMPLE), &[], Limits::default())
}

fn named(name: &str) -> Option<Reference> {
    Some(Reference::Name(name.to_owned()))
}

fn new_ticket(title: &str, queue: &str) -> NewTicket {
    NewTicket {
        ticket: Change {
            title: Some(title.to_owned()),
            customer_user: Some("tina".to_owned()),
            queue: named(queue),
            state: named("new"),
            priority: named("3 normal"),
            ..Change::default()
        },
        article: NewArticle::note(title, "Не печатает", Visible::Agents),
    }
}

/// Makes a ticket and gives its number.
async fn make(client: &Client, title: &str, queue: &str) -> TicketId {
    client.create(Actor::Service, &new_ticket(title, queue)).await.expect("it is made").ticket
}

fn retitled(title: &str) -> Change {
    Change { title: Some(title.to_owned()), ..Change::default() }
}
