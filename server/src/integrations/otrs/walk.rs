//! Finding every ticket with a search that has no offset and is cut off without a word. Pure.
//!
//! Without a limit at most 500 numbers come back and nothing says that there are more (427); there is no offset, and
//! tickets of one second come in any order. So a span of time is asked for with a limit; an answer that fills it is
//! thrown away and the span halved. One second cannot be halved, nor can the hour that comes twice in autumn: there the
//! limit grows, which OTRS honours (428), and in case it does not, both ends of the order are asked for, and an answer
//! that is still not whole is an error.
//!
//! Spans are in times of the host's clock, both ends included, as OTRS compares them (490-492). What changes during
//! the walk moves out of its span and is found by the next one, which begins where this one did.

use std::collections::HashSet;

use super::{HostClock, HostTime, Order, TicketId};

/// How many numbers are asked for at once: fewer than OTRS gives by itself, so that a server that ignores the limit is
/// noticed.
const LIMIT: usize = 400;
/// Where the limit stops growing.
const MOST: usize = 102_400;

/// So often both orders may differ before the answer counts as cut off.
const DOUBTS: u8 = 3;

/// A span that is to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// First second.
    pub from: HostTime,
    /// Last second.
    pub to: HostTime,
    /// How many numbers at most.
    pub limit: usize,
    /// By the time of change.
    pub order: Order,
}

/// More tickets changed at the same time than OTRS is willing to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more tickets changed at {0} than OTRS tells")]
pub struct Truncated(pub HostTime);

/// A walk over a span of time, oldest first.
#[derive(Debug)]
pub struct Walk {
    /// What is left, the next one last.
    left: Vec<Ask>,
    /// What the first order gave where the limit had to grow.
    half: Option<HashSet<TicketId>>,
    /// How often both orders differed.
    doubts: u8,
    seen: HashSet<TicketId>,
    clock: HostClock,
}

impl Walk {
    /// Over everything the clock showed from `from` to `to`.
    #[must_use]
    pub fn new(clock: &HostClock, from: HostTime, to: HostTime) -> Self {
        let (begins, ends) = (clock.begin_at_or_before(from), clock.end_at_or_after(to));
        let ask = Ask { from: begins, to: ends, limit: LIMIT, order: Order::Up };
        let left = if from > to { Vec::new() } else { vec![ask] };
        Self { left, half: None, doubts: 0, seen: HashSet::new(), clock: clock.clone() }
    }

    /// What to ask for now; nothing when all is found.
    #[must_use]
    pub fn next(&self) -> Option<Ask> {
        self.left.last().copied()
    }

    /// Everything before this is found: where to go on after an interruption.
    #[must_use]
    pub fn done_before(&self) -> Option<HostTime> {
        self.next().map(|ask| ask.from)
    }

    /// Takes the answer to [`Walk::next`]; gives those tickets in it that are new in this walk.
    ///
    /// # Errors
    /// When it cannot be found out which tickets there are. The walk goes on behind that time.
    pub fn answer(&mut self, found: Vec<TicketId>) -> Result<Vec<TicketId>, Truncated> {
        let Some(ask) = self.left.pop() else { return Ok(Vec::new()) };
        if let Some(half) = self.half.take() {
            // Both orders of a whole answer hold the same; one that is cut off lacks the other end.
            let other: HashSet<_> = found.iter().copied().collect();
            if half == other {
                self.doubts = 0;
                return Ok(self.take(found));
            }
            // Something may have changed between the two questions.
            self.doubts += 1;
            if self.doubts == DOUBTS {
                self.doubts = 0;
                return Err(Truncated(ask.from));
            }
            self.left.push(Ask { order: Order::Up, ..ask });
            return Ok(Vec::new());
        }
        if ask.limit > LIMIT && found.len() < ask.limit {
            // More than usual: is this all, or does the server have a limit of its own?
            self.half = Some(found.iter().copied().collect());
            self.left.push(Ask { order: Order::Down, ..ask });
            return Ok(Vec::new());
        }
        if found.len() < ask.limit {
            return Ok(self.take(found));
        }
        if ask.limit == LIMIT
            && let Some(halves) = self.halves(ask)
        {
            self.left.extend(halves);
            return Ok(Vec::new());
        }
        if ask.limit >= MOST {
            return Err(Truncated(ask.from));
        }
        // A server that gives more than it was asked for does not look at the limit.
        let limit = ask.limit.max(found.len()) * 2;
        self.left.push(Ask { limit, ..ask });
        Ok(Vec::new())
    }

    /// The later and the earlier half, unless there is no time between at which a search can begin: in one second, and in
    /// the hour that comes twice.
    fn halves(&self, ask: Ask) -> Option<[Ask; 2]> {
        let middle = ask.from.plus_seconds(ask.from.seconds_to(ask.to) / 2 + 1);
        let (early, late) = (self.clock.begin_at_or_before(middle), self.clock.begin_at_or_after(middle));
        let begins = [early, late].into_iter().find(|begins| *begins > ask.from && *begins <= ask.to)?;
        // Where an hour is skipped, the earlier half reaches over it unless that would be all there is.
        let last = begins.plus_seconds(-1);
        let over = self.clock.end_at_or_after(last);
        let ends = if over < ask.to { over } else { self.clock.end_at_or_before(last) };
        Some([Ask { from: begins, ..ask }, Ask { to: ends, ..ask }])
    }

    fn take(&mut self, found: Vec<TicketId>) -> Vec<TicketId> {
        found.into_iter().filter(|id| self.seen.insert(*id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::tz::TimeZone;

    use super::*;

    /// A server with tickets at these seconds after the start.
    struct Server {
        start: HostTime,
        tickets: Vec<(i64, TicketId)>,
        /// It never gives more.
        most: usize,
        asked: usize,
    }

    impl Server {
        fn new(start: &str, seconds: impl IntoIterator<Item = i64>) -> Self {
            let start = HostTime::read(start).expect("a time");
            let ids = (1..).map(TicketId::new);
            Self { start, tickets: seconds.into_iter().zip(ids).collect(), most: usize::MAX, asked: 0 }
        }

        fn search(&mut self, ask: Ask) -> Vec<TicketId> {
            self.asked += 1;
            let at = |seconds: i64| self.start.plus_seconds(seconds);
            let mut found: Vec<_> =
                self.tickets.iter().filter(|(s, _)| at(*s) >= ask.from && at(*s) <= ask.to).copied().collect();
            found.sort_unstable();
            if ask.order == Order::Down {
                found.reverse();
            }
            found.into_iter().map(|(_, id)| id).take(ask.limit.min(self.most)).collect()
        }

        fn walk(&mut self, clock: &HostClock, to: i64) -> Result<Vec<TicketId>, Truncated> {
            let mut walk = Walk::new(clock, self.start, self.start.plus_seconds(to));
            let mut all = Vec::new();
            while let Some(ask) = walk.next() {
                let found = self.search(ask);
                all.extend(walk.answer(found)?);
                assert!(self.asked < 10_000, "it ends");
            }
            Ok(all)
        }
    }

    fn utc() -> HostClock {
        HostClock::new(TimeZone::UTC)
    }

    fn whole(found: &[TicketId], count: usize) -> bool {
        found.len() == count && found.iter().collect::<BTreeSet<_>>().len() == count
    }

    #[test]
    fn few_tickets_take_one_question() {
        let mut server = Server::new("2026-11-20 00:00:00", 0..399);
        assert!(whole(&server.walk(&utc(), 86_400).expect("whole"), 399));
        assert_eq!(server.asked, 1);
    }

    #[test]
    fn many_tickets_are_all_found_once() {
        // Most of them close together, as after a bulk change.
        let seconds = (0..5_000).map(|n| if n % 3 == 0 { n * 6_000 } else { 1_000_000 + n % 40 });
        let mut server = Server::new("2016-01-01 00:00:00", seconds);
        assert!(whole(&server.walk(&utc(), 400_000_000).expect("whole"), 5_000));
    }

    #[test]
    fn tickets_of_one_second_are_all_found() {
        for count in [399, 400, 401, 500, 799, 800, 801, 1_700, 40_000] {
            let mut server = Server::new("2026-11-20 02:32:03", std::iter::repeat_n(7, count));
            assert!(whole(&server.walk(&utc(), 3_600).expect("whole"), count), "{count}");
        }
    }

    #[test]
    fn a_server_that_gives_500_whatever_is_asked_is_noticed() {
        let mut server = Server { most: 500, ..Server::new("2026-11-20 02:32:03", std::iter::repeat_n(0, 501)) };
        assert_eq!(server.walk(&utc(), 10), Err(Truncated(server.start)));
        let mut server = Server { most: 500, ..Server::new("2026-11-20 02:32:03", std::iter::repeat_n(0, 500)) };
        assert!(whole(&server.walk(&utc(), 10).expect("all there are"), 500));
        // Where seconds can be told apart, the limit does not matter.
        let mut server = Server { most: 500, ..Server::new("2026-11-20 02:32:03", 0..5_000) };
        assert!(whole(&server.walk(&utc(), 5_000).expect("whole"), 5_000));
    }

    #[test]
    fn the_hour_that_is_missing_in_spring_is_no_bound_and_loses_nothing() {
        let clock = HostClock::new(TimeZone::get("Europe/Berlin").expect("a zone"));
        // Many in the last second before the gap and in the first after it.
        let seconds = (0..900).map(|n| [3_599, 7_200, n * 11 % 3_600][n as usize % 3]);
        let mut server = Server::new("2026-03-29 01:00:00", seconds);
        let mut walk = Walk::new(&clock, server.start, server.start.plus_seconds(10_800));
        let mut all = Vec::new();
        while let Some(ask) = walk.next() {
            assert_eq!((clock.begin_at_or_before(ask.from), clock.end_at_or_after(ask.to)), (ask.from, ask.to));
            let found = server.search(ask);
            all.extend(walk.answer(found).expect("whole"));
            assert!(server.asked < 10_000, "it ends");
        }
        assert!(whole(&all, 900));
    }

    #[test]
    fn the_hour_that_comes_twice_in_autumn_loses_nothing() {
        let clock = HostClock::new(TimeZone::get("Europe/Berlin").expect("a zone"));
        // From 01:00 to 04:00 as the clock shows it, most of them in the hour that comes twice.
        let seconds = (0..2_500).map(|n| if n % 5 == 0 { n * 4 } else { 3_600 + n });
        let mut server = Server::new("2026-10-25 01:00:00", seconds);
        let mut walk = Walk::new(&clock, server.start, server.start.plus_seconds(10_800));
        let mut all = Vec::new();
        while let Some(ask) = walk.next() {
            assert_eq!((clock.begin_at_or_before(ask.from), clock.end_at_or_after(ask.to)), (ask.from, ask.to));
            let found = server.search(ask);
            all.extend(walk.answer(found).expect("whole"));
            assert!(server.asked < 10_000, "it ends");
        }
        assert!(whole(&all, 2_500), "{}", all.len());
    }

    #[test]
    fn an_empty_span_asks_nothing() {
        let to = HostTime::read("2026-11-20 00:00:00").expect("a time");
        assert_eq!(Walk::new(&utc(), to.plus_seconds(1), to).next(), None);
    }
}
