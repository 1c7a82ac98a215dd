//! How often a bot may write: about one message per second and chat with short bursts, 20 per minute in a
//! group, 30 per second in all.
//!
//! Telegram publishes these figures without the exact method; the window and the burst are ours.

use std::collections::{HashMap, VecDeque};

const BURST_MS: i64 = 5_000;
const GROUP_PER_MINUTE: usize = 20;
const OVERALL_PER_SECOND: usize = 30;

/// What was sent lately.
#[derive(Debug, Default)]
pub(super) struct Limits {
    enabled: bool,
    /// When each chat has paid for what it got, ms (one message costs a second).
    paid_until: HashMap<i64, i64>,
    groups: HashMap<i64, VecDeque<i64>>,
    overall: VecDeque<i64>,
}

impl Limits {
    pub(super) fn new(enabled: bool) -> Self {
        Self { enabled, ..Self::default() }
    }

    pub(super) fn enable(&mut self, enabled: bool) {
        self.enabled = enabled;
    }

    /// Counts a message, or says how many seconds to wait.
    pub(super) fn admit(&mut self, chat: i64, is_group: bool, now_ms: i64) -> Result<(), u64> {
        if !self.enabled {
            return Ok(());
        }
        let group = self.groups.entry(chat).or_default();
        forget(group, now_ms - 60_000);
        forget(&mut self.overall, now_ms - 1_000);
        if self.overall.len() >= OVERALL_PER_SECOND {
            return Err(1);
        }
        if is_group && group.len() >= GROUP_PER_MINUTE {
            let free_at = group.front().map_or(now_ms, |first| first + 60_000);
            return Err(seconds(free_at - now_ms));
        }
        let paid_until = self.paid_until.get(&chat).copied().unwrap_or(now_ms).max(now_ms) + 1_000;
        if paid_until - now_ms > BURST_MS {
            return Err(seconds(paid_until - now_ms - BURST_MS));
        }
        self.paid_until.insert(chat, paid_until);
        group.push_back(now_ms);
        self.overall.push_back(now_ms);
        Ok(())
    }
}

fn forget(times: &mut VecDeque<i64>, before: i64) {
    while times.front().is_some_and(|at| *at <= before) {
        times.pop_front();
    }
}

fn seconds(ms: i64) -> u64 {
    u64::try_from((ms + 999) / 1000).unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn a_chat_takes_a_short_burst_and_then_one_a_second() {
        let mut limits = Limits::new(true);
        let burst = (0..9).take_while(|_| limits.admit(1, false, 0).is_ok()).count();
        assert_eq!(burst, 5);
        assert_eq!(limits.admit(1, false, 0), Err(1));
        assert_eq!(limits.admit(1, false, 1_000), Ok(()));
        assert_eq!(limits.admit(1, false, 1_000), Err(1));
    }

    #[test]
    fn a_group_takes_twenty_a_minute() {
        let mut limits = Limits::new(true);
        for second in 0..20 {
            assert_eq!(limits.admit(-1, true, second * 1_000), Ok(()));
        }
        assert_eq!(limits.admit(-1, true, 20_000), Err(40));
        assert_eq!(limits.admit(-1, true, 60_000), Ok(()));
    }

    #[test]
    fn all_chats_together_take_thirty_a_second() {
        let mut limits = Limits::new(true);
        for chat in 0..30 {
            assert_eq!(limits.admit(chat, false, 5), Ok(()));
        }
        assert_eq!(limits.admit(30, false, 6), Err(1));
        assert_eq!(limits.admit(30, false, 1_005), Ok(()));
    }
}
