//! Uptime as people read it: never better than it was, and only of the time that was observed.

use crate::{
    i18n::Texts,
    model::{history::Uptime, user::Language},
};

/// Per mille of the period that was up, that was down, that nobody observed; together 1 000.
#[must_use]
pub fn shares(uptime: &Uptime) -> (u64, u64, u64) {
    let all = u64::from(uptime.days) * 86_400;
    let observed = uptime.observed_s.min(all);
    let up = uptime.up_s.min(observed);
    if all == 0 {
        return (0, 0, 1_000);
    }
    // A minute of failure in ninety days is still seen.
    let down = observed - up;
    let down_share = if down == 0 { 0 } else { (down * 1_000 / all).max(4) };
    let seen = (observed * 1_000 / all).max(down_share);
    (seen - down_share, down_share, 1_000 - seen)
}

/// `99,95 %`, cut and never rounded up; nothing when nothing was observed.
#[must_use]
pub fn percent(t: Texts, uptime: &Uptime) -> Option<String> {
    if uptime.observed_s == 0 {
        return None;
    }
    let thousandths =
        u64::try_from(u128::from(uptime.up_s.min(uptime.observed_s)) * 100_000 / u128::from(uptime.observed_s))
            .unwrap_or_default();
    let mut text = (thousandths / 1_000).to_string();
    let rest = thousandths % 1_000;
    if rest > 0 {
        text.push(if t.language() == Language::Ru { ',' } else { '.' });
        text.push_str((1_000 + rest).to_string()[1..].trim_end_matches('0'));
    }
    text.push_str(if t.language() == Language::Ru { "\u{a0}%" } else { "%" });
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{percent, shares};
    use crate::{
        i18n::texts,
        model::{
            history::Uptime,
            user::Language::{En, Ru},
        },
    };

    fn uptime(days: u16, observed_s: u64, up_s: u64) -> Uptime {
        Uptime { days, observed_s, up_s }
    }

    #[test]
    fn a_second_of_failure_is_no_hundred_per_cent() {
        for (up, shown) in [(86_400, "100%"), (86_399, "99.998%"), (86_313, "99.899%"), (0, "0%"), (43_200, "50%")] {
            assert_eq!(percent(texts(En), &uptime(1, 86_400, up)).as_deref(), Some(shown));
        }
        assert_eq!(percent(texts(Ru), &uptime(1, 1_000, 999)).as_deref(), Some("99,9\u{a0}%"));
        assert_eq!(percent(texts(Ru), &uptime(1, 0, 0)), None);
    }

    #[test]
    fn what_was_not_observed_is_neither_up_nor_down() {
        assert_eq!(shares(&uptime(1, 43_200, 43_200)), (500, 0, 500));
        assert_eq!(shares(&uptime(90, 90 * 86_400, 90 * 86_400 - 60)), (996, 4, 0));
        assert_eq!(shares(&uptime(7, 0, 0)), (0, 0, 1_000));
        assert_eq!(shares(&uptime(90, 10, 0)), (0, 4, 996));
    }
}
