//! The demo's ticket system: queues of an IT department, agents of the cast, customers out of the demo's directory, and
//! a month of tickets. Everything happens through the operations themselves, at times in the past.

mod stories;

use serde_json::{Value, json};

use self::stories::{After, STORIES, Story};
use super::{
    catalog::{Catalog, Queue},
    people::{Agent, Customer, Rights},
    perl::Params,
    world::{World, zone},
};
use crate::{
    cast,
    people::{People, Record, dice::Dice},
    seed,
};

/// Who the product is there.
pub const SERVICE: &str = "vakhta";
/// Its clock: another one than the product's usual, so that a mistake shows.
pub const ZONE: &str = "Europe/Moscow";

const DAY: i64 = 86_400;
/// How far back the tickets reach.
const DAYS: i64 = 30;
const TICKETS: usize = 90;
/// Three of them, in seconds.
const YEARS: u64 = 3 * 365 * 86_400;
const CUSTOMERS: usize = 60;

/// Rights of groups: 1 support, 2 network and servers, 3 purchasing.
const GROUPS: [i64; 3] = [1, 2, 3];

/// The demo's installation as of this second since 1970.
#[must_use]
pub fn world(now: i64) -> World {
    filled(now, TICKETS, CUSTOMERS, working_moment)
}

/// The same after three years with many tickets, for measurements.
#[must_use]
pub fn crowd(now: i64, tickets: usize) -> World {
    filled(now, tickets, tickets / 20, |dice| i64::try_from(dice.below(YEARS)).unwrap_or_default())
}

/// An installation with so many tickets of so many people; `ago` says how many seconds ago one begins.
fn filled(now: i64, tickets: usize, people: usize, ago: impl Fn(&mut Dice) -> i64) -> World {
    let people: Vec<Record> = People::new(seed::SEED).take(people).collect();
    let mut world = World::new(catalog(), agents(), people.iter().map(customer).collect());
    if let Some(zone) = zone(ZONE) {
        world.settings.zone = zone;
    }
    let mut dice = Dice::new(seed::SEED);
    let mut begins: Vec<i64> = (0..tickets).map(|_| now - ago(&mut dice)).collect();
    begins.sort_unstable();
    for (n, begin) in begins.into_iter().enumerate() {
        let story = &STORIES[n % STORIES.len()];
        tell(&mut world, &mut dice, story, &people, begin, now);
    }
    world.now = now;
    world.changes = 0;
    world
}

/// How long ago: more of them lately, mostly by day.
fn working_moment(dice: &mut Dice) -> i64 {
    let days = i64::try_from(dice.below(30).min(dice.below(30))).unwrap_or_default();
    let hours = i64::try_from(dice.below(10)).unwrap_or_default();
    (days * DAY + hours * 3_600 + i64::try_from(dice.below(3_600)).unwrap_or_default() + 300).min(DAYS * DAY)
}

fn catalog() -> Catalog {
    let queue = |id, name: &str, group, limits| Queue { id, name: name.to_owned(), group, limits };
    let support = [60, 240, 1_440];
    Catalog {
        queues: vec![
            queue(1, "Postmaster", 1, [0; 3]),
            queue(2, "Raw", 1, [0; 3]),
            queue(3, "Junk", 1, [0; 3]),
            queue(5, "Поддержка", 1, support),
            queue(6, "Поддержка::Рабочие места", 1, support),
            queue(7, "Поддержка::1С", 1, support),
            queue(8, "Сеть и связь", 2, [30, 120, 480]),
            queue(9, "Серверы", 2, [0; 3]),
            queue(10, "Закупки", 3, [0; 3]),
        ],
        ..Catalog::recorded()
    }
}

fn agents() -> Vec<Agent> {
    let all = |id| (id, Rights::all());
    let agent = |id, login: &str, name, rights: &[(i64, Rights)]| Agent {
        email: format!("{login}@nevpribor.example"),
        ..Agent::new(id, login, name, rights)
    };
    let of = |actor: &cast::Actor, id, rights: &[(i64, Rights)]| agent(id, &actor.login(), actor.ru, rights);
    vec![
        Agent::root(),
        agent(2, SERVICE, ("Вахта", "Служба"), &GROUPS.map(all)),
        of(&cast::ADMIN, 3, &GROUPS.map(all)),
        // The duty engineer sees the network but may only write notes there, and nothing of purchasing.
        of(&cast::OPERATOR, 4, &[all(1), (2, Rights::only(&["ro", "note"]))]),
        agent(5, "maria.kuznetsova", ("Мария", "Кузнецова"), &[all(1)]),
        agent(6, "dmitry.orlov", ("Дмитрий", "Орлов"), &[all(1), all(2)]),
    ]
}

fn customer(person: &Record) -> Customer {
    let name = format!("{} {}", person.name, person.surname);
    Customer::new(&person.email, &name, &person.email, person.department.as_deref().unwrap_or("Невприбор"))
}

/// Plays one story.
fn tell(world: &mut World, dice: &mut Dice, story: &Story, people: &[Record], begin: i64, now: i64) {
    let person = dice.pick(people);
    let put = |text: &str| {
        text.replace("{ip}", person.ips.first().map_or("10.20.0.1", |ip| ip))
            .replace("{пк}", person.workstation.as_deref().unwrap_or("рабочий компьютер"))
            .replace("{кабинет}", person.room.as_deref().unwrap_or("114"))
    };
    let body = format!(
        "{}\n\n--\n{} {}\n{}",
        put(story.body),
        person.name,
        person.surname,
        person.position.as_deref().unwrap_or_default()
    );
    world.now = begin;
    let mut question = json!({
        "CustomerUserLogin": person.email, "Password": format!("{}-pass", person.email),
        "Ticket": {
            "Title": put(story.title), "Queue": story.queue, "State": "new", "Priority": story.priority,
            "CustomerUser": person.email,
        },
        "Article": {
            "Subject": put(story.title), "Body": body, "ContentType": "text/plain; charset=utf-8",
            "CommunicationChannel": "Email", "IsVisibleForCustomer": 1,
        },
    });
    if let Some((name, content)) = story.file {
        use base64::Engine as _;
        let content = base64::prelude::BASE64_STANDARD.encode(put(content));
        question["Attachment"] =
            json!({"Filename": name, "ContentType": "text/plain; charset=utf-8", "Content": content});
    }
    let Ok(made) = world.ticket_create(&object(question)) else { return };
    let id = made["TicketID"].clone();
    // Those of a queue that the duty engineer may not touch are worked off by somebody else.
    let worker = if matches!(story.queue, "Серверы" | "Сеть и связь") {
        "dmitry.orlov"
    } else if story.queue == "Закупки" {
        "anna.sokolova"
    } else {
        *dice.pick(&["petr.vorontsov", "maria.kuznetsova", "petr.vorontsov", "dmitry.orlov"])
    };
    let mut at = begin;
    for after in story.after {
        at += 600 + i64::try_from(dice.below(10_000)).unwrap_or_default();
        if at >= now {
            break;
        }
        world.now = at;
        let mut question = step(after, worker, &person.email, &put);
        question["TicketID"] = id.clone();
        // A step that the installation refuses would be a mistake here; `tests` looks.
        let _ = world.ticket_update(&object(question));
    }
}

fn step(after: &After, worker: &str, customer: &str, put: &impl Fn(&str) -> String) -> Value {
    let article = |subject: &str, text: &str, visible: u8, channel: &str| {
        json!({
            "Subject": subject, "Body": put(text), "ContentType": "text/plain; charset=utf-8",
            "IsVisibleForCustomer": visible, "CommunicationChannel": channel,
        })
    };
    let note = |text: &str| article("Заметка", text, 0, "Internal");
    let mut question = match after {
        After::Taken => json!({"Ticket": {"Owner": worker, "Lock": "lock", "State": "open"}}),
        After::Note(text) => json!({"Article": note(text)}),
        After::Answer(text) => json!({"Article": article("Ответ", text, 1, "Email")}),
        After::Customer(text) => json!({"Article": article("Re: Ответ", text, 1, "Email")}),
        After::Waits(minutes, text) => json!({
            "Ticket": {"State": "pending reminder", "PendingTime": {"Diff": minutes}}, "Article": note(text),
        }),
        After::Reopened(text) => json!({"Ticket": {"State": "open"}, "Article": note(text)}),
        After::Closed(text) => {
            json!({"Ticket": {"State": "closed successful"}, "Article": article("Решено", text, 1, "Email")})
        }
        After::Rejected(text) => {
            json!({"Ticket": {"State": "closed unsuccessful"}, "Article": article("Отклонено", text, 1, "Email")})
        }
    };
    let (name, login) = match after {
        After::Customer(_) => ("CustomerUserLogin", customer),
        _ => ("UserLogin", worker),
    };
    question[name] = json!(login);
    question["Password"] = json!(format!("{login}-pass"));
    question
}

fn object(value: Value) -> Params {
    if let Value::Object(fields) = value { fields } else { Params::new() }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{super::catalog::state, *};

    const NOW: i64 = 1_795_176_000;

    #[test]
    fn the_demo_has_tickets_of_every_sort() {
        let world = world(NOW);
        assert_eq!(world.tickets.len(), TICKETS);
        let mut kinds = HashMap::<_, usize>::new();
        for ticket in world.tickets.values() {
            *kinds.entry(state(ticket.state).kind).or_default() += 1;
            assert!(ticket.created <= world.local(NOW) && ticket.changed <= world.local(NOW));
            assert!(ticket.customer_user.as_ref().is_some_and(|user| user.ends_with("@nevpribor.example")));
        }
        for kind in ["new", "open", "closed", "pending reminder"] {
            assert!(kinds.get(kind).is_some_and(|count| *count >= 5), "{kind}: {kinds:?}");
        }
        let taken = world.tickets.values().filter(|ticket| ticket.locked).count();
        assert!(taken > 5, "{taken} are in work");
    }

    #[test]
    fn its_past_is_worth_statistics() {
        let world = world(NOW);
        let entries = || world.tickets.values().flat_map(|ticket| &ticket.history);
        let weeks: std::collections::HashSet<_> = entries().map(|entry| entry.at / (7 * DAY)).collect();
        assert!(weeks.len() >= 4, "{weeks:?}");
        let turned =
            |name: &str| entries().filter(|entry| entry.kind == "StateUpdate" && entry.name.contains(name)).count();
        for turn in ["%%closed successful%%", "%%closed unsuccessful%%", "%%closed successful%%open%%"] {
            assert!(turned(turn) >= 3, "{turn}: {}", turned(turn));
        }
    }

    #[test]
    fn no_step_of_a_story_is_refused() {
        for story in STORIES {
            let people: Vec<_> = People::new(seed::SEED).take(1).collect();
            let mut world = World::new(catalog(), agents(), people.iter().map(customer).collect());
            tell(&mut world, &mut Dice::new(1), story, &people, NOW - 20 * DAY, NOW);
            let done = usize::try_from(world.changes).unwrap();
            assert_eq!(done, 1 + story.after.len(), "{}", story.title);
        }
    }
}
