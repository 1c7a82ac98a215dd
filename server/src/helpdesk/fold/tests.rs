use time::{Duration, OffsetDateTime, macros::datetime};

use super::{Entry, Event, Kind, States, Who, fold, named};

const BEGIN: OffsetDateTime = datetime!(2026-11-02 09:00 UTC);
const PETR: i64 = 4;
const MARIA: i64 = 5;
const SERVICE: i64 = 2;

/// Minutes, whose, what and its name; the state and the article it is about.
type Line<'a> = (i64, i64, &'a str, &'a str, i64, Option<i64>);

fn entries(lines: &[Line]) -> Vec<Entry> {
    let entry = |(&(minutes, by, kind, name, state, article), place): (&Line, i32)| Entry {
        place,
        at: BEGIN + Duration::minutes(minutes),
        by,
        kind: kind.to_owned(),
        name: name.to_owned(),
        article,
        queue: if minutes < 500 { 5 } else { 6 },
        state,
        owner: 1,
        account: None,
    };
    lines.iter().zip(0..).map(entry).collect()
}

fn states() -> States {
    let known = [(1, "new", "new"), (2, "closed successful", "closed"), (4, "open", "open"), (9, "Отказано", "closed")];
    States::new(known.map(|(id, name, kind)| (id, name.to_owned(), kind.to_owned())), "отказано")
}

/// What happened: minutes, what, whose, and minutes since arrival.
fn told(lines: &[Line], answers: &[i64]) -> Vec<(i64, Kind, Option<i64>, Option<i64>)> {
    let minutes = |event: &Event| (event.at - BEGIN).whole_minutes();
    let events = fold(&entries(lines), answers, &states());
    events.iter().map(|event| (minutes(event), event.kind, event.who.agent, event.after_s.map(|s| s / 60))).collect()
}

const MADE: Line = (0, 1, "NewTicket", "%%2026110210000012%%Helpdesk%%3 normal%%new%%7", 1, None);
const WRITTEN: Line = (0, 1, "NewTicket", "%%GenericInterface Create", 1, Some(10));

#[test]
fn a_ticket_from_its_arrival_to_its_close() {
    let lines = [
        MADE,
        WRITTEN,
        (10, PETR, "Lock", "%%lock", 1, None),
        (10, PETR, "OwnerUpdate", "%%petr%%4", 1, None),
        (20, PETR, "AddNote", "%%internal", 1, Some(11)),
        (30, PETR, "SendAnswer", "%%tina%%", 4, Some(12)),
        (40, 1, "FollowUp", "%%7%%", 4, Some(13)),
        (50, PETR, "AddNote", "%%second answer", 4, Some(14)),
        (60, PETR, "StateUpdate", "%%open%%closed successful%%", 2, None),
        // What closing resets, and the sender names again.
        (60, PETR, "OwnerUpdate", "Reset owner to root@localhost.", 2, None),
        (60, PETR, "Unlock", "%%unlock", 2, None),
        (60, PETR, "OwnerUpdate", "%%petr%%4", 2, None),
    ];
    assert_eq!(
        told(&lines, &[10, 12, 14]),
        [
            (0, Kind::Arrived, None, None),
            (10, Kind::Received, Some(PETR), None),
            (10, Kind::Taken, Some(PETR), None),
            (30, Kind::Answered, Some(PETR), Some(30)),
            (50, Kind::Answered, Some(PETR), None),
            (60, Kind::Closed, Some(PETR), Some(60)),
        ]
    );
}

#[test]
fn a_reopened_ticket_counts_for_whoever_closed_it_and_is_timed_to_its_last_close() {
    let mut lines = vec![
        MADE,
        (10, PETR, "StateUpdate", "%%new%%closed successful%%", 2, None),
        (20, 1, "StateUpdate", "%%closed successful%%open%%", 4, None),
    ];
    assert_eq!(told(&lines, &[])[1..], [(10, Kind::Closed, Some(PETR), None), (20, Kind::Reopened, Some(PETR), None)]);
    lines.push((50, MARIA, "StateUpdate", "%%open%%Отказано%%", 9, None));
    assert_eq!(told(&lines, &[])[3], (50, Kind::Rejected, Some(MARIA), Some(50)));
    // From one closed state to another is no close.
    lines.push((60, MARIA, "StateUpdate", "%%Отказано%%closed successful%%", 2, None));
    assert_eq!(told(&lines, &[]).len(), 4);
}

#[test]
fn a_merge_is_no_close_and_no_reopening() {
    let lines = [
        MADE,
        (10, PETR, "Merged", "%%2026110210000012%%7%%2026110210000021%%8", 1, None),
        (10, PETR, "StateUpdate", "%%new%%merged%%", 77, None),
        (20, PETR, "StateUpdate", "%%merged%%open%%", 4, None),
    ];
    assert_eq!(told(&lines, &[]), [(0, Kind::Arrived, None, None)]);
}

#[test]
fn taking_is_told_from_being_given() {
    let had = |lines: &[Line]| {
        let lines: Vec<Line> = [MADE].iter().chain(lines).copied().collect();
        let told = told(&lines, &[]).into_iter().skip(1);
        told.map(|(minutes, kind, who, _)| (minutes, kind, who)).collect::<Vec<_>>()
    };
    // Another gives it to her, in the order of the web service and in that of the screens of OTRS.
    let given = [(10, Kind::Received, Some(MARIA))];
    assert_eq!(had(&[(10, PETR, "Lock", "%%lock", 1, None), (10, PETR, "OwnerUpdate", "%%maria%%5", 1, None)]), given);
    assert_eq!(had(&[(10, PETR, "OwnerUpdate", "%%maria%%5", 1, None), (10, PETR, "Lock", "%%lock", 1, None)]), given);
    // An owner without a lock has nothing yet.
    let named = (5, PETR, "OwnerUpdate", "%%petr%%4", 1, None);
    assert_eq!(had(&[named]), []);
    let taken = [(10, Kind::Received, Some(PETR)), (10, Kind::Taken, Some(PETR))];
    assert_eq!(had(&[named, (10, PETR, "Lock", "%%lock", 1, None)]), taken);
    // Whoever creates a ticket is its owner, and takes nothing by that.
    assert_eq!(had(&[(0, PETR, "OwnerUpdate", "%%petr%%4", 1, None), (10, MARIA, "Lock", "%%lock", 1, None)]), []);
}

#[test]
fn who_has_it_takes_it_again_only_after_a_release() {
    let take =
        |minutes| [(minutes, PETR, "Lock", "%%lock", 4, None), (minutes, PETR, "OwnerUpdate", "%%petr%%4", 4, None)];
    let reset = |minutes, by| {
        [
            (minutes, by, "OwnerUpdate", "Reset owner to root@localhost.", 4, None),
            (minutes, by, "Unlock", "%%unlock", 4, None),
        ]
    };
    let count = |middle: &[Line]| {
        let lines: Vec<Line> =
            [MADE].into_iter().chain(take(10)).chain(middle.iter().copied()).chain(take(30)).collect();
        let told = told(&lines, &[]);
        let count = |kind| told.iter().filter(|event| event.1 == kind).count();
        (count(Kind::Taken), count(Kind::Received))
    };
    // Moved, and kept in the same change.
    let moved: Vec<Line> =
        [(30, PETR, "Move", "%%Net%%6%%Helpdesk%%5", 4, None)].into_iter().chain(reset(30, 1)).collect();
    assert_eq!(count(&moved), (1, 1));
    assert_eq!(count(&reset(20, PETR)), (2, 1));
}

#[test]
fn the_customer_and_otrs_itself_are_nobody() {
    let lines = [
        MADE,
        WRITTEN,
        (10, 1, "SendAutoReply", "%%tina", 1, Some(11)),
        (20, 1, "StateUpdate", "%%new%%closed successful%%", 2, None),
    ];
    assert_eq!(told(&lines, &[10, 11])[1..], [(20, Kind::Closed, None, Some(20))]);
}

#[test]
fn states_that_no_ticket_is_in_are_told_by_their_names() {
    let lines = [MADE, (10, PETR, "StateUpdate", "%%new%%closed with workaround%%", 55, None)];
    assert_eq!(told(&lines, &[])[1].1, Kind::Closed);
    let at_once = [(0, PETR, "NewTicket", "%%2026110210000012%%Helpdesk%%3 normal%%closed successful%%7", 2, None)];
    let expected = [(0, Kind::Arrived, Some(PETR), None), (0, Kind::Closed, Some(PETR), Some(0))];
    assert_eq!(told(&at_once, &[]), expected);
}

#[test]
fn what_the_service_agent_does_counts_for_whom_its_mark_names() {
    let lines = [
        MADE,
        (10, SERVICE, "StateUpdate", "%%new%%open%%", 4, None),
        (20, SERVICE, "StateUpdate", "%%open%%closed successful%%", 2, None),
        (20, SERVICE, "AddNote", "%%vakhta-1", 2, Some(12)),
        (20, SERVICE, "Misc", "Reset of unlock time.", 2, None),
        (30, SERVICE, "AddNote", "%%by hand", 2, Some(13)),
    ];
    let mut entries = entries(&lines);
    entries[3].account = Some(70);
    let events = fold(&entries, &[12, 13], &states());
    let whose: Vec<_> = events.iter().skip(1).map(|event| (event.kind, event.who)).collect();
    let (for_him, itself) =
        (Who { agent: Some(SERVICE), account: Some(70) }, Who { agent: Some(SERVICE), account: None });
    assert_eq!(whose, [(Kind::Closed, for_him), (Kind::Answered, for_him), (Kind::Answered, itself)]);
}

#[test]
fn events_are_in_the_queue_where_they_happened() {
    let lines = [MADE, (500, PETR, "StateUpdate", "%%new%%closed successful%%", 2, None)];
    let queues: Vec<_> = fold(&entries(&lines), &[], &states()).iter().map(|event| event.queue).collect();
    assert_eq!(queues, [5, 6]);
}

#[test]
fn a_history_without_its_beginning_tells_nothing() {
    assert_eq!(told(&[(10, PETR, "StateUpdate", "%%new%%closed successful%%", 2, None)], &[]), []);
}

#[test]
fn entries_name_agents() {
    let lines = [
        (0, PETR, "OwnerUpdate", "%%maria%%5", 1, None),
        (0, PETR, "ResponsibleUpdate", "%%petr%%4", 1, None),
        (0, PETR, "OwnerUpdate", "Reset owner to root@localhost.", 1, None),
        (0, PETR, "StateUpdate", "%%new%%4", 1, None),
    ];
    let named: Vec<_> =
        entries(&lines).iter().map(|entry| named(entry).map(|(id, login)| (id, login.to_owned()))).collect();
    assert_eq!(named, [Some((5, "maria".to_owned())), Some((4, "petr".to_owned())), None, None]);
}
