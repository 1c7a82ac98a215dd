//! Time limits: working hours are Monday to Friday, 08:00 to 21:00 by the host's clock.

use jiff::{Timestamp, civil::Weekday};
use serde_json::{Value, json};

use super::{
    catalog::nth,
    perl::Params,
    ticket::Ticket,
    world::{World, show},
};

const OPENS: i64 = 8 * 3_600;
const CLOSES: i64 = 21 * 3_600;
const DAY: i64 = 86_400;

/// Names of the three limits.
const NAMES: [&str; 3] = ["FirstResponse", "Update", "Solution"];

/// The working hours of the day that begins here.
fn open(day: i64) -> Option<(i64, i64)> {
    let weekday = Timestamp::from_second(day).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC).weekday();
    (!matches!(weekday, Weekday::Saturday | Weekday::Sunday)).then_some((day + OPENS, day + CLOSES))
}

/// Working seconds between two moments of the host's clock; below zero if the second is earlier.
pub(super) fn working(from: i64, to: i64) -> i64 {
    if to < from {
        return -working(to, from);
    }
    let first = from.div_euclid(DAY) * DAY;
    let days = (first..=to).step_by(DAY as usize).filter_map(open);
    days.map(|(opens, closes)| (closes.min(to) - opens.max(from)).max(0)).sum()
}

/// When so many working seconds are over.
fn after(from: i64, mut seconds: i64) -> i64 {
    let mut day = from.div_euclid(DAY) * DAY;
    loop {
        if let Some((opens, closes)) = open(day) {
            let begin = opens.max(from);
            if closes - begin >= seconds {
                return begin + seconds;
            }
            seconds -= (closes - begin).max(0);
        }
        day += DAY;
    }
}

/// When a new ticket is due, absolute; 0 where there is no limit. A service level agreement counts more than a queue.
pub(super) fn due(world: &World, ticket: &Ticket) -> [i64; 3] {
    let of_queue = world.catalog.queue(ticket.queue).map(|queue| queue.limits);
    let of_sla = ticket.sla.and_then(|sla| nth(&world.catalog.slas, sla)).map(|(_, limits)| *limits);
    let limits = of_sla.or(of_queue).unwrap_or_default();
    limits.map(|minutes| if minutes == 0 { 0 } else { world.absolute(after(ticket.created, minutes * 60)) })
}

/// What is still running of a ticket, absolute; 0 is nothing.
pub(super) fn running(world: &World, ticket: &Ticket) -> [i64; 3] {
    let [first, update, solution] = ticket.due;
    let is_answered = ticket.articles.iter().any(|article| article.sender == "agent" && article.visible);
    let is_closed = ["closed", "removed", "merged"].iter().any(|kind| world.state_is(ticket, kind));
    if is_closed {
        return [0; 3];
    }
    let is_waiting = world.state_is(ticket, "pending reminder") || world.state_is(ticket, "pending auto");
    let first = if is_answered { 0 } else { first };
    [first, if is_waiting || is_answered { 0 } else { update }, solution]
}

/// The fields of a ticket that has time limits, and those that say there are none.
pub(super) fn render(world: &World, ticket: &Ticket, out: &mut Params) {
    let running = running(world, ticket);
    let times = ["EscalationResponseTime", "EscalationUpdateTime", "EscalationSolutionTime"];
    for (name, at) in times.into_iter().zip(running) {
        out.insert(name.to_owned(), json!(at));
    }
    out.insert("EscalationTime".to_owned(), json!(0));
    let mut next: Option<i64> = None;
    for (name, at) in NAMES.into_iter().zip(running).filter(|(_, at)| *at != 0) {
        family(world, &format!("{name}Time"), at, out);
        if at < world.now {
            out.insert(format!("{name}TimeEscalation"), json!(1));
        }
        next = Some(next.map_or(at, |next| next.min(at)));
    }
    if let Some(at) = next {
        let left = working(world.local_now(), world.local(at)).abs();
        out.insert("EscalationTime".to_owned(), json!(at - world.now));
        out.insert("EscalationTimeWorkingTime".to_owned(), working_time(world, at));
        out.insert("EscalationDestinationTime".to_owned(), json!(at));
        out.insert("EscalationDestinationDate".to_owned(), json!(show(world.local(at))));
        out.insert("EscalationDestinationIn".to_owned(), json!(format!("{}h {}m", left / 3_600, left % 3_600 / 60)));
    }
}

fn family(world: &World, name: &str, at: i64, out: &mut Params) {
    out.insert(name.to_owned(), json!(at - world.now));
    out.insert(format!("{name}DestinationTime"), json!(at));
    out.insert(format!("{name}DestinationDate"), json!(show(world.local(at))));
    out.insert(format!("{name}WorkingTime"), working_time(world, at));
}

/// A number while it runs, a text when it is over (431, 432).
fn working_time(world: &World, at: i64) -> Value {
    let left = working(world.local_now(), world.local(at));
    if left < 0 { json!(left.to_string()) } else { json!(left) }
}

#[cfg(test)]
mod tests {
    use super::{super::world::read, *};

    #[test]
    fn working_time_is_what_was_recorded() {
        let at = |text| read(text).expect("a time");
        let created = at("2026-11-20 02:37:30");
        assert_eq!(show(after(created, 60 * 60)), "2026-11-20 09:00:00");
        assert_eq!(show(after(created, 480 * 60)), "2026-11-20 16:00:00");
        assert_eq!(working(at("2026-11-20 02:37:39"), at("2026-11-10 09:00:00")), -370_800);
        // Over a weekend.
        assert_eq!(show(after(at("2026-11-20 20:30:00"), 3_600)), "2026-11-23 08:30:00");
    }
}
