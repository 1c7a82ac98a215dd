//! Statistics as they are shown: times in words, and the bars of the chart in a box of 1 000 × 240.

use crate::{
    fleet::chart::{HEIGHT, WIDTH, nice, tenths},
    i18n::Texts,
    model::statistics::StepFigures,
};

/// How many lines lie above the ground line.
const LINES: u32 = 4;
/// How much of a step's width its two bars take together.
const FILLED: f64 = 0.76;

/// A length of time in its two largest words: what takes days is not told in minutes.
#[must_use]
pub fn span(t: Texts, seconds: u64) -> String {
    match (seconds / 86_400, seconds % 86_400 / 3_600) {
        (0, _) => t.span(seconds),
        (days, 0) => t.time_span_days(days),
        (days, hours) => t.statistics_span_days_hours(days, hours),
    }
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// The bars of what arrived.
    pub arrived: String,
    /// The bars of what was closed.
    pub closed: String,
    /// The figures at the lines across, the highest first.
    pub figures: Vec<u32>,
}

/// Draws the steps, two bars each.
#[must_use]
pub fn draw(steps: &[StepFigures]) -> Drawing {
    let top = steps.iter().map(|step| step.arrived.max(step.closed)).max().unwrap_or_default();
    let line = nice(top.div_ceil(LINES));
    let full = f64::from(line * LINES);
    let mut drawing = Drawing { figures: (0..=LINES).rev().map(|at| at * line).collect(), ..Drawing::default() };
    for (step, at) in steps.iter().zip(0..) {
        let (left, right) = place(at, steps.len());
        let middle = f64::midpoint(left, right);
        bar(&mut drawing.arrived, left, middle, f64::from(step.arrived) / full);
        bar(&mut drawing.closed, middle, right, f64::from(step.closed) / full);
    }
    drawing
}

fn bar(path: &mut String, left: f64, right: f64, share: f64) {
    if share > 0.0 {
        let top = tenths(HEIGHT - share * HEIGHT);
        path.push_str(&["M", &tenths(left), " 240V", &top, "H", &tenths(right), "V240Z"].concat());
    }
}

/// Where the bars of a step stand.
fn place(at: u32, count: usize) -> (f64, f64) {
    let width = WIDTH / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
    let left = f64::from(at) * width + width * (1.0 - FILLED) / 2.0;
    (left, left + width * FILLED)
}

/// The whole place of a step, behind its bars.
#[must_use]
pub fn column(at: usize, count: usize) -> String {
    let width = WIDTH / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
    let left = f64::from(u32::try_from(at).unwrap_or_default()) * width;
    ["M", &tenths(left), " 0V240H", &tenths(left + width), "V0Z"].concat()
}

/// The step below this share of the width.
#[must_use]
pub fn step_at(share: f64, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let edge = |at: usize| {
        f64::from(u32::try_from(at + 1).unwrap_or(u32::MAX)) / f64::from(u32::try_from(count).unwrap_or(u32::MAX))
    };
    Some((0..count).find(|at| share < edge(*at)).unwrap_or(last))
}

/// The steps that are named below the picture: at most five, evenly apart.
#[must_use]
pub fn named(count: usize) -> Vec<usize> {
    let last = count.saturating_sub(1);
    match count {
        0 => Vec::new(),
        1..=5 => (0..count).collect(),
        _ => (0..5).map(|part| last * part / 4).collect(),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::{i18n::texts, model::user::Language};

    fn steps(counts: &[(u32, u32)]) -> Vec<StepFigures> {
        let step = |(arrived, closed): &(u32, u32)| StepFigures {
            from: date!(2026 - 11 - 01),
            arrived: *arrived,
            closed: *closed,
        };
        counts.iter().map(step).collect()
    }

    #[test]
    fn bars_stand_beside_each_other_below_a_round_figure() {
        let drawn = draw(&steps(&[(4, 8), (0, 2)]));
        assert_eq!(drawn.figures, [8, 6, 4, 2, 0]);
        assert_eq!(drawn.arrived, "M60.0 240V120.0H250.0V240Z");
        assert_eq!(drawn.closed, "M250.0 240V0.0H440.0V240ZM750.0 240V180.0H940.0V240Z");
        assert_eq!(draw(&steps(&[(0, 0)])).closed, "");
    }

    #[test]
    fn the_step_below_the_finger_is_found() {
        for (share, at) in [(0.0, 0), (0.24, 0), (0.25, 1), (0.99, 3), (1.0, 3)] {
            assert_eq!(step_at(share, 4), Some(at), "{share}");
        }
        assert_eq!(step_at(0.5, 0), None);
        assert_eq!(column(1, 4), "M250.0 0V240H500.0V0Z");
    }

    #[test]
    fn few_steps_are_named() {
        assert_eq!(named(3), [0, 1, 2]);
        assert_eq!(named(30), [0, 7, 14, 21, 29]);
        assert_eq!(named(0), Vec::<usize>::new());
    }

    #[test]
    fn times_have_two_words() {
        let t = texts(Language::En);
        for (seconds, words) in [(59, "59 s"), (3_600, "1 h"), (86_400, "1 d"), (273_600, "3 d 4 h")] {
            assert_eq!(span(t, seconds), words);
        }
    }
}
