//! When a monitor is due: at fixed slots, so that nothing drifts and a restart changes nothing.
//!
//! A slot is `phase + n · interval` since 1970. The phase comes from the monitor's id by multiplication with the
//! golden ratio, which spreads ids that follow each other more evenly than chance would.

use std::time::Duration;

use app::model::ids::MonitorId;
use time::OffsetDateTime;

/// 2⁶⁴ divided by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The first slot after `after`.
#[must_use]
pub fn next_slot(monitor: MonitorId, interval: Duration, after: OffsetDateTime) -> OffsetDateTime {
    let interval = micros(interval);
    let after = since_epoch(after);
    at(last_slot(monitor, interval, after) + interval)
}

/// The first slot after `after` while in doubt: counted in retry intervals from the last regular slot, and the next
/// regular one at the latest. A retry that would come shortly before that one is left to it, so that a row of
/// bad checks says something of more than a moment.
#[must_use]
pub fn retry_slot(
    monitor: MonitorId,
    interval: Duration,
    retry_interval: Duration,
    after: OffsetDateTime,
) -> OffsetDateTime {
    let (interval, retry) = (micros(interval), micros(retry_interval));
    let after = since_epoch(after);
    let last = last_slot(monitor, interval, after);
    let next_retry = last + ((after - last) / retry + 1) * retry;
    let next = last + interval;
    at(if next_retry + retry / 2 > next { next } else { next_retry })
}

/// The latest slot that is not after `after`.
fn last_slot(monitor: MonitorId, interval: i128, after: i128) -> i128 {
    let turn = u128::from(monitor.get().cast_unsigned().wrapping_mul(GOLDEN));
    let phase = ((turn * interval.unsigned_abs()) >> 64).cast_signed();
    after - (after - phase).rem_euclid(interval)
}

/// What the database keeps of a time: a slot is the same there and here.
fn since_epoch(time: OffsetDateTime) -> i128 {
    time.unix_timestamp_nanos().div_euclid(1_000)
}

fn at(micros: i128) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(micros * 1_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn micros(interval: Duration) -> i128 {
    interval.as_micros().clamp(1, u64::MAX.into()).cast_signed()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-20 10:00:00.123456789 UTC);
    const TEN: Duration = Duration::from_secs(10);

    fn slots(ids: impl Iterator<Item = i64>) -> Vec<Duration> {
        ids.map(|id| next_slot(id.into(), TEN, NOW) - NOW).map(time::Duration::unsigned_abs).collect()
    }

    /// How many are due in each tenth of a second: the least and the most.
    fn crowds(slots: &[Duration]) -> (usize, usize) {
        let mut crowds = [0; 100];
        for slot in slots {
            crowds[(slot.as_micros() / 100_001) as usize] += 1;
        }
        (crowds.into_iter().min().unwrap_or_default(), crowds.into_iter().max().unwrap_or_default())
    }

    #[test]
    fn five_thousand_monitors_are_spread_within_a_few_per_cent() {
        for (first, step) in [(1, 1), (1, 2), (2, 3), (900_000, 4), (7, 5), (1, 7), (1, 10), (1 << 40, 1)] {
            let (least, most) = crowds(&slots((0..5_000).map(|n| first + n * step)));
            assert!(least >= 44 && most <= 56, "ids {first} + {step} n: {least} to {most} where 50 are fair");
        }
    }

    #[test]
    fn ids_with_holes_are_spread_too() {
        // Three in four are gone, as if at random.
        let ids = (1..20_000_i64).filter(|id| id.unsigned_abs().wrapping_mul(0xD605_BBB5_8C8A_BC03) >> 62 == 0);
        let slots = slots(ids);
        let (least, most) = crowds(&slots);
        let fair = slots.len() / 100;
        assert!(least * 2 > fair && most < fair * 2, "{least} to {most} where {fair} are fair");
    }

    #[test]
    fn slots_follow_each_other_by_the_interval_and_know_no_start() {
        for id in [1, 2, 77, 5_000, i64::MAX] {
            let first = next_slot(id.into(), TEN, NOW);
            assert!(first > NOW && first <= NOW + TEN);
            assert_eq!(next_slot(id.into(), TEN, first), first + TEN, "strictly after");
            assert_eq!(next_slot(id.into(), TEN, first - Duration::from_micros(1)), first, "asked just before");
            assert_eq!(next_slot(id.into(), TEN, first + Duration::from_secs(86_399)), first + 8_640 * TEN);
            assert_eq!(first.nanosecond() % 1_000, 0, "the database keeps it as it is");
        }
    }

    #[test]
    fn a_slot_is_the_same_after_a_restart_and_an_update() {
        assert_eq!(next_slot(1.into(), TEN, NOW), datetime!(2026-11-20 10:00:06.180_339 UTC));
        assert_eq!(next_slot(2.into(), TEN, NOW), datetime!(2026-11-20 10:00:02.360_679 UTC));
    }

    #[test]
    fn retries_are_counted_from_the_regular_slot_and_never_later_than_the_next() {
        let second = Duration::from_secs;
        let slot = next_slot(5.into(), second(60), NOW);
        for (retry, passed, expected) in [
            (10, 0, 10),
            (10, 1, 10),
            (10, 10, 20),
            (10, 49, 50),
            (10, 50, 60),
            (10, 59, 60),
            (25, 0, 25),
            (25, 25, 60),
            (20, 20, 40),
            (45, 0, 60),
            (60, 3, 60),
            (90, 3, 60),
        ] {
            assert_eq!(
                retry_slot(5.into(), second(60), second(retry), slot + second(passed)),
                slot + second(expected),
                "{retry} s, {passed} s after the slot"
            );
        }
    }

    #[test]
    fn no_interval_at_all_does_no_harm() {
        assert!(next_slot(1.into(), Duration::ZERO, NOW) > NOW - Duration::from_micros(1));
        assert!(retry_slot(1.into(), TEN, Duration::ZERO, NOW) > NOW - Duration::from_micros(1));
    }
}
