//! Random histories against a reference that remembers nothing and computes everything from the whole history.

use super::{
    tests::{START, rules, seen},
    *,
};

/// What the reference says of a history.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    state: State,
    /// The number of the check since which it is so.
    since: usize,
    flapping: bool,
    reason: Option<String>,
    told: Option<(State, State, String)>,
}

#[test]
fn random_histories_are_judged_as_the_reference_does() {
    for seed in 0..4_000_u64 {
        let mut random = seed;
        let rules = rules(1 + below(&mut random, 5), 1 + below(&mut random, 4));
        // Some worlds are calm, some are wild: how often the weather changes.
        let unrest = [5, 20, 60, 100][usize::from(below(&mut random, 4))];
        let mut letter = 'g';
        let mut history = String::new();
        let mut said = vec![];
        let mut judged = Judged::new(START);
        for number in 1..=usize::from(40 + below(&mut random, 60)) {
            if below(&mut random, 100) < unrest {
                letter = char::from(b"gggbbbrssup"[usize::from(below(&mut random, 11))]);
            }
            history.push(letter);
            let (after, change) = step(&judged, &seen(number, letter), &rules);
            judged = after;
            let expected = reference(&history, &said, &rules);
            let is = Said {
                state: judged.state,
                since: (judged.since - START).whole_seconds().unsigned_abs() as usize / 10,
                flapping: judged.flapping,
                reason: judged.reason.clone().map(|reason| reason.code),
                told: change.map(|change| (change.from, change.to, shown(&change.reason))),
            };
            assert_eq!(is, expected, "seed {seed}, {rules:?}, {history}");
            assert_eq!(
                (judged.bad, judged.slow, judged.recent, judged.recent_count),
                rows(&history),
                "seed {seed}, {rules:?}, {history}"
            );
            said.push(expected);
        }
    }
}

/// The last check of the history, given what was said of each one before.
fn reference(history: &str, said: &[Said], rules: &Rules) -> Said {
    let fresh =
        Said { state: State::Unknown, since: 0, flapping: false, reason: Some("not_checked_yet".into()), told: None };
    let before = said.last().unwrap_or(&fresh);
    let number = history.len();
    let last = history.chars().next_back().expect("a check");
    let bad_limit = usize::from(rules.bad_to_go_down);
    let good_limit = usize::from(rules.good_to_come_back);
    let bad_row = row(history, "br");
    let good_row = row(history, "gs");
    let slow = row(history, "s") >= bad_limit;
    // Fast ones count from where it became degraded, or came back so from a time when nobody looked.
    let fast_row = row(&history[before.since.min(number)..], "g");

    let up_or_slow = if slow { State::Degraded } else { State::Up };
    let (state, why) = match (before.state, last) {
        (State::Down, 'u' | 'p') => (State::Down, None),
        (State::Unknown, 'u' | 'p') => (State::Unknown, None),
        (_, 'u') => (State::Unknown, Some("our_line_is_down".to_owned())),
        (_, 'p') => (State::Unknown, Some("ping_not_permitted".to_owned())),
        (State::Down, 'b' | 'r') => (State::Down, None),
        (_, 'b' | 'r') if bad_row >= bad_limit => (State::Down, Some(format!("bad_in_a_row {bad_row}"))),
        (same, 'b' | 'r') => (same, None),
        (State::Down, _) if good_row >= good_limit => (up_or_slow, Some(format!("good_in_a_row {good_row}"))),
        (State::Degraded, _) if fast_row >= good_limit => (State::Up, Some("fast_again".to_owned())),
        (State::Unknown | State::Up, _) if slow => (State::Degraded, Some("slow 101".to_owned())),
        (State::Unknown, _) if results(history).len() == 1 => (State::Up, Some("first_check".to_owned())),
        (State::Unknown, _) => (State::Up, Some("good_in_a_row 1".to_owned())),
        (same, _) => (same, None),
    };
    let code = |letter| match letter {
        'b' => "timeout",
        'r' => "refused",
        's' => "slow",
        'p' => "ping_not_permitted",
        _ => "our_line_is_down",
    };
    let latest = |letters: &str| history.chars().rev().find(|c| letters.contains(*c)).map(|c| code(c).to_owned());
    let reason = match state {
        State::Up => None,
        State::Down => latest("br"),
        State::Degraded if before.state == State::Degraded && !slow => before.reason.clone(),
        State::Degraded => latest("s"),
        _ => latest("brup"),
    };

    let judged = !matches!(last, 'u' | 'p');
    let share = share(history);
    let flapping = match share {
        _ if !judged => before.flapping,
        Some(share) if before.flapping => share >= 0.25 - 1e-9,
        Some(share) => share >= 0.5 - 1e-9,
        None => false,
    };
    let percent = (share.unwrap_or_default() * 100.0 + 1e-9).floor();
    let why = match (before.flapping, flapping) {
        _ if !judged => why,
        (true, true) => why.map(|_| format!("flapping {percent}")),
        (false, true) => Some(format!("flapping {percent}")),
        (true, false) => Some(format!("calm_again {percent}")),
        (false, false) => why,
    };
    Said {
        state,
        since: if state == before.state { before.since } else { number },
        flapping,
        reason,
        told: why.map(|why| (before.state, state, why)),
    }
}

/// What was judged, oldest first.
fn results(history: &str) -> String {
    history.chars().filter(|c| !"up".contains(*c)).collect()
}

/// How many of these are at the end.
fn row(history: &str, letters: &str) -> usize {
    results(history).chars().rev().take_while(|c| letters.contains(*c)).count()
}

/// The weighted share of changes, as it is written in books.
fn share(history: &str) -> Option<f64> {
    let bad: Vec<bool> = results(history).chars().map(|c| "br".contains(c)).collect();
    let latest = bad.last_chunk::<21>()?;
    let weights = latest.windows(2).enumerate().map(|(place, pair)| {
        let weight = 0.8 + 0.4 * f64::from(u8::try_from(place).expect("small")) / 19.0;
        if pair[0] == pair[1] { 0.0 } else { weight }
    });
    Some(weights.sum::<f64>() / 20.0)
}

fn rows(history: &str) -> (u16, u16, u32, u8) {
    let results = results(history);
    let latest = results.chars().rev().take(21).enumerate();
    let recent = latest.map(|(place, c)| u32::from("br".contains(c)) << place).sum();
    let count = |letters| u16::try_from(row(history, letters)).expect("small");
    (count("br"), count("s"), recent, u8::try_from(results.len().min(21)).expect("small"))
}

fn shown(reason: &Reason) -> String {
    [Some(reason.code.as_str()), reason.got.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A number below `limit`: `SplitMix64`.
fn below(random: &mut u64, limit: u8) -> u8 {
    *random = random.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *random;
    z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    u8::try_from((z ^ z >> 31) % u64::from(limit)).expect("below")
}
