//! When to leave a system alone that has trouble. Pure: the time is an argument, counted from any beginning.

use std::time::Duration;

/// So many failures in a row open it.
const PATIENCE: u32 = 5;
/// How long it stays open the first time; then twice as long each time, up to the longest.
const FIRST_REST: Duration = Duration::from_secs(2);
const LONGEST_REST: Duration = Duration::from_secs(60);

/// Closed while all is well. After some failures in a row it is open for a while; then one call is let through, and
/// what becomes of it decides.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    until: Duration,
    rest: Duration,
}

impl Breaker {
    /// Whether a call may be made now; otherwise how long to wait.
    pub fn permit(&mut self, now: Duration) -> Result<(), Duration> {
        match &mut self.open {
            None => Ok(()),
            Some(open) if now < open.until => Err(open.until - now),
            Some(open) => {
                // One call goes ahead; the others wait for what becomes of it, or for a rest if it never ends.
                open.until = now + open.rest;
                Ok(())
            }
        }
    }

    /// The system answered, whatever it said.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// The system had trouble.
    pub fn failed(&mut self, now: Duration) {
        self.failures = self.failures.saturating_add(1);
        let rest = match &self.open {
            Some(open) => (open.rest * 2).min(LONGEST_REST),
            None if self.failures >= PATIENCE => FIRST_REST,
            None => return,
        };
        self.open = Some(Open { until: now + rest, rest });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_failures_opens_it_and_rests_grow() {
        let mut breaker = Breaker::default();
        let start = Duration::ZERO;
        for _ in 0..PATIENCE {
            assert_eq!(breaker.permit(start), Ok(()));
            breaker.failed(start);
        }
        let mut now = start;
        for rest in [2, 4, 8, 16, 32, 60, 60] {
            assert_eq!(breaker.permit(now), Err(Duration::from_secs(rest)));
            now += Duration::from_secs(rest);
            assert_eq!(breaker.permit(now), Ok(()), "one goes ahead");
            assert!(breaker.permit(now).is_err(), "one only");
            breaker.failed(now);
        }
        breaker.succeeded();
        assert_eq!(breaker.permit(now), Ok(()));
    }

    #[test]
    fn single_failures_do_not_add_up() {
        let mut breaker = Breaker::default();
        let now = Duration::ZERO;
        for _ in 0..20 {
            breaker.failed(now);
            breaker.succeeded();
        }
        assert_eq!(breaker.permit(now), Ok(()));
    }
}
