//! Whether a monitor changes so often that single changes say little: the share of changes between the latest
//! 21 results, where the newest counts half as much again as the oldest (1.2 to 0.8).

use app::model::monitor::Reason;

use super::Judged;

/// So many results are looked at, and fewer say nothing.
const RESULTS: u8 = 21;
/// Between 21 results there may be so many changes.
const PLACES: u32 = RESULTS as u32 - 1;
/// All weights together. A place `i` from the oldest weighs `76 + 2 i`, which is `0.8 … 1.2` in steps that
/// need no fractions.
const WHOLE: u32 = PLACES * 76 + PLACES * (PLACES - 1);
/// Flapping begins with this share.
const BEGINS: u32 = WHOLE / 2;
/// It ends below this one.
const ENDS: u32 = WHOLE / 4;

/// Adds a result.
pub fn remember(judged: &mut Judged, result: u32) {
    judged.recent = (judged.recent << 1 | result) & ((1 << RESULTS) - 1);
    judged.recent_count = judged.recent_count.saturating_add(1).min(RESULTS);
}

/// Judges the flapping and lays it over what was decided otherwise.
pub fn overlay(before: bool, after: &mut Judged, decided: Option<Reason>) -> Option<Reason> {
    let weight = weight(after.recent);
    after.flapping = after.recent_count == RESULTS && weight >= if before { ENDS } else { BEGINS };
    let percent = weight * 100 / WHOLE;
    match (before, after.flapping) {
        (true, true) => decided.map(|_| Reason::new("flapping").got(percent)),
        (false, true) => Some(Reason::new("flapping").got(percent)),
        (true, false) => Some(Reason::new("calm_again").got(percent)),
        (false, false) => decided,
    }
}

fn weight(recent: u32) -> u32 {
    let changes = recent ^ recent >> 1;
    (0..PLACES).filter(|newest| changes >> newest & 1 == 1).map(|newest| 76 + 2 * (PLACES - 1 - newest)).sum()
}
