use time::macros::datetime;

use super::*;

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone")
}

fn weekly(days: &[u8], at: &str, minutes: u32) -> Schedule {
    Schedule::Weekly { days: days.to_vec(), at: at.into(), minutes }
}

fn cron(expression: &str, minutes: u32) -> Schedule {
    Schedule::Cron { expression: expression.into(), minutes }
}

fn once(from: OffsetDateTime, to: OffsetDateTime) -> Schedule {
    Schedule::Once { from, to }
}

const NOON: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

#[test]
fn schedules_that_cannot_be_kept_say_what_is_wrong() {
    for (schedule, expected) in [
        (once(NOON, NOON + Duration::HOUR), Ok(())),
        (once(NOON, NOON), Err(("to", "before_beginning"))),
        (once(NOON, NOON - Duration::HOUR), Err(("to", "before_beginning"))),
        (once(NOON, NOON + Duration::days(366)), Ok(())),
        (once(NOON, NOON + Duration::days(367)), Err(("to", "too_long"))),
        (weekly(&[1, 7], "02:30", 60), Ok(())),
        (weekly(&[], "02:30", 60), Err(("days", "days"))),
        (weekly(&[0], "02:30", 60), Err(("days", "days"))),
        (weekly(&[8], "02:30", 60), Err(("days", "days"))),
        (weekly(&[1], "2:30", 60), Err(("at", "time"))),
        (weekly(&[1], "24:00", 60), Err(("at", "time"))),
        (weekly(&[1], "02:60", 60), Err(("at", "time"))),
        (weekly(&[1], "+2:30", 60), Err(("at", "time"))),
        (weekly(&[1], "0230", 60), Err(("at", "time"))),
        (weekly(&[1], "02:30", 0), Err(("minutes", "minutes"))),
        (weekly(&[1], "02:30", 10_080), Ok(())),
        (weekly(&[1], "02:30", 10_081), Err(("minutes", "minutes"))),
        (cron("0 3 * * *", 60), Ok(())),
        (cron("0 3 * * *", 0), Err(("minutes", "minutes"))),
        (cron("*/15 9-17/2 1,15 jan-MAR mon-fri", 5), Ok(())),
        (cron("0 3 29 2 *", 60), Ok(())),
        (cron("0 3 30 2 *", 60), Err(("expression", "never"))),
        (cron("0 3 31 4,6,9,11 *", 60), Err(("expression", "never"))),
        (cron("0 3 30 2 mon", 60), Ok(())),
        (cron("", 60), Err(("expression", "cron"))),
        (cron("0 3 * *", 60), Err(("expression", "cron"))),
        (cron("0 0 3 * * *", 60), Err(("expression", "cron"))),
        (cron("60 3 * * *", 60), Err(("expression", "cron"))),
        (cron("0 24 * * *", 60), Err(("expression", "cron"))),
        (cron("0 3 0 * *", 60), Err(("expression", "cron"))),
        (cron("0 3 32 * *", 60), Err(("expression", "cron"))),
        (cron("0 3 * 13 *", 60), Err(("expression", "cron"))),
        (cron("0 3 * * 8", 60), Err(("expression", "cron"))),
        (cron("0 3 * * funday", 60), Err(("expression", "cron"))),
        (cron("0 3 * * fri-mon", 60), Err(("expression", "cron"))),
        (cron("*/0 3 * * *", 60), Err(("expression", "cron"))),
        (cron("5/10 3 * * *", 60), Err(("expression", "cron"))),
        (cron("-5 3 * * *", 60), Err(("expression", "cron"))),
        (cron("1,,2 3 * * *", 60), Err(("expression", "cron"))),
        (cron("1- 3 * * *", 60), Err(("expression", "cron"))),
        (cron("999 3 * * *", 60), Err(("expression", "cron"))),
        (cron("@daily", 60), Err(("expression", "cron"))),
    ] {
        assert_eq!(check(&schedule), expected, "{schedule:?}");
    }
}

/// Now, and when the open window began and ends, if one is.
type Open = (OffsetDateTime, Option<(OffsetDateTime, OffsetDateTime)>);

fn assert_open(schedule: &Schedule, table: &[Open]) {
    for (now, expected) in table {
        let window = window_at(schedule, *now, &berlin()).map(|window| (window.from, window.to));
        assert_eq!(window, *expected, "{schedule:?} at {now}");
    }
}

#[test]
fn once_is_open_from_its_beginning_to_just_before_its_end() {
    let (from, to) = (NOON, NOON + Duration::HOUR);
    let schedule = once(from, to);
    assert_open(
        &schedule,
        &[
            (from - Duration::SECOND, None),
            (from, Some((from, to))),
            (to - Duration::SECOND, Some((from, to))),
            (to, None),
        ],
    );
    assert_eq!(next_window(&schedule, from - Duration::SECOND, &berlin()), Some(Window { from, to }));
    assert_eq!(next_window(&schedule, from, &berlin()), None, "it is open");
    assert_eq!(next_window(&schedule, to + Duration::DAY, &berlin()), None, "it is over");
}

#[test]
fn weekly_windows_open_by_the_clock_of_the_zone() {
    // Fridays at 22:00 in Berlin, for four hours: into Saturday.
    let (from, to) = (datetime!(2026-11-20 21:00 UTC), datetime!(2026-11-21 01:00 UTC));
    assert_open(
        &weekly(&[5], "22:00", 240),
        &[
            (datetime!(2026-11-20 20:59:59 UTC), None),
            (from, Some((from, to))),
            (datetime!(2026-11-21 00:59:59 UTC), Some((from, to))),
            (to, None),
            (datetime!(2026-11-22 21:30 UTC), None),
            (datetime!(2026-11-20 22:30 +1), Some((from, to))),
        ],
    );
}

#[test]
fn clocks_that_jump_move_no_window_by_more_than_the_jump() {
    // 2026-03-29: 02:00 becomes 03:00. 2026-10-25: 03:00 becomes 02:00.
    let starts = |at, now| next_window(&weekly(&[7], at, 60), now, &berlin()).map(|window| window.from);
    let spring = datetime!(2026-03-28 12:00 UTC);
    let autumn = datetime!(2026-10-24 12:00 UTC);
    for (at, now, expected) in [
        ("01:59", spring, datetime!(2026-03-29 00:59 UTC)),
        ("02:30", spring, datetime!(2026-03-29 01:30 UTC)),
        ("03:00", spring, datetime!(2026-03-29 01:00 UTC)),
        ("04:00", spring, datetime!(2026-03-29 02:00 UTC)),
        ("02:30", autumn, datetime!(2026-10-25 00:30 UTC)),
        ("03:00", autumn, datetime!(2026-10-25 02:00 UTC)),
        ("02:30", datetime!(2026-10-25 00:30 UTC), datetime!(2026-11-01 01:30 UTC)),
    ] {
        assert_eq!(starts(at, now), Some(expected), "{at} after {now}");
    }
    let over_the_jump = weekly(&[7], "01:00", 120);
    let (from, to) = (datetime!(2026-03-29 00:00 UTC), datetime!(2026-03-29 02:00 UTC));
    assert_open(&over_the_jump, &[(datetime!(2026-03-29 01:59 UTC), Some((from, to))), (to, None)]);
    let over_the_other = weekly(&[7], "02:30", 60);
    let (from, to) = (datetime!(2026-10-25 00:30 UTC), datetime!(2026-10-25 01:30 UTC));
    assert_open(&over_the_other, &[(datetime!(2026-10-25 01:29 UTC), Some((from, to))), (to, None)]);
}

#[test]
fn in_the_hour_that_is_skipped_times_change_their_order_and_the_next_is_still_the_next() {
    let schedule = cron("30 2,3 * * *", 10);
    let now = datetime!(2026-03-29 00:00 UTC);
    assert_eq!(next_window(&schedule, now, &berlin()).map(|w| w.from), Some(datetime!(2026-03-29 01:30 UTC)));
    let schedule = cron("0,30 2,3 * * *", 10);
    let starts: Vec<_> =
        std::iter::successors(next_window(&schedule, now, &berlin()), |w| next_window(&schedule, w.from, &berlin()))
            .map(|window| window.from)
            .take(3)
            .collect();
    // 02:00 and 02:30 do not exist: they are 03:00 and 03:30, which exist anyway.
    assert_eq!(
        starts,
        [datetime!(2026-03-29 01:00 UTC), datetime!(2026-03-29 01:30 UTC), datetime!(2026-03-30 00:00 UTC)]
    );
}

#[test]
fn cron_windows_open_when_the_expression_says() {
    let start = datetime!(2026-11-20 12:00 UTC);
    for (expression, expected) in [
        ("* * * * *", datetime!(2026-11-20 12:01 UTC)),
        ("*/15 * * * *", datetime!(2026-11-20 12:15 UTC)),
        ("0 13 * * *", datetime!(2026-11-21 12:00 UTC)),
        ("0 14 * * *", datetime!(2026-11-20 13:00 UTC)),
        ("0 3 * * sun", datetime!(2026-11-22 02:00 UTC)),
        ("0 3 * * 0", datetime!(2026-11-22 02:00 UTC)),
        ("0 3 * * 7", datetime!(2026-11-22 02:00 UTC)),
        ("0 3 * * 5-7", datetime!(2026-11-21 02:00 UTC)),
        ("0 3 1 * *", datetime!(2026-12-01 02:00 UTC)),
        ("0 3 1 7 *", datetime!(2027-07-01 01:00 UTC)),
        ("0 3 31 * *", datetime!(2026-12-31 02:00 UTC)),
        ("0 3 29 2 *", datetime!(2028-02-29 02:00 UTC)),
        ("0 3 13 * fri", datetime!(2026-11-27 02:00 UTC)),
        ("0 3 25 * fri", datetime!(2026-11-25 02:00 UTC)),
        ("0 3 */2 * fri", datetime!(2026-11-27 02:00 UTC)),
        ("10-30/10 13 * * *", datetime!(2026-11-20 12:10 UTC)),
        ("0 3 * JAN,feb *", datetime!(2027-01-01 02:00 UTC)),
    ] {
        let schedule = cron(expression, 30);
        assert_eq!(check(&schedule), Ok(()), "{expression}");
        let window = next_window(&schedule, start, &berlin()).expect("a window");
        assert_eq!((window.from, window.to), (expected, expected + Duration::minutes(30)), "{expression}");
        assert_eq!(window_at(&schedule, expected, &berlin()), Some(window), "{expression}: open at its beginning");
    }
}

#[test]
fn openings_that_overlap_count_from_the_latest() {
    let daily_for_two_days = weekly(&[1, 2, 3, 4, 5, 6, 7], "00:00", 2_880);
    let (from, to) = (datetime!(2026-11-19 23:00 UTC), datetime!(2026-11-21 23:00 UTC));
    assert_open(&daily_for_two_days, &[(NOON, Some((from, to)))]);
    let from_of_next = next_window(&daily_for_two_days, NOON, &berlin()).map(|window| window.from);
    assert_eq!(from_of_next, Some(datetime!(2026-11-20 23:00 UTC)));
    // A whole week: there is always one.
    let always = weekly(&[3], "12:00", 10_080);
    for hour in 0..24 * 8 {
        assert!(window_at(&always, NOON + Duration::hours(hour), &berlin()).is_some(), "{hour}");
    }
}

#[test]
fn what_cannot_be_read_is_never_open() {
    for schedule in [weekly(&[9], "02:30", 60), cron("nonsense", 60)] {
        assert_eq!(window_at(&schedule, NOON, &berlin()), None);
        assert_eq!(next_window(&schedule, NOON, &berlin()), None);
    }
    let never = cron("0 3 30 2 *", 60);
    assert_eq!(next_window(&never, NOON, &berlin()), None);
}

#[test]
fn zones_at_the_ends_of_the_world_find_their_windows() {
    for (zone, from) in
        [("Pacific/Kiritimati", datetime!(2026-11-20 10:00 UTC)), ("Pacific/Niue", datetime!(2026-11-21 11:00 UTC))]
    {
        let zone = TimeZone::get(zone).expect("a zone");
        let midnight = weekly(&[6], "00:00", 60);
        let window = Some(Window { from, to: from + Duration::HOUR });
        assert_eq!(next_window(&midnight, from - Duration::MINUTE, &zone), window);
        assert_eq!(window_at(&midnight, from + Duration::minutes(59), &zone), window);
    }
}
