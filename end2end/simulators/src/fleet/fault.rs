//! What a service can be, and what can be wrong with it.

use serde::{Deserialize, Serialize};

/// How a service is looked at; the words of the product's monitors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The address answers an ICMP echo: the kernel does it.
    Ping,
    /// Connections are accepted and greeted with one line.
    Tcp,
    /// `/health` is JSON, `/` a page with a keyword.
    Http,
    /// The same behind a certificate of the fleet's own authority.
    Tls,
    /// The names of the fleet, over UDP.
    Dns,
    /// Calls the monitor as a cron job would, once it is told the address.
    Push,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Ping, Self::Tcp, Self::Http, Self::Tls, Self::Dns, Self::Push];
}

/// How a service behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Fault {
    /// As it should.
    #[default]
    #[serde(rename = "up")]
    None,
    /// Closed: connections are refused.
    Down,
    /// Accepts and never answers.
    HalfOpen,
    /// Answers late.
    Slow {
        /// So many milliseconds.
        #[serde(default = "usual_latency_ms")]
        latency_ms: u32,
    },
    /// Up for one half of each period, down for the other.
    Flapping {
        /// Milliseconds, at least 200.
        #[serde(default = "usual_period_ms")]
        period_ms: u32,
    },
    /// The certificate is for another name.
    WrongCertificate,
    /// The certificate ended yesterday.
    ExpiredCertificate,
    /// The certificate ends in three days.
    ExpiringCertificate,
    /// 500 to everything.
    ServerError,
    /// A body without an end.
    EndlessBody,
    /// Each address redirects to the next, the last one to the first.
    RedirectCircle,
    /// A good answer with the wrong content: another address, no keyword, a failing status. A job says that it failed.
    WrongAnswer,
}

fn usual_latency_ms() -> u32 {
    1_500
}

fn usual_period_ms() -> u32 {
    60_000
}

impl Fault {
    /// All of them with the usual numbers.
    #[must_use]
    pub fn all() -> [Self; 12] {
        [
            Self::None,
            Self::Down,
            Self::HalfOpen,
            Self::Slow { latency_ms: usual_latency_ms() },
            Self::Flapping { period_ms: usual_period_ms() },
            Self::WrongCertificate,
            Self::ExpiredCertificate,
            Self::ExpiringCertificate,
            Self::ServerError,
            Self::EndlessBody,
            Self::RedirectCircle,
            Self::WrongAnswer,
        ]
    }

    /// Whether a service of this kind can have it.
    #[must_use]
    pub fn fits(self, kind: Kind) -> bool {
        use Kind::{Dns, Http, Ping, Push, Tcp, Tls};
        match self {
            Self::None | Self::Down => true,
            Self::Flapping { .. } => matches!(kind, Ping | Tcp | Http | Tls | Dns),
            Self::HalfOpen => matches!(kind, Tcp | Http | Tls | Dns),
            // The kernel accepts connections, so that of `tcp` is always quick.
            Self::Slow { .. } => matches!(kind, Http | Tls | Dns),
            Self::WrongCertificate | Self::ExpiredCertificate | Self::ExpiringCertificate => kind == Tls,
            Self::ServerError | Self::EndlessBody | Self::RedirectCircle => kind == Http,
            Self::WrongAnswer => matches!(kind, Http | Dns | Push),
        }
    }

    /// What flapping is at a moment; anything else is itself.
    pub(super) fn at(self, now_ms: i64) -> Self {
        match self {
            Self::Flapping { period_ms } if now_ms / half(period_ms) % 2 == 0 => Self::None,
            Self::Flapping { .. } => Self::Down,
            other => other,
        }
    }

    /// When that changes by itself.
    pub(super) fn next_flip(self, now_ms: i64) -> Option<i64> {
        match self {
            Self::Flapping { period_ms } => Some((now_ms / half(period_ms) + 1) * half(period_ms)),
            _ => None,
        }
    }
}

fn half(period_ms: u32) -> i64 {
    i64::from(period_ms / 2).max(100)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Fault, Kind};

    #[test]
    fn flapping_is_up_for_one_half_of_its_period_and_down_for_the_other() {
        let flapping = Fault::Flapping { period_ms: 2_000 };
        assert_eq!(
            [0, 999, 1_000, 1_999, 2_000].map(|now| flapping.at(now) == Fault::Down),
            [false, false, true, true, false]
        );
        assert_eq!(flapping.next_flip(1_500), Some(2_000));
        assert_eq!(Fault::Down.next_flip(1_500), None);
    }

    #[test]
    fn a_fault_is_named_in_json_and_its_numbers_may_be_left_out() {
        for (text, expected) in [
            (json!({"to": "up"}), Fault::None),
            (json!({"to": "half_open"}), Fault::HalfOpen),
            (json!({"to": "slow"}), Fault::Slow { latency_ms: 1_500 }),
            (json!({"to": "slow", "latency_ms": 30}), Fault::Slow { latency_ms: 30 }),
            (json!({"to": "flapping", "period_ms": 400}), Fault::Flapping { period_ms: 400 }),
        ] {
            assert_eq!(serde_json::from_value::<Fault>(text).unwrap(), expected);
        }
    }

    #[test]
    fn everything_can_be_switched_off_and_on_again() {
        for kind in Kind::ALL {
            assert!(Fault::None.fits(kind) && Fault::Down.fits(kind));
        }
        assert!(!Fault::WrongCertificate.fits(Kind::Http) && !Fault::HalfOpen.fits(Kind::Ping));
    }
}
