//! No ticket is missed, however many there are and however close together.

use std::collections::BTreeSet;

use simulators::otrs::{Fault, Listening, ticket::Ticket, world::zone};
use time::{Duration, macros::datetime};
use vakhta::integrations::otrs::{Actor, Client, Condition, HostTime, Limits, TicketId, Walk};

use super::{SAMPLE, client, client_at, make, retitled, start};

/// 2026-11-20 02:32:03 by the host's clock.
const SECOND: i64 = 1_795_141_923;

/// Tickets that changed at these seconds.
fn fill(otrs: &Listening, changed: impl Iterator<Item = i64>) -> BTreeSet<TicketId> {
    otrs.change(|world| {
        let pattern = world.tickets.remove(&1).expect("a fresh installation has one");
        let mut ids = BTreeSet::new();
        for (changed, id) in changed.zip(1_000..) {
            let ticket = Ticket { id, number: id.to_string(), queue: 5, created: changed, changed, ..pattern.clone() };
            world.tickets.insert(id, ticket);
            ids.insert(TicketId::new(id));
        }
        ids
    })
}

async fn walk(client: &Client, from: &str, to: &str) -> Vec<TicketId> {
    let at = |text| HostTime::read(text).expect("a time");
    let mut walk = Walk::new(client.clock(), at(from), at(to));
    let mut found = Vec::new();
    while let Some(new) = client.step(Actor::Service, &mut walk, &[]).await.expect("it goes on") {
        found.extend(new);
    }
    found
}

#[tokio::test]
async fn tickets_of_one_second_are_all_found() {
    let otrs = start().await;
    let expected = fill(&otrs, std::iter::repeat_n(SECOND, 1_700));
    let found = walk(&client(&otrs), "2026-11-01 00:00:00", "2026-11-30 23:59:59").await;
    assert_eq!(found.len(), 1_700, "none twice");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[tokio::test]
async fn tickets_of_years_are_all_found() {
    let otrs = start().await;
    // Evenly, and a crowd after a bulk change.
    let changed = (0..6_000).map(|n| if n % 4 == 0 { SECOND - n * 40_000 } else { SECOND - 5_000 + n % 300 });
    let expected = fill(&otrs, changed);
    let found = walk(&client(&otrs), "2010-01-01 00:00:00", "2026-11-20 02:32:03").await;
    assert_eq!(found.len(), 6_000, "none twice");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[tokio::test]
async fn a_crowd_in_the_hour_that_comes_twice_is_found_while_it_lasts() {
    let otrs = start().await;
    otrs.change(|world| world.settings.zone = zone("Europe/Berlin").expect("a zone"));
    let client = client_at(&otrs.url(SAMPLE), &[("OTRS_TIME_ZONE", "Europe/Berlin")], Limits::default());
    // 02:40 in summer time; the product takes such a first bound for winter time, which is still to come.
    let now = datetime!(2026-10-25 00:40 UTC);
    otrs.stand_still(now.unix_timestamp());
    let shown = now.unix_timestamp() + 2 * 3_600;
    let expected = fill(&otrs, (0..1_500).map(|n| shown - n));
    let clock = client.clock();
    let from = clock.first_shown_from(now - Duration::minutes(30));
    let mut walk = Walk::new(clock, from, clock.last_shown_until(now));
    let mut found = BTreeSet::new();
    while let Some(new) = client.step(Actor::Service, &mut walk, &[]).await.expect("it goes on") {
        found.extend(new);
    }
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_walk_goes_on_after_trouble_and_can_be_begun_again() {
    let otrs = start().await;
    let client = client(&otrs);
    let expected = fill(&otrs, (0..1_000).map(|n| SECOND + n));
    let at = |text| HostTime::read(text).expect("a time");
    let (from, to) = (at("2026-11-20 00:00:00"), at("2026-11-21 00:00:00"));
    let mut found = BTreeSet::new();
    let mut walk = Walk::new(client.clock(), from, to);
    for _ in 0..3 {
        otrs.fail_next("TicketSearch", Fault::AnswerLost);
        client.step(Actor::Service, &mut walk, &[]).await.expect_err("it breaks");
        found.extend(client.step(Actor::Service, &mut walk, &[]).await.expect("it goes on").expect("more"));
    }
    // Whoever takes over knows only how far it was.
    let mut walk = Walk::new(client.clock(), walk.done_before().expect("it is not over"), to);
    while let Some(new) = client.step(Actor::Service, &mut walk, &[]).await.expect("it goes on") {
        found.extend(new);
    }
    assert_eq!(found, expected);
}

#[tokio::test]
async fn what_changes_during_a_walk_is_found_by_the_next_one() {
    let otrs = start().await;
    otrs.stand_still(SECOND);
    let client = client(&otrs);
    let id = make(&client, "Принтер", "Helpdesk").await;
    let begun = client.clock().shows(time::OffsetDateTime::from_unix_timestamp(SECOND).expect("a time"));
    otrs.advance(std::time::Duration::from_secs(5));
    client.update(Actor::Service, id, &retitled("Уже другой")).await.expect("it is done");
    let mut walk = Walk::new(client.clock(), begun, begun);
    let found = client.step(Actor::Service, &mut walk, &[]).await.expect("an answer");
    assert_eq!(found, Some(Vec::new()), "it moved out of the span");
    let mut next = Walk::new(client.clock(), begun, begun.plus_seconds(60));
    let queues = [Condition::Queues(vec![5])];
    assert_eq!(client.step(Actor::Service, &mut next, &queues).await, Ok(Some(vec![id])));
}
