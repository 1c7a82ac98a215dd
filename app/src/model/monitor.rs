//! What is watched on a server, how, and what was seen.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    ids::{MonitorId, ServerId},
    server::State,
};

/// How a monitor looks at its server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Kind {
    /// An ICMP echo is answered.
    #[default]
    Ping,
    /// A TCP connection is accepted.
    Tcp,
    /// An HTTP answer is as expected.
    Http,
    /// A certificate is valid long enough.
    Tls,
    /// A name is answered as expected.
    Dns,
    /// A job calls us in time.
    Push,
}

impl Kind {
    /// All of them, in the order people are asked.
    pub const ALL: [Self; 6] = [Self::Ping, Self::Tcp, Self::Http, Self::Tls, Self::Dns, Self::Push];

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ping => "ping",
            Self::Tcp => "tcp",
            Self::Http => "http",
            Self::Tls => "tls",
            Self::Dns => "dns",
            Self::Push => "push",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Why something was judged as it was: a stable code that chooses the sentence people read, and what they
/// want to see of it.
///
/// Codes of a bad check: `timeout` (wanted: milliseconds), `refused`, `unreachable`, `closed`, `name_not_found`,
/// `name_failed`, `address_not_allowed` (got: address), `certificate_expired` (got: date), `certificate_expires`
/// (got: days left, wanted: days), `certificate_wrong_name` (got: names), `certificate_untrusted`, `tls_failed`,
/// `http_status` (got, wanted), `keyword_missing` (wanted), `json_path_missing` (wanted: path), `json_differs` (got,
/// wanted), `answer_too_large` (wanted: bytes), `too_many_redirects` (wanted: number), `http_failed`, `dns_answer` (got,
/// wanted), `dns_failed` (got: response code), `silent` (got: seconds), `reported` (got: what the job said).
///
/// Codes of no judgement: `our_line_is_down`, `ping_not_permitted`, `not_checked_yet`, `paused`.
///
/// Codes of a change: `bad_in_a_row` (got: how many), `good_in_a_row` (got: how many), `first_check`, `slow` (got and
/// wanted: milliseconds), `fast_again`, `flapping` (got: percent), `calm_again` (got: percent), `resolved_by_hand`,
/// `parent_is_down` (got: its name), `still_down_after_parent` (got: its name).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Reason {
    /// The stable English code.
    pub code: String,
    /// What was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub got: Option<String>,
    /// What was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
}

impl Reason {
    /// A reason that needs no more than its code.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), got: None, wanted: None }
    }

    /// Adds what was seen. It may be anybody's, and PostgreSQL keeps no text with a zero in it.
    #[must_use]
    pub fn got(self, got: impl ToString) -> Self {
        Self { got: Some(got.to_string().replace('\0', "\u{fffd}")), ..self }
    }

    /// Adds what was expected.
    #[must_use]
    pub fn wanted(self, wanted: impl ToString) -> Self {
        Self { wanted: Some(wanted.to_string()), ..self }
    }
}

/// How a monitor looks and judges. What does not belong to its kind is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Settings {
    /// A check that takes longer has failed; below the interval, 100 to 60 000.
    pub timeout_ms: u32,
    /// The interval while in doubt, 5 to 3 600.
    pub retry_interval_s: u32,
    /// So many bad checks in a row to be down, 1 to 20.
    pub bad_to_go_down: u8,
    /// So many good checks in a row to be up again, 1 to 20.
    pub good_to_come_back: u8,
    /// Slower than this is `degraded`.
    pub slow_ms: Option<u32>,
    /// `http`: accepted status codes: `200`, `200-299`, `200,204,301-308`; absent means `200-299`.
    pub status: Option<String>,
    /// `http`: a text that must be in the first MiB of the body.
    pub keyword: Option<String>,
    /// `http`: RFC 9535 restricted to names and indices: `$.status`, `$.nodes[0].state`.
    pub json_path: Option<String>,
    /// `http`: the value there as text; absent means that it only has to exist.
    pub json_value: Option<String>,
    /// `http`: how many redirects are followed, 0 to 10; absent means 5.
    pub redirects: Option<u8>,
    /// `http`, `tls`: certificates (PEM) that are trusted instead of the system's.
    pub ca: Option<String>,
    /// `tls`: so many days before its end a certificate is bad; absent means 14.
    pub days_left: Option<u16>,
    /// `dns`: `A`, `AAAA`, `CNAME`, `MX`, `NS`, `TXT`, `PTR`, `SRV`; absent means `A`.
    pub record: Option<String>,
    /// `dns`: a value that must be among the answers; absent means any answer.
    pub expected: Option<String>,
    /// `dns`: the address (and port) of the resolver; absent means the system's.
    pub resolver: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout_ms: 5_000,
            retry_interval_s: 10,
            bad_to_go_down: 3,
            good_to_come_back: 2,
            slow_ms: None,
            status: None,
            keyword: None,
            json_path: None,
            json_value: None,
            redirects: None,
            ca: None,
            days_left: None,
            record: None,
            expected: None,
            resolver: None,
        }
    }
}

/// One thing that is watched on a server, and what was seen last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Monitor {
    /// Stable name.
    pub id: MonitorId,
    /// How it looks.
    pub kind: Kind,
    /// Where: a host (`ping`; empty is the server's address), `host:port` (`tcp`, `tls`; `:port` at the server's address),
    /// a URL (`http`), a name (`dns`). For `push` the address that the job calls, told only in the answer to its creation.
    pub target: String,
    /// Seconds between two checks; for `push` the longest silence. 5 to 86 400.
    pub interval_s: u32,
    /// How it looks and judges.
    pub settings: Settings,
    /// Not checked until somebody says so.
    pub paused: bool,
    /// What it was judged.
    pub state: State,
    /// Since when.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub since: Option<OffsetDateTime>,
    /// Changes so often that single changes say little.
    pub flapping: bool,
    /// Why it was judged so.
    pub reason: Option<Reason>,
    /// Of the last good check.
    pub latency_ms: Option<u32>,
    /// When it was looked at last.
    #[serde(with = "super::wire_time::option")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub last_check_at: Option<OffsetDateTime>,
    /// The latest checks, see [`super::spark`].
    pub spark: String,
    /// The latest figures of a job or an agent, per cent.
    #[serde(default)]
    pub figures: Option<Figures>,
    /// Grows with each change of its configuration.
    pub version: i64,
}

/// What an agent reports of its machine besides being alive, per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Figures {
    /// Processor.
    pub cpu: Option<u8>,
    /// Memory.
    pub memory: Option<u8>,
    /// The fullest disk.
    pub disk: Option<u8>,
}

/// A monitor as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MonitorDraft {
    /// How it looks.
    pub kind: Kind,
    /// Where, see [`Monitor::target`]; not for `push`.
    pub target: String,
    /// Seconds between two checks.
    pub interval_s: u32,
    /// How it looks and judges.
    pub settings: Settings,
    /// Not checked for now.
    pub paused: bool,
}

impl Default for MonitorDraft {
    fn default() -> Self {
        Self { kind: Kind::Ping, target: String::new(), interval_s: 30, settings: Settings::default(), paused: false }
    }
}

/// A change of a monitor: absent fields stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MonitorPatch {
    /// The version the person looked at; another one by now is a conflict. Absent: whatever it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Seconds between two checks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval_s: Option<u32>,
    /// All settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
    /// Whether it is checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
}

/// A monitor that is tried before it is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MonitorTest {
    /// The address of the server it would belong to.
    pub address: String,
    /// The monitor.
    pub monitor: MonitorDraft,
}

/// One look and its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Check {
    /// `up`, `degraded` (slow), `down` (bad) or `unknown` (not judged).
    pub state: State,
    /// How long it took, when it was good.
    pub latency_ms: Option<u32>,
    /// Why it is not simply good.
    pub reason: Option<Reason>,
    /// What there is to know besides: an address that was resolved, a certificate's end.
    #[serde(default)]
    pub note: Option<String>,
}

/// What an operator asked to look at now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CheckNow {
    /// The server.
    pub server: ServerId,
    /// How many monitors are looked at.
    pub monitors: u32,
}
