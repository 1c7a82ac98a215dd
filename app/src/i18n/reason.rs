//! The sentence people read for a [`Reason`]; and the words of states, kinds, latencies and lengths of time.

use super::Texts;
use crate::model::{
    monitor::{Kind, Reason},
    server::State,
    user::Language,
};

impl Texts {
    /// Why something was judged so, in one sentence. A code that is newer than this program is a general one.
    #[must_use]
    pub fn reason(self, reason: &Reason) -> String {
        let got = reason.got.as_deref().unwrap_or_default();
        let wanted = reason.wanted.as_deref().unwrap_or_default();
        match reason.code.as_str() {
            "timeout" if wanted.is_empty() => self.reason_timeout_plain().to_owned(),
            "timeout" => self.reason_timeout(&self.latency_text(wanted)),
            "address_not_allowed" => self.reason_address_not_allowed(got),
            "certificate_expired" => self.reason_certificate_expired(got),
            "certificate_expires" => self.reason_certificate_expires(got, wanted),
            "certificate_wrong_name" => self.reason_certificate_wrong_name(got),
            "http_status" => self.reason_http_status(got, wanted),
            "keyword_missing" => self.reason_keyword_missing(wanted),
            "json_path_missing" => self.reason_json_path_missing(wanted),
            "json_differs" => self.reason_json_differs(got, wanted),
            "too_many_redirects" => self.reason_too_many_redirects(wanted),
            "dns_answer" => self.reason_dns_answer(got, wanted),
            "dns_failed" => self.reason_dns_failed(got),
            "silent" => self.reason_silent(&got.parse().map_or_else(|_| got.to_owned(), |seconds| self.span(seconds))),
            "reported" => self.reason_reported(got),
            "bad_in_a_row" => self.reason_bad_in_a_row(got),
            "good_in_a_row" => self.reason_good_in_a_row(got),
            "slow" => self.reason_slow(&self.latency_text(got), &self.latency_text(wanted)),
            "flapping" => self.reason_flapping(got),
            "parent_is_down" => self.reason_parent_is_down(got),
            "still_down_after_parent" => self.reason_still_down_after_parent(got),
            code => self.plain_reason(code).to_owned(),
        }
    }

    fn plain_reason(self, code: &str) -> &'static str {
        match code {
            "refused" => self.reason_refused(),
            "unreachable" => self.reason_unreachable(),
            "closed" => self.reason_closed(),
            "name_not_found" => self.reason_name_not_found(),
            "name_failed" => self.reason_name_failed(),
            "certificate_untrusted" => self.reason_certificate_untrusted(),
            "tls_failed" => self.reason_tls_failed(),
            "answer_too_large" => self.reason_answer_too_large(),
            "http_failed" => self.reason_http_failed(),
            "our_line_is_down" => self.reason_our_line_is_down(),
            "ping_not_permitted" => self.reason_ping_not_permitted(),
            "not_checked_yet" => self.reason_not_checked_yet(),
            "paused" => self.reason_paused(),
            "first_check" => self.reason_first_check(),
            "fast_again" => self.reason_fast_again(),
            "calm_again" => self.reason_calm_again(),
            "resolved_by_hand" => self.reason_resolved_by_hand(),
            _ => self.reason_other(),
        }
    }

    /// A state in a word or two.
    #[must_use]
    pub const fn state(self, state: State) -> &'static str {
        match state {
            State::Up => self.state_up(),
            State::Degraded => self.state_degraded(),
            State::Down => self.state_down(),
            State::Unknown => self.state_unknown(),
            State::Maintenance => self.state_maintenance(),
            State::Paused => self.state_paused(),
        }
    }

    /// How a monitor looks, in a word or two.
    #[must_use]
    pub const fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Ping => self.monitor_ping(),
            Kind::Tcp => self.monitor_tcp(),
            Kind::Http => self.monitor_http(),
            Kind::Tls => self.monitor_tls(),
            Kind::Dns => self.monitor_dns(),
            Kind::Push => self.monitor_push(),
        }
    }

    /// A latency: milliseconds, from a second on seconds with one decimal.
    #[must_use]
    pub fn latency(self, ms: u32) -> String {
        if ms < 1_000 {
            return self.time_latency(u64::from(ms));
        }
        let point = if self.language() == Language::Ru { "," } else { "." };
        let tenths = (ms + 50) / 100;
        let whole = (tenths / 10).to_string();
        let rest = tenths % 10;
        let amount = if rest == 0 || ms >= 10_000 { whole } else { [&whole, point, &rest.to_string()].concat() };
        self.time_latency_seconds(&amount)
    }

    fn latency_text(self, ms: &str) -> String {
        ms.parse().map_or_else(|_| ms.to_owned(), |ms| self.latency(ms))
    }

    /// A length of time in its largest words: `32 s`, `5 min`, `3 h 20 min`, `2 d`.
    #[must_use]
    pub fn span(self, seconds: u64) -> String {
        let minutes = seconds / 60;
        match seconds {
            0..60 => self.time_span_seconds(seconds),
            60..3_600 => self.time_span_minutes(minutes),
            3_600..86_400 if minutes.is_multiple_of(60) => self.time_span_hours(minutes / 60),
            3_600..86_400 => self.time_span_hours_minutes(minutes / 60, minutes % 60),
            _ => self.time_span_days(seconds / 86_400),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        i18n::texts,
        model::{
            monitor::Reason,
            user::Language::{En, Ru},
        },
    };

    /// Every code that `model::monitor` lists.
    const CODES: &str = "timeout refused unreachable closed name_not_found name_failed address_not_allowed certificate_expired \
        certificate_expires certificate_wrong_name certificate_untrusted tls_failed http_status keyword_missing \
        json_path_missing json_differs answer_too_large too_many_redirects http_failed dns_answer dns_failed silent reported \
        our_line_is_down ping_not_permitted not_checked_yet paused bad_in_a_row good_in_a_row first_check slow fast_again \
        flapping calm_again resolved_by_hand parent_is_down still_down_after_parent";

    #[test]
    fn every_code_has_a_sentence_of_its_own() {
        for t in [texts(Ru), texts(En)] {
            let mut sentences: Vec<String> =
                CODES.split_whitespace().map(|code| t.reason(&Reason::new(code))).collect();
            assert!(
                sentences.iter().all(|sentence| !sentence.is_empty() && sentence != t.reason_other()),
                "{sentences:?}"
            );
            sentences.sort();
            sentences.dedup();
            // `paused` says the same wherever it stands.
            assert_eq!(sentences.len(), CODES.split_whitespace().count());
            assert_eq!(t.reason(&Reason::new("from_the_future")), t.reason_other());
        }
    }

    #[test]
    fn figures_are_put_into_words() {
        for (reason, said) in [
            (Reason::new("timeout").wanted(5_000), "No answer within 5 s"),
            (Reason::new("slow").got(1_250).wanted(800), "Answers slowly: 1.3 s, limit 800 ms"),
            (Reason::new("silent").got(600), "The job has been silent for 10 min"),
            (Reason::new("http_status").got(503).wanted("200-299"), "Answer 503, expected 200-299"),
        ] {
            assert_eq!(texts(En).reason(&reason), said);
        }
    }

    #[test]
    fn lengths_of_time_are_short() {
        let t = texts(Ru);
        for (seconds, said) in [(5, "5 с"), (90, "1 мин"), (3_600, "1 ч"), (12_000, "3 ч 20 мин"), (200_000, "2 дн")]
        {
            assert_eq!(t.span(seconds), said);
        }
    }
}
