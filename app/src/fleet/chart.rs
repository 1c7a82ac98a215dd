//! The latency chart: which stretch, the lines in a box of 1 000 × 240, the figures at its edges, and zooming.

use crate::model::history::{History, Point};

/// Width of the box.
pub const WIDTH: f64 = 1_000.0;
/// Height of the box.
pub const HEIGHT: f64 = 240.0;
/// Less is not worth a picture: ten minutes.
const SHORTEST_S: i64 = 600;
/// How many lines lie above the ground line.
const LINES: u32 = 4;
const HOUR_S: i64 = 3_600;
const DAY_S: i64 = 24 * HOUR_S;
/// How far the times below the picture may be apart.
const STEPS_S: [i64; 17] = [
    60,
    300,
    600,
    900,
    1_800,
    HOUR_S,
    2 * HOUR_S,
    4 * HOUR_S,
    6 * HOUR_S,
    12 * HOUR_S,
    DAY_S,
    2 * DAY_S,
    7 * DAY_S,
    14 * DAY_S,
    28 * DAY_S,
    56 * DAY_S,
    112 * DAY_S,
];
/// How many steps between such times a picture has room for.
const MARKS: i64 = 6;

/// A stretch of time, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The beginning.
    pub from: i64,
    /// The end.
    pub to: i64,
}

impl Stretch {
    /// The last so many hours.
    #[must_use]
    pub const fn last(hours: i64, now: i64) -> Self {
        Self { from: now - hours * 3_600, to: now }
    }

    /// How long it is.
    #[must_use]
    pub const fn length(self) -> i64 {
        self.to - self.from
    }

    /// The time at this share of the width.
    #[must_use]
    pub fn at(self, share: f64) -> i64 {
        self.from + round(share.clamp(0.0, 1.0) * seconds(self.length()))
    }

    /// The share of the width where this time is.
    #[must_use]
    pub fn share(self, at: i64) -> f64 {
        seconds(at - self.from) / seconds(self.length().max(1))
    }

    /// The times that are named below the picture: full minutes, hours, days or Mondays of a clock that is so many seconds
    /// ahead of UTC.
    #[must_use]
    pub fn marks(self, ahead_s: i64) -> Vec<i64> {
        let step = STEPS_S.into_iter().find(|step| self.length() / step <= MARKS).unwrap_or(self.length());
        // 1970 began on a Thursday.
        let shift = if step % (7 * DAY_S) == 0 { ahead_s - 4 * DAY_S } else { ahead_s };
        let first = (self.from + shift + step - 1).div_euclid(step);
        (first..).map(|number| number * step - shift).take_while(|at| *at <= self.to).collect()
    }

    /// The part between two shares of the width, if it is worth a picture.
    #[must_use]
    pub fn part(self, one: f64, other: f64) -> Option<Self> {
        let part = Self { from: self.at(one.min(other)), to: self.at(one.max(other)) };
        (part.length() >= SHORTEST_S && part != self).then_some(part)
    }

    /// Two fingers went from these shares of the width to those: what was below them stays below them.
    #[must_use]
    pub fn pinched(self, before: (f64, f64), after: (f64, f64), now: i64) -> Self {
        let (one, other) = (seconds(self.at(before.0)), seconds(self.at(before.1)));
        let apart = after.1 - after.0;
        if (other - one).abs() < 1.0 || apart.abs() < 0.02 {
            return self;
        }
        let length =
            ((other - one) / apart).abs().clamp(seconds(SHORTEST_S), seconds(self.length().max(SHORTEST_S)) * 8.0);
        let from = one - after.0 * length;
        let to = (from + length).min(seconds(now));
        Self { from: round(to - length), to: round(to) }
    }
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// The line of the median.
    pub median: String,
    /// The area between the median and the 95th percentile.
    pub band: String,
    /// Where checks were bad: areas as high as the box.
    pub bad: String,
    /// The milliseconds at the lines across, the highest first.
    pub figures: Vec<u32>,
}

/// Draws what was seen in a stretch.
#[must_use]
pub fn draw(history: &History, stretch: Stretch) -> Drawing {
    let top = history.points.iter().filter_map(|point| point.p95_ms.or(point.p50_ms)).max().unwrap_or_default();
    let step = nice(top.div_ceil(LINES));
    let full = f64::from(step * LINES);
    let x = |at: i64| stretch.share(at) * WIDTH;
    let y = |ms: u32| HEIGHT - f64::from(ms) / full * HEIGHT;
    let half = i64::from(history.step_s) / 2;
    let mut drawing = Drawing { figures: (0..=LINES).rev().map(|line| line * step).collect(), ..Drawing::default() };
    for run in runs(history) {
        let (mut upper, mut lower) = (String::new(), String::new());
        for (at, point) in run.iter().enumerate() {
            let Some(median) = point.p50_ms else { continue };
            let x = x(point.at.unix_timestamp() + half);
            push(&mut drawing.median, if at == 0 { 'M' } else { 'L' }, x, y(median));
            if run.len() == 1 {
                drawing.median.push_str("h2");
            }
            push(&mut upper, if at == 0 { 'M' } else { 'L' }, x, y(point.p95_ms.unwrap_or(median)));
            let mut below = String::new();
            push(&mut below, 'L', x, y(median));
            lower.insert_str(0, &below);
        }
        drawing.band.push_str(&upper);
        drawing.band.push_str(&lower);
        drawing.band.push('Z');
    }
    for point in history.points.iter().filter(|point| point.bad > 0) {
        let from = point.at.unix_timestamp();
        let (left, right) = (x(from), x(from + i64::from(history.step_s)));
        push(&mut drawing.bad, 'M', left, 0.0);
        // Two of them beside each other must not leave a gap, one alone must be seen.
        drawing.bad.push_str(&["h", &tenths((right - left).max(3.0) + 0.5), "V240H", &tenths(left), "Z"].concat());
    }
    drawing
}

/// The point below this share of the width, or the nearest one.
#[must_use]
pub fn nearest(history: &History, stretch: Stretch, share: f64) -> Option<usize> {
    let at = stretch.at(share) - i64::from(history.step_s) / 2;
    (0..history.points.len()).min_by_key(|index| (history.points[*index].at.unix_timestamp() - at).abs())
}

/// Where a point stands: its share of the width of the box.
#[must_use]
pub fn position(history: &History, stretch: Stretch, index: usize) -> f64 {
    let Some(point) = history.points.get(index) else { return 0.0 };
    stretch.share(point.at.unix_timestamp() + i64::from(history.step_s) / 2) * WIDTH
}

/// Good points beside each other; where nothing was observed the line is broken.
fn runs(history: &History) -> Vec<&[Point]> {
    let step = i64::from(history.step_s);
    history
        .points
        .chunk_by(|one, next| {
            one.p50_ms.is_some()
                && next.p50_ms.is_some()
                && next.at.unix_timestamp() - one.at.unix_timestamp() <= step * 2
        })
        .filter(|run| run.iter().any(|point| point.p50_ms.is_some()))
        .collect()
}

/// The next of 1, 2, 3, 4, 5, 6, 8, 10, 20, 30 …
pub(crate) fn nice(wanted: u32) -> u32 {
    let mut power = 1;
    loop {
        for factor in [1, 2, 3, 4, 5, 6, 8] {
            if factor * power >= wanted {
                return factor * power;
            }
        }
        if power >= 100_000_000 {
            return wanted;
        }
        power *= 10;
    }
}

fn push(path: &mut String, command: char, x: f64, y: f64) {
    path.push(command);
    path.push_str(&[&tenths(x), " ", &tenths(y)].concat());
}

/// A number with one decimal. The formatter of floats is large, and the browser has no other use for it.
pub(crate) fn tenths(number: f64) -> String {
    let scaled = round(number * 10.0);
    let sign = if scaled < 0 { "-" } else { "" };
    let scaled = scaled.unsigned_abs();
    [sign, &(scaled / 10).to_string(), ".", &(scaled % 10).to_string()].concat()
}

fn seconds(whole: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
    let seconds = whole as f64;
    seconds
}

fn round(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 are far below 2^53")]
    let whole = number.round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use time::{OffsetDateTime, macros::date};

    use super::{DAY_S, Stretch, draw, nearest, nice, tenths};
    use crate::model::history::{History, Point};

    fn history(points: &[(i64, Option<u32>, u32)]) -> History {
        let point = |(at, p50_ms, bad): &(i64, Option<u32>, u32)| Point {
            at: OffsetDateTime::from_unix_timestamp(*at).expect("a time"),
            good: 1,
            bad: *bad,
            p50_ms: *p50_ms,
            p95_ms: p50_ms.map(|ms| ms * 2),
            max_ms: None,
        };
        History { monitor: None, step_s: 60, points: points.iter().map(point).collect(), uptime: Vec::new() }
    }

    const HOUR: Stretch = Stretch { from: 0, to: 3_600 };

    #[test]
    fn figures_are_round_and_hold_the_highest_value() {
        for (wanted, expected) in [(0, 1), (1, 1), (3, 3), (7, 8), (9, 10), (12, 20), (51, 60), (1_300, 2_000)] {
            assert_eq!(nice(wanted), expected, "{wanted}");
        }
        assert_eq!(draw(&history(&[(0, Some(40), 0)]), HOUR).figures, [80, 60, 40, 20, 0]);
    }

    #[test]
    fn the_line_breaks_where_nothing_was_observed() {
        let drawn = draw(&history(&[(0, Some(10), 0), (60, Some(20), 0), (1_800, Some(10), 0)]), HOUR);
        assert_eq!(drawn.median, "M8.3 180.0L25.0 120.0M508.3 180.0h2");
        assert_eq!(drawn.band, "M8.3 120.0L25.0 0.0L25.0 120.0L8.3 180.0ZM508.3 120.0L508.3 180.0Z");
    }

    #[test]
    fn bad_checks_are_marked_also_without_a_latency() {
        let drawn = draw(&history(&[(600, None, 2)]), HOUR);
        assert_eq!(drawn.median, "");
        assert_eq!(drawn.bad, "M166.7 0.0h17.2V240H166.7Z");
    }

    #[test]
    fn the_point_below_the_finger_is_found() {
        let history = history(&[(0, Some(1), 0), (1_800, Some(1), 0), (3_540, Some(1), 0)]);
        for (share, index) in [(0.0, 0), (0.2, 0), (0.4, 1), (1.0, 2)] {
            assert_eq!(nearest(&history, HOUR, share), Some(index), "{share}");
        }
    }

    #[test]
    fn full_times_of_the_clock_on_the_wall_are_named() {
        let moscow = 3 * 3_600;
        let day = |date: time::Date| date.midnight().assume_utc().unix_timestamp() - moscow;
        // Saturday, half past four in the afternoon there.
        let now = day(date!(2026 - 11 - 21)) + 16 * 3_600 + 1_800;
        let last = |hours| Stretch::last(hours, now).marks(moscow);
        assert_eq!(last(1), [-60, -50, -40, -30, -20, -10, 0].map(|minutes| now + minutes * 60));
        assert_eq!(last(24)[1], day(date!(2026 - 11 - 21)), "midnight among every four hours");
        let week = last(7 * 24);
        assert!(week.windows(2).all(|two| two[1] - two[0] == 2 * DAY_S) && week.len() >= 3, "every second midnight");
        assert_eq!((week[0] + moscow) % DAY_S, 0);
        let mondays = [date!(2026 - 10 - 26), date!(2026 - 11 - 02), date!(2026 - 11 - 09), date!(2026 - 11 - 16)];
        assert_eq!(last(30 * 24), mondays.map(day));
        assert!((3..=7).contains(&last(90 * 24).len()));
        assert!((3..=7).contains(&last(720 * 24).len()), "the longest that can be asked for");
        assert_eq!(Stretch { from: now, to: now }.marks(moscow), [now]);
    }

    #[test]
    fn a_part_that_is_too_short_is_none() {
        assert_eq!(HOUR.part(0.75, 0.25), Some(Stretch { from: 900, to: 2_700 }));
        assert_eq!(HOUR.part(0.5, 0.55), None);
        assert_eq!(HOUR.part(0.0, 1.0), None);
    }

    #[test]
    fn what_is_below_the_fingers_stays_there() {
        let near = HOUR.pinched((0.4, 0.6), (0.2, 0.8), 10_000);
        assert_eq!((near.from, near.to), (1_200, 2_400));
        let far = HOUR.pinched((0.25, 0.75), (0.4, 0.6), 3_600);
        assert_eq!((far.length(), far.to), (9_000, 3_600), "not beyond now");
        assert_eq!(HOUR.pinched((0.5, 0.5), (0.1, 0.9), 3_600), HOUR);
    }

    #[test]
    fn numbers_have_one_decimal() {
        assert_eq!([tenths(0.04), tenths(-1.26), tenths(12.0)], ["0.0", "-1.3", "12.0"]);
    }
}
