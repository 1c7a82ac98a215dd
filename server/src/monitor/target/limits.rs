//! Limits of the numbers, and which setting belongs to which kind.

use core::ops::RangeInclusive;

use app::model::monitor::{Kind, Settings};

use super::{Invalid, of};

/// Says what is out of its limits or does not belong here.
pub fn check(kind: Kind, interval_s: u32, settings: &Settings) -> Result<(), Invalid> {
    belongs(kind, settings)?;
    within("interval_s", interval_s, 5..=86_400)?;
    within("settings.bad_to_go_down", settings.bad_to_go_down, 1..=20)?;
    within("settings.good_to_come_back", settings.good_to_come_back, 1..=20)?;
    if kind == Kind::Push {
        return Ok(());
    }
    within("settings.retry_interval_s", settings.retry_interval_s, 5..=3_600)?;
    within("settings.timeout_ms", settings.timeout_ms, 100..=60_000)?;
    if settings.timeout_ms >= interval_s * 1_000 {
        return Err(of("settings.timeout_ms")("not_below_interval"));
    }
    if let Some(slow) = settings.slow_ms {
        within("settings.slow_ms", slow, 1..=60_000)?;
        if slow >= settings.timeout_ms {
            return Err(of("settings.slow_ms")("not_below_timeout"));
        }
    }
    within("settings.redirects", settings.redirects.unwrap_or_default(), 0..=10)?;
    within("settings.days_left", settings.days_left.unwrap_or_default(), 0..=3_650)
}

fn belongs(kind: Kind, settings: &Settings) -> Result<(), Invalid> {
    use Kind::{Dns, Http, Push, Tls};
    let rows: [(&str, bool, &[Kind]); 10] = [
        ("settings.status", settings.status.is_some(), &[Http]),
        ("settings.keyword", settings.keyword.is_some(), &[Http]),
        ("settings.json_path", settings.json_path.is_some(), &[Http]),
        ("settings.json_value", settings.json_value.is_some(), &[Http]),
        ("settings.redirects", settings.redirects.is_some(), &[Http]),
        ("settings.ca", settings.ca.is_some(), &[Http, Tls]),
        ("settings.days_left", settings.days_left.is_some(), &[Tls]),
        ("settings.record", settings.record.is_some(), &[Dns]),
        ("settings.expected", settings.expected.is_some(), &[Dns]),
        ("settings.resolver", settings.resolver.is_some(), &[Dns]),
    ];
    let foreign = rows.into_iter().find(|(_, is_set, kinds)| *is_set && !kinds.contains(&kind));
    match foreign {
        Some((field, ..)) => Err(of(field)("not_for_kind")),
        None if settings.slow_ms.is_some() && kind == Push => Err(of("settings.slow_ms")("not_for_kind")),
        None => Ok(()),
    }
}

fn within<N: PartialOrd>(field: &str, number: N, limits: RangeInclusive<N>) -> Result<(), Invalid> {
    if limits.contains(&number) { Ok(()) } else { Err(of(field)("out_of_range")) }
}
