//! The decisions as a table.
//!
//! A history is `g` good, `s` slow, `b` timeout, `r` refused, `u` our line is down, `p` no ping socket; blanks are for
//! the eye. What is expected is each change as `check:state reason got`, and in the end the state with its
//! reason, `~` when it is flapping, `!` when it is in doubt. `…` leaves the changes before the last ones out.

use std::fmt::Write as _;

use time::macros::datetime;

use super::*;

pub const START: OffsetDateTime = datetime!(2026-11-20 10:00 UTC);

/// Bad to go down, good to come back; slower than 100 ms is slow.
pub const fn rules(bad_to_go_down: u8, good_to_come_back: u8) -> Rules {
    Rules { bad_to_go_down, good_to_come_back, slow: Some(Duration::from_millis(100)) }
}

pub fn seen(number: usize, letter: char) -> Seen {
    let outcome = match letter {
        'g' => Outcome::Good { latency: Duration::from_millis(100) },
        's' => Outcome::Good { latency: Duration::from_millis(101) },
        'b' => Outcome::Bad(Reason::new("timeout")),
        'r' => Outcome::Bad(Reason::new("refused")),
        'p' => Outcome::Unjudged(Reason::new("ping_not_permitted")),
        _ => Outcome::Unjudged(Reason::new("our_line_is_down")),
    };
    Seen { at: START + Duration::from_secs(10) * u32::try_from(number).expect("small"), outcome }
}

type Row = (&'static str, (u8, u8), &'static str, &'static str, &'static str);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    // The first checks.
    ("the first good one is up", (3, 2), "g", "1:up first_check", "up"),
    ("also when more are needed to come back", (3, 20), "g", "1:up first_check", "up"),
    ("one bad one says nothing yet", (3, 2), "b", "", "unknown timeout!"),
    ("two neither", (3, 2), "bb", "", "unknown timeout!"),
    ("three are down", (3, 2), "bbb", "3:down bad_in_a_row 3", "down timeout"),
    ("a good one after bad ones is up at once", (3, 2), "bbg", "3:up good_in_a_row 1", "up"),
    ("the latest reason counts", (3, 2), "bbr", "3:down bad_in_a_row 3", "down refused"),
    ("one is enough where one is asked for", (1, 1), "b", "1:down bad_in_a_row 1", "down timeout"),
    ("nothing at all is unknown", (3, 2), "", "", "unknown not_checked_yet!"),
    ("the first slow one is up", (3, 2), "s", "1:up first_check", "up"),
    ("the first slow one is degraded where one is enough", (1, 1), "s", "1:degraded slow 101", "degraded slow"),
    // Going down.
    ("one bad one raises a doubt", (3, 2), "gb", "1:up first_check", "up!"),
    ("two are still a doubt", (3, 2), "gbb", "1:up first_check", "up!"),
    ("the third decides", (3, 2), "gbbb", "1:up first_check, 4:down bad_in_a_row 3", "down timeout"),
    ("more change nothing", (3, 2), "gbbbbbb", "1:up first_check, 4:down bad_in_a_row 3", "down timeout"),
    ("but the reason is the latest", (3, 2), "gbbbbr", "1:up first_check, 4:down bad_in_a_row 3", "down refused"),
    ("a good one between starts again", (3, 2), "gbbgbb", "1:up first_check", "up!"),
    ("and the third after it decides", (3, 2), "gbbgbbb", "1:up first_check, 7:down bad_in_a_row 3", "down timeout"),
    ("a good one ends the doubt", (3, 2), "gbbg", "1:up first_check", "up"),
    ("a slow one ends the doubt too", (3, 2), "gbbs", "1:up first_check", "up"),
    ("reasons may differ within a row", (3, 2), "gbrb", "1:up first_check, 4:down bad_in_a_row 3", "down timeout"),
    ("with one to go down there is no doubt", (1, 2), "gb", "1:up first_check, 2:down bad_in_a_row 1", "down timeout"),
    ("with five to go down four are not enough", (5, 2), "gbbbb", "1:up first_check", "up!"),
    ("the fifth is", (5, 2), "gbbbbb", "1:up first_check, 6:down bad_in_a_row 5", "down timeout"),
    ("none to go down is one", (0, 2), "gb", "1:up first_check, 2:down bad_in_a_row 1", "down timeout"),
    // Coming back.
    ("one good one raises hope", (3, 2), "bbbg", "3:down bad_in_a_row 3", "down timeout!"),
    ("two are up", (3, 2), "bbbgg", "3:down bad_in_a_row 3, 5:up good_in_a_row 2", "up"),
    ("a bad one between starts again", (3, 2), "bbbgbg", "3:down bad_in_a_row 3", "down timeout!"),
    ("a bad one ends the hope", (3, 2), "bbbgb", "3:down bad_in_a_row 3", "down timeout"),
    ("then two more are needed", (3, 2), "bbbgbgg", "3:down bad_in_a_row 3, 7:up good_in_a_row 2", "up"),
    ("slow ones bring it back as well", (3, 2), "bbbss", "3:down bad_in_a_row 3, 5:up good_in_a_row 2", "up"),
    ("slow and fast ones together", (3, 2), "bbbsg", "3:down bad_in_a_row 3, 5:up good_in_a_row 2", "up"),
    ("so many slow ones that it comes back degraded", (3, 3), "bbbsss", "3:down bad_in_a_row 3, 6:degraded good_in_a_row 3", "degraded slow"),
    ("one good one where one is enough", (3, 1), "bbbg", "3:down bad_in_a_row 3, 4:up good_in_a_row 1", "up"),
    ("none to come back is one", (3, 0), "bbbg", "3:down bad_in_a_row 3, 4:up good_in_a_row 1", "up"),
    ("four are not five", (3, 5), "bbbgggg", "3:down bad_in_a_row 3", "down timeout!"),
    ("the fifth brings it back", (3, 5), "bbbggggg", "3:down bad_in_a_row 3, 8:up good_in_a_row 5", "up"),
    ("after that it falls by a full row again", (3, 2), "bbbggbb", "3:down bad_in_a_row 3, 5:up good_in_a_row 2", "up!"),
    // Slow.
    ("two slow ones are no more than two", (3, 2), "gss", "1:up first_check", "up"),
    ("three are degraded", (3, 2), "gsss", "1:up first_check, 4:degraded slow 101", "degraded slow"),
    ("a fast one between starts again", (3, 2), "gssgss", "1:up first_check", "up"),
    ("a bad one between starts again", (3, 2), "gssbss", "1:up first_check", "up"),
    ("more slow ones change nothing", (3, 2), "gsssss", "1:up first_check, 4:degraded slow 101", "degraded slow"),
    ("one fast one does not end it", (3, 2), "gsssg", "1:up first_check, 4:degraded slow 101", "degraded slow"),
    ("two do", (3, 2), "gsssgg", "1:up first_check, 4:degraded slow 101, 6:up fast_again", "up"),
    ("a slow one between starts again", (3, 2), "gsssgsg", "1:up first_check, 4:degraded slow 101", "degraded slow"),
    ("a bad one between starts again, too", (3, 2), "gsssgbg", "1:up first_check, 4:degraded slow 101", "degraded slow"),
    ("bad ones while degraded raise a doubt", (3, 2), "gsssbb", "1:up first_check, 4:degraded slow 101", "degraded slow!"),
    ("three are down from there", (3, 2), "gsssbbb", "1:up first_check, 4:degraded slow 101, 7:down bad_in_a_row 3", "down timeout"),
    ("slow ones from the start", (3, 2), "sss", "1:up first_check, 3:degraded slow 101", "degraded slow"),
    ("a bad one does not make it fast", (3, 2), "gsssbsgg", "1:up first_check, 4:degraded slow 101, 8:up fast_again", "up"),
    // Not judged.
    ("our line at the very first check", (3, 2), "u", "", "unknown our_line_is_down!"),
    ("no green that nobody looked at", (3, 2), "gu", "1:up first_check, 2:unknown our_line_is_down", "unknown our_line_is_down!"),
    ("said once", (3, 2), "guuuu", "1:up first_check, 2:unknown our_line_is_down", "unknown our_line_is_down!"),
    ("the first good one is up again", (3, 2), "gug", "1:up first_check, 2:unknown our_line_is_down, 3:up good_in_a_row 1", "up"),
    ("bad ones need their full row", (3, 2), "gubb", "1:up first_check, 2:unknown our_line_is_down", "unknown timeout!"),
    ("and then it is down", (3, 2), "gubbb", "1:up first_check, 2:unknown our_line_is_down, 5:down bad_in_a_row 3", "down timeout"),
    ("nothing is counted: a row of bad goes on", (3, 2), "gbbub", "1:up first_check, 4:unknown our_line_is_down, 5:down bad_in_a_row 3", "down timeout"),
    ("nothing alone opens an incident", (1, 1), "guuuuuuuuu", "1:up first_check, 2:unknown our_line_is_down", "unknown our_line_is_down!"),
    ("what was down stays down", (3, 2), "bbbuuu", "3:down bad_in_a_row 3", "down timeout"),
    ("and comes back by its full row", (3, 2), "bbbugug", "3:down bad_in_a_row 3, 7:up good_in_a_row 2", "up"),
    ("one good one after it is a hope", (3, 2), "bbbug", "3:down bad_in_a_row 3", "down timeout!"),
    ("degraded is unknown then", (3, 2), "gsssu", "1:up first_check, 4:degraded slow 101, 5:unknown our_line_is_down", "unknown our_line_is_down!"),
    ("and degraded again when it is still slow", (3, 2), "gsssus", "1:up first_check, 4:degraded slow 101, 5:unknown our_line_is_down, 6:degraded slow 101", "degraded slow"),
    ("or up when it is not", (3, 2), "gsssug", "1:up first_check, 4:degraded slow 101, 5:unknown our_line_is_down, 6:up good_in_a_row 1", "up"),
    ("a row of slow ones goes on", (3, 2), "gssus", "1:up first_check, 4:unknown our_line_is_down, 5:degraded slow 101", "degraded slow"),
    ("no ping socket", (3, 2), "pp", "", "unknown ping_not_permitted!"),
    ("the latest reason of not knowing", (3, 2), "pu", "", "unknown our_line_is_down!"),
    ("the first good one after that is the first check", (3, 2), "ppg", "3:up first_check", "up"),
    // Flapping: 21 results, from 50 % on, below 25 % it ends.
    ("twenty results say nothing", (3, 2), "gbgbgbgbgbgbgbgbgbgb", "1:up first_check", "up!"),
    ("twenty-one do", (3, 2), "gbgbgbgbgbgbgbgbgbgbg", "1:up first_check, 21:up flapping 100", "up~"),
    ("eight changes at the end are too few", (3, 2), "ggggggggggggg bgbgbgbg", "1:up first_check", "up"),
    ("nine are just enough", (3, 2), "gggggggggggg bgbgbgbgb", "1:up first_check, 21:up flapping 50", "up!~"),
    ("nine at the beginning are too few, being old", (3, 2), "bgbgbgbgbg ggggggggggg", "2:up good_in_a_row 1", "up"),
    ("eleven old ones are still too few", (3, 2), "bgbgbgbgbgbg ggggggggg", "2:up good_in_a_row 1", "up"),
    ("twelve are enough", (3, 2), "gbgbgbgbgbgbg gggggggg", "1:up first_check, 21:up flapping 54", "up~"),
    ("it lasts while six old changes are left", (3, 2), "gbgbgbgbgbgbgbgbgbgbg gggggggggggggg", "1:up first_check, 21:up flapping 100", "up~"),
    ("with five it is calm again", (3, 2), "gbgbgbgbgbgbgbgbgbgbg ggggggggggggggg", "1:up first_check, 21:up flapping 100, 36:up calm_again 21", "up"),
    ("the state follows while it flaps", (3, 2), "gbgbgbgbgbgbgbgbgbgbg bbb", "1:up first_check, 21:up flapping 100, 24:down flapping 88", "down timeout~"),
    ("and follows back", (3, 2), "gbgbgbgbgbgbgbgbgbgbg bbb gg", "1:up first_check, 21:up flapping 100, 24:down flapping 88, 26:up flapping 82", "up~"),
    ("the change that begins it says so", (1, 1), "gbgbgbgbgbgbgbgbgbgbg", "… 20:down bad_in_a_row 1, 21:up flapping 100", "up~"),
    ("and so does each one after it", (1, 1), "gbgbgbgbgbgbgbgbgbgbgb", "… 21:up flapping 100, 22:down flapping 100", "down timeout~"),
    ("a fall may end it", (16, 2), "gbgbgbgbgbgbgbgbgbgbg bbbbbbbbbbbbbbbb", "1:up first_check, 21:up flapping 100, 37:down calm_again 21", "down timeout"),
    ("our line says nothing about flapping", (3, 2), "gbgbgbgbgbgbgbgbgbgbg u", "… 21:up flapping 100, 22:unknown our_line_is_down", "unknown our_line_is_down!~"),
    ("and does not count as a result", (3, 2), "gbgbgbgbgbugbgbgbgbgb", "… 11:unknown our_line_is_down, 12:up good_in_a_row 1", "up!"),
    ("slow is no change of up and down", (3, 2), "gsgsgsgsgsgsgsgsgsgsgs", "1:up first_check", "up"),
    ("nor is another reason", (3, 2), "brbrbrbrbrbrbrbrbrbrbr", "3:down bad_in_a_row 3", "down refused"),
];

#[test]
fn decisions() {
    assert!(TABLE.len() >= 60);
    for (name, (bad, good), history, changes, end) in TABLE {
        let rules = rules(*bad, *good);
        let mut judged = Judged::new(START);
        let mut told: Vec<String> = Vec::new();
        for (number, letter) in history.chars().filter(|c| *c != ' ').enumerate() {
            let (after, change) = step(&judged, &seen(number + 1, letter), &rules);
            if let Some(Change { from, to, reason }) = change {
                assert_eq!((from, to), (judged.state, after.state), "{name}");
                let got = reason.got.map(|got| format!(" {got}")).unwrap_or_default();
                told.push(format!("{}:{} {}{got}", number + 1, to.as_str(), reason.code));
            } else {
                assert_eq!((judged.state, judged.since), (after.state, after.since), "{name}: nothing was told");
            }
            judged = after;
        }
        let told = told.join(", ");
        match changes.strip_prefix("… ") {
            Some(last) => assert!(told.ends_with(last), "{name}: {told}"),
            None => assert_eq!(told, *changes, "{name}"),
        }
        let mut is = judged.state.as_str().to_owned();
        if let Some(reason) = &judged.reason {
            write!(is, " {}", reason.code).expect("a text");
        }
        is.extend(in_doubt(&judged, &rules).then_some('!'));
        is.extend(judged.flapping.then_some('~'));
        assert_eq!(is, *end, "{name}");
    }
}

#[test]
fn a_change_says_since_when_and_numbers_that_people_read() {
    let up = step(&Judged::new(START), &seen(1, 'g'), &rules(1, 1)).0;
    let (down, change) = step(&up, &seen(2, 'b'), &rules(1, 1));
    assert_eq!(down.since, seen(2, 'b').at);
    assert_eq!(change.expect("down").reason, Reason::new("bad_in_a_row").got(1));
    let (slow, change) = step(&up, &seen(2, 's'), &rules(1, 1));
    assert_eq!(change.expect("slow").reason, Reason::new("slow").got(101).wanted(100));
    assert_eq!(slow.reason, Some(Reason::new("slow").got(101).wanted(100)));
}

#[test]
fn without_a_limit_nothing_is_slow_and_what_was_becomes_fast() {
    let mut judged = step(&Judged::new(START), &seen(1, 's'), &rules(1, 1)).0;
    assert_eq!(judged.state, State::Degraded);
    judged = step(&judged, &seen(2, 's'), &Rules { slow: None, ..rules(1, 1) }).0;
    assert_eq!((judged.state, judged.reason), (State::Up, None));
}

#[test]
fn paused_stays_paused_whatever_comes_in_late() {
    let paused = Judged::paused(START);
    for letter in "gsbu".chars() {
        assert_eq!(step(&paused, &seen(1, letter), &rules(1, 1)), (paused.clone(), None));
    }
    assert!(!in_doubt(&paused, &rules(3, 2)));
}

#[test]
fn rows_are_counted_as_far_as_the_database_keeps_them() {
    let mut judged = Judged { state: State::Up, good: MOST - 1, ..Judged::new(START) };
    for number in 0..3 {
        judged = step(&judged, &seen(number, 'g'), &rules(3, 2)).0;
    }
    assert_eq!(judged.good, 32_767);
}
