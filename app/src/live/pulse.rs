//! Whether what is on the screen is right, judged from frames and times alone (pure): when to connect, when to give a
//! connection up, and since when the screen may be wrong.
//!
//! Times are milliseconds of the device's clock. A device that slept runs nothing; it is noticed by the hole in time, before
//! any frame that waited in the network is believed.

/// Without a word for so long, what is on the screen may be wrong.
pub const SILENCE_MS: i64 = 15_000;
/// The first pause before another try; each further one is twice as long.
const PAUSE_MS: i64 = 500;
/// No pause is longer.
const LONGEST_MS: i64 = 30_000;

/// What has to be done about the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// Open one, dropping one that may be there.
    Connect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// None; the next try is due then.
    Closed(i64),
    /// Being opened since then, or open and silent since then.
    Open(i64),
}

/// The state of the live channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulse {
    seq: Option<i64>,
    link: Link,
    /// When the screen was right last.
    right_at: i64,
    /// When anything ran last.
    ran_at: i64,
    stale: bool,
    online: bool,
    failures: u32,
    /// Answers that are asked for because what was missed is not known.
    owed: u32,
}

impl Pulse {
    /// The page was made just now.
    #[must_use]
    pub const fn new(now: i64) -> Self {
        Self {
            seq: None,
            link: Link::Closed(now),
            right_at: now,
            ran_at: now,
            stale: false,
            online: true,
            failures: 0,
            owed: 0,
        }
    }

    /// The last place in the log that is known.
    #[must_use]
    pub const fn seq(&self) -> Option<i64> {
        self.seq
    }

    /// Since when the screen may be wrong, if it may.
    #[must_use]
    pub fn stale_since(&self) -> Option<i64> {
        self.stale.then_some(self.right_at)
    }

    /// The data of a page hold the log up to here. The oldest counts as long as nothing was heard.
    pub fn know(&mut self, seq: i64) {
        if self.failures == 0 && matches!(self.link, Link::Closed(_)) {
            self.seq = Some(self.seq.map_or(seq, |known| known.min(seq)));
        }
    }

    /// Time goes by. `dice` between 0 and 1 spreads the tries of many.
    pub fn tick(&mut self, now: i64) -> Need {
        if self.slept(now) {
            return self.connect(now);
        }
        if now - self.right_at > SILENCE_MS {
            self.stale = true;
        }
        match self.link {
            Link::Closed(due) if self.online && now >= due => self.connect(now),
            // Silent for too long: such a connection is dead, whoever has not noticed.
            Link::Open(since) if now - since > SILENCE_MS => self.connect(now),
            _ => Need::Nothing,
        }
    }

    /// The page was brought to the front, or the network is back.
    pub fn wake(&mut self, now: i64) -> Need {
        self.online = true;
        if self.slept(now) || matches!(self.link, Link::Closed(_)) {
            return self.connect(now);
        }
        Need::Nothing
    }

    /// The network is gone.
    pub fn offline(&mut self, now: i64) {
        self.online = false;
        self.stale = true;
        self.link = Link::Closed(now);
    }

    /// A frame came. Whether it may be believed: one that waited while the device slept may not.
    pub fn frame(&mut self, seq: i64, event: &str, now: i64) -> bool {
        if self.slept(now) {
            self.link = Link::Closed(now);
            return false;
        }
        let Link::Open(_) = self.link else { return false };
        self.link = Link::Open(now);
        self.seq = Some(self.seq.map_or(seq, |known| known.max(seq)));
        match event {
            "now" => {
                self.failures = 0;
                if self.owed == 0 {
                    self.right_at = now;
                    self.stale = false;
                }
            }
            "reload" => {
                self.seq = Some(seq);
                self.stale = true;
            }
            _ => {}
        }
        true
    }

    /// The connection ended, or could not be made.
    pub fn closed(&mut self, now: i64, dice: f64) {
        let pause = (PAUSE_MS << self.failures.min(6)).min(LONGEST_MS);
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "at most half a minute")]
        let pause = (pause as f64 * (0.5 + dice)) as i64;
        self.failures = self.failures.saturating_add(1);
        self.link = Link::Closed(now + pause);
    }

    /// Something on the screen is asked for anew: until it is there, nothing is right.
    pub fn owe(&mut self) {
        self.owed += 1;
    }

    /// It is there.
    pub fn settle(&mut self) {
        self.owed = self.owed.saturating_sub(1);
    }

    fn connect(&mut self, now: i64) -> Need {
        self.link = Link::Open(now);
        Need::Connect
    }

    /// Whether nothing ran for so long that the device slept; then nothing on the screen is believed.
    fn slept(&mut self, now: i64) -> bool {
        // A clock that was set back says nothing about time.
        let gap = (now - self.ran_at).abs();
        self.ran_at = now;
        if gap > SILENCE_MS {
            self.stale = true;
        }
        gap > SILENCE_MS
    }
}

#[cfg(test)]
mod tests {
    use super::{Need, Pulse};

    /// Connected and right at 0.
    fn right() -> Pulse {
        let mut pulse = Pulse::new(0);
        assert_eq!(pulse.tick(0), Need::Connect);
        assert!(pulse.frame(7, "now", 0));
        pulse
    }

    fn tick_to(pulse: &mut Pulse, from: i64, to: i64) -> Vec<i64> {
        (from..=to).step_by(1_000).filter(|now| pulse.tick(*now) == Need::Connect).collect()
    }

    #[test]
    fn fifteen_seconds_of_silence_are_told_and_end_the_connection() {
        let mut pulse = right();
        assert_eq!(tick_to(&mut pulse, 1_000, 15_000), [0; 0]);
        assert_eq!(pulse.stale_since(), None);
        assert_eq!(tick_to(&mut pulse, 16_000, 16_000), [16_000]);
        assert_eq!(pulse.stale_since(), Some(0));
    }

    #[test]
    fn events_alone_do_not_make_a_stale_screen_right() {
        let mut pulse = right();
        tick_to(&mut pulse, 1_000, 16_000);
        assert!(pulse.frame(9, "server.state", 16_500));
        assert_eq!(pulse.stale_since(), Some(0));
        assert!(pulse.frame(9, "now", 17_000));
        assert_eq!(pulse.stale_since(), None);
    }

    #[test]
    fn what_waited_while_the_device_slept_is_not_believed() {
        let mut pulse = right();
        assert!(!pulse.frame(8, "now", 90_000));
        assert_eq!(pulse.stale_since(), Some(0));
        // Nor anything else of that connection.
        assert!(!pulse.frame(8, "now", 90_100));
        assert_eq!(pulse.tick(90_200), Need::Connect);
        assert_eq!(pulse.seq(), Some(7), "it is resumed where it was");
        assert!(pulse.frame(12, "now", 90_400));
        assert_eq!(pulse.stale_since(), None);
    }

    #[test]
    fn a_page_that_is_shown_after_a_sleep_is_stale_at_once_and_connects() {
        let mut pulse = right();
        assert_eq!(pulse.wake(90_000), Need::Connect);
        assert_eq!(pulse.stale_since(), Some(0));
        let mut pulse = right();
        assert_eq!(pulse.wake(2_000), Need::Nothing);
        assert_eq!(pulse.stale_since(), None);
    }

    #[test]
    fn without_a_network_nothing_is_tried_and_with_it_at_once() {
        let mut pulse = right();
        pulse.tick(1_000);
        pulse.offline(1_500);
        assert_eq!(pulse.stale_since(), Some(0));
        assert_eq!(tick_to(&mut pulse, 2_000, 60_000), [0; 0]);
        assert_eq!(pulse.wake(60_500), Need::Connect);
    }

    #[test]
    fn pauses_grow_to_half_a_minute() {
        let mut pulse = Pulse::new(0);
        let mut pauses = Vec::new();
        let mut now = 0;
        for _ in 0..8 {
            assert_eq!(pulse.tick(now), Need::Connect);
            pulse.closed(now, 0.5);
            let failed = now;
            while pulse.tick(now) == Need::Nothing {
                now += 100;
            }
            pauses.push(now - failed);
            pulse.closed(now, 0.0);
            pulse.failures -= 1;
            now += 31_000;
            pulse.ran_at = now;
        }
        assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    }

    #[test]
    fn what_has_to_be_asked_anew_is_not_right_before_it_is_there() {
        let mut pulse = right();
        assert!(pulse.frame(40, "reload", 1_000));
        pulse.owe();
        assert!(pulse.frame(40, "now", 1_100));
        assert_eq!(pulse.stale_since(), Some(0));
        pulse.settle();
        assert!(pulse.frame(41, "now", 1_200));
        assert_eq!((pulse.stale_since(), pulse.seq()), (None, Some(41)));
    }

    #[test]
    fn data_of_pages_are_resumed_from_the_oldest() {
        let mut pulse = Pulse::new(0);
        pulse.know(9);
        pulse.know(7);
        assert_eq!(pulse.seq(), Some(7));
        pulse.tick(0);
        pulse.know(3);
        assert_eq!(pulse.seq(), Some(7), "an open channel has its place");
    }
}
