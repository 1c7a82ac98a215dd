//! The form of a monitor: which fields its kind has, what is typed in them, and what comes of it.

use crate::model::monitor::{Kind, MonitorDraft, Settings};

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Where.
    Target,
    /// Seconds between two checks.
    Interval,
    /// Milliseconds until a check has failed.
    Timeout,
    /// The interval while in doubt.
    Retry,
    /// Bad checks to go down.
    Bad,
    /// Good checks to come back.
    Good,
    /// Slower is degraded.
    Slow,
    /// Accepted status codes.
    Status,
    /// A text in the body.
    Keyword,
    /// A place in a JSON body.
    JsonPath,
    /// The value there.
    JsonValue,
    /// How many redirects.
    Redirects,
    /// Own certificates.
    Ca,
    /// Days before the end of a certificate.
    DaysLeft,
    /// Kind of a DNS record.
    Record,
    /// A value among the answers.
    Expected,
    /// Address of the resolver.
    Resolver,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Target,
        Self::Interval,
        Self::Timeout,
        Self::Retry,
        Self::Bad,
        Self::Good,
        Self::Slow,
        Self::Status,
        Self::Keyword,
        Self::JsonPath,
        Self::JsonValue,
        Self::Redirects,
        Self::Ca,
        Self::DaysLeft,
        Self::Record,
        Self::Expected,
        Self::Resolver,
    ];

    /// The name on the wire, which the server uses to say what is wrong.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Interval => "interval_s",
            Self::Timeout => "timeout_ms",
            Self::Retry => "retry_interval_s",
            Self::Bad => "bad_to_go_down",
            Self::Good => "good_to_come_back",
            Self::Slow => "slow_ms",
            Self::Status => "status",
            Self::Keyword => "keyword",
            Self::JsonPath => "json_path",
            Self::JsonValue => "json_value",
            Self::Redirects => "redirects",
            Self::Ca => "ca",
            Self::DaysLeft => "days_left",
            Self::Record => "record",
            Self::Expected => "expected",
            Self::Resolver => "resolver",
        }
    }

    /// The field an answer names: `monitors.0.settings.status` is `status`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let last = name.rsplit('.').next()?;
        Self::ALL.into_iter().find(|field| field.as_str() == last)
    }
}

/// The fields of a kind that everybody looks at.
#[must_use]
pub const fn main_fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Ping | Kind::Tcp => &[Field::Target, Field::Interval],
        Kind::Http => &[Field::Target, Field::Interval, Field::Status, Field::Keyword],
        Kind::Tls => &[Field::Target, Field::Interval, Field::DaysLeft],
        Kind::Dns => &[Field::Target, Field::Interval, Field::Record, Field::Expected],
        Kind::Push => &[Field::Interval],
    }
}

/// Those for fine tuning.
#[must_use]
pub const fn finer_fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Ping | Kind::Tcp => &[Field::Slow, Field::Timeout, Field::Retry, Field::Bad, Field::Good],
        Kind::Http => &[
            Field::JsonPath,
            Field::JsonValue,
            Field::Redirects,
            Field::Slow,
            Field::Timeout,
            Field::Retry,
            Field::Bad,
            Field::Good,
            Field::Ca,
        ],
        Kind::Tls => &[Field::Timeout, Field::Retry, Field::Bad, Field::Good, Field::Ca],
        Kind::Dns => &[Field::Resolver, Field::Slow, Field::Timeout, Field::Retry, Field::Bad, Field::Good],
        Kind::Push => &[Field::Bad, Field::Good],
    }
}

/// The texts of a monitor's fields.
#[must_use]
pub fn text(draft: &MonitorDraft, field: Field) -> String {
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let words = |value: &Option<String>| value.clone().unwrap_or_default();
    let settings = &draft.settings;
    match field {
        Field::Target => draft.target.clone(),
        Field::Interval => draft.interval_s.to_string(),
        Field::Timeout => settings.timeout_ms.to_string(),
        Field::Retry => settings.retry_interval_s.to_string(),
        Field::Bad => settings.bad_to_go_down.to_string(),
        Field::Good => settings.good_to_come_back.to_string(),
        Field::Slow => number(settings.slow_ms),
        Field::Status => words(&settings.status),
        Field::Keyword => words(&settings.keyword),
        Field::JsonPath => words(&settings.json_path),
        Field::JsonValue => words(&settings.json_value),
        Field::Redirects => number(settings.redirects.map(u32::from)),
        Field::Ca => words(&settings.ca),
        Field::DaysLeft => number(settings.days_left.map(u32::from)),
        Field::Record => words(&settings.record),
        Field::Expected => words(&settings.expected),
        Field::Resolver => words(&settings.resolver),
    }
}

/// The monitor that was typed; else the fields that cannot be read. What does not belong to the kind is left out.
///
/// # Errors
/// The fields in which a number is none.
pub fn draft(kind: Kind, paused: bool, typed: impl Fn(Field) -> String) -> Result<MonitorDraft, Vec<Field>> {
    let fields = || main_fields(kind).iter().chain(finer_fields(kind)).copied();
    let mut wrong = Vec::new();
    let mut draft = MonitorDraft { kind, paused, settings: Settings::default(), ..MonitorDraft::default() };
    for field in fields() {
        let text = typed(field).trim().to_owned();
        if !take(&mut draft, field, text) {
            wrong.push(field);
        }
    }
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

/// Takes one text; whether it could be read. An empty number is the usual one.
fn take(draft: &mut MonitorDraft, field: Field, text: String) -> bool {
    fn number<T: std::str::FromStr>(text: &str, into: &mut T) -> bool {
        text.is_empty() || text.parse().map(|value| *into = value).is_ok()
    }
    fn optional<T: std::str::FromStr>(text: &str, into: &mut Option<T>) -> bool {
        *into = text.parse().ok();
        text.is_empty() || into.is_some()
    }
    let settings = &mut draft.settings;
    let words = match field {
        Field::Target => {
            draft.target = text;
            return true;
        }
        Field::Interval => return number(&text, &mut draft.interval_s),
        Field::Timeout => return number(&text, &mut settings.timeout_ms),
        Field::Retry => return number(&text, &mut settings.retry_interval_s),
        Field::Bad => return number(&text, &mut settings.bad_to_go_down),
        Field::Good => return number(&text, &mut settings.good_to_come_back),
        Field::Slow => return optional(&text, &mut settings.slow_ms),
        Field::Redirects => return optional(&text, &mut settings.redirects),
        Field::DaysLeft => return optional(&text, &mut settings.days_left),
        Field::Status => &mut settings.status,
        Field::Keyword => &mut settings.keyword,
        Field::JsonPath => &mut settings.json_path,
        Field::JsonValue => &mut settings.json_value,
        Field::Ca => &mut settings.ca,
        Field::Record => &mut settings.record,
        Field::Expected => &mut settings.expected,
        Field::Resolver => &mut settings.resolver,
    };
    *words = (!text.is_empty()).then_some(text);
    true
}

#[cfg(test)]
mod tests {
    use super::{Field, draft, finer_fields, main_fields, text};
    use crate::model::monitor::{Kind, MonitorDraft, Settings};

    #[test]
    fn what_is_shown_comes_back_as_it_was() {
        for kind in Kind::ALL {
            let target = if kind == Kind::Push { "" } else { "db.example.com:5432" };
            let settings = match kind {
                Kind::Http => Settings { status: Some("200".into()), redirects: Some(3), ..Settings::default() },
                Kind::Tls => Settings { days_left: Some(30), ..Settings::default() },
                _ => Settings { bad_to_go_down: 5, ..Settings::default() },
            };
            let monitor = MonitorDraft { kind, target: target.into(), interval_s: 60, settings, paused: false };
            assert_eq!(draft(kind, false, |field| text(&monitor, field)), Ok(monitor.clone()), "{kind:?}");
        }
    }

    #[test]
    fn a_word_is_no_number_and_an_empty_field_is_the_usual_value() {
        let typed = |field| if field == Field::Timeout { "soon".to_owned() } else { String::new() };
        assert_eq!(draft(Kind::Ping, false, typed), Err(vec![Field::Timeout]));
        assert_eq!(draft(Kind::Ping, false, |_| String::new()), Ok(MonitorDraft::default()));
    }

    #[test]
    fn what_belongs_to_another_kind_is_left_out() {
        let typed = |field| if field == Field::Keyword { "ok".to_owned() } else { String::new() };
        assert_eq!(draft(Kind::Ping, false, typed).map(|draft| draft.settings.keyword), Ok(None));
        assert_eq!(draft(Kind::Http, false, typed).map(|draft| draft.settings.keyword), Ok(Some("ok".into())));
    }

    #[test]
    fn no_field_stands_twice() {
        for kind in Kind::ALL {
            assert!(main_fields(kind).iter().all(|field| !finer_fields(kind).contains(field)), "{kind:?}");
        }
        assert_eq!(Field::named("monitors.0.settings.status"), Some(Field::Status));
        assert_eq!(Field::named("name"), None);
    }
}
