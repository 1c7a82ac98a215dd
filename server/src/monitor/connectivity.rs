//! Whether our own line is up, asked before anybody is judged.
//!
//! Anything that comes back proves it, a refusal included. The looking is done by whoever has [`Probes`].
//!
//! [`Probes`]: super::probe::Probes

use app::model::{
    monitor::{Kind, Settings},
    server::Line,
};

use super::{
    state::Outcome,
    target::{Host, Invalid, Look, parse},
};

/// No more addresses are asked.
pub const MOST: usize = 10;
/// An answer that takes longer is none.
const TIMEOUT_MS: u32 = 2_000;

/// Reads the addresses that are asked: `host:port`, or a host to ping.
///
/// # Errors
/// The first one that is neither, or `too_many`, for the field `addresses`.
pub fn looks<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Result<Vec<Look>, Invalid> {
    let looks = addresses.into_iter().map(look).collect::<Result<Vec<_>, _>>();
    let looks = looks.map_err(|invalid| Invalid { field: "addresses".into(), ..invalid })?;
    if looks.len() > MOST {
        return Err(Invalid { field: "addresses".into(), code: "too_many" });
    }
    Ok(looks)
}

/// Whether this one look alone proves that the line is up.
#[must_use]
pub fn proves(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Good { .. } => true,
        Outcome::Bad(reason) => matches!(reason.code.as_str(), "refused" | "closed"),
        Outcome::Unjudged(_) => false,
    }
}

/// What all looks together say. When none of them could be made, nobody was asked.
#[must_use]
pub fn decide(outcomes: &[Outcome]) -> Line {
    if outcomes.iter().any(proves) {
        return Line::Up;
    }
    if outcomes.iter().all(|outcome| matches!(outcome, Outcome::Unjudged(_))) { Line::NotAsked } else { Line::Down }
}

fn look(address: &str) -> Result<Look, Invalid> {
    let address = address.trim();
    let kind = if Host::parse(address).is_ok() { Kind::Ping } else { Kind::Tcp };
    parse(kind, address, "", 60, &Settings { timeout_ms: TIMEOUT_MS, ..Settings::default() })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use app::model::monitor::Reason;

    use super::*;

    #[test]
    fn one_answer_is_enough_and_a_refusal_is_one() {
        let good = || Outcome::Good { latency: Duration::from_millis(5) };
        let bad = |code: &str| Outcome::Bad(Reason::new(code));
        let unjudged = || Outcome::Unjudged(Reason::new("ping_not_permitted"));
        for (outcomes, expected) in [
            (vec![], Line::NotAsked),
            (vec![good()], Line::Up),
            (vec![bad("timeout"), good(), bad("timeout")], Line::Up),
            (vec![bad("timeout"), bad("refused")], Line::Up),
            (vec![bad("closed")], Line::Up),
            (vec![bad("timeout")], Line::Down),
            (vec![bad("timeout"), bad("unreachable"), bad("name_failed")], Line::Down),
            (vec![unjudged()], Line::NotAsked),
            (vec![unjudged(), bad("timeout")], Line::Down),
            (vec![unjudged(), good()], Line::Up),
            (vec![bad("address_not_allowed")], Line::Down),
        ] {
            assert_eq!(decide(&outcomes), expected, "{outcomes:?}");
        }
    }

    #[test]
    fn addresses_are_hosts_to_ping_or_ports_to_connect_to() {
        let looks = looks(["192.0.2.1", " 2001:db8::1 ", "gateway.example", "192.0.2.1:53", "[2001:db8::1]:443"]);
        let kinds: Vec<_> = looks.expect("addresses").iter().map(|look| matches!(look, Look::Ping(_))).collect();
        assert_eq!(kinds, [true, true, true, false, false]);
    }

    #[test]
    fn what_is_neither_is_refused() {
        let refused = |addresses: &[&str]| {
            let invalid = looks(addresses.iter().copied()).expect_err("a fault");
            (invalid.field, invalid.code)
        };
        assert_eq!(refused(&["192.0.2.1", "a b"]), ("addresses".into(), "port"));
        assert_eq!(refused(&["host:0"]), ("addresses".into(), "port"));
        assert_eq!(refused(&["http://host/"]), ("addresses".into(), "port"));
        assert_eq!(refused(&[""]), ("addresses".into(), "port"));
        assert_eq!(refused(&["192.0.2.1"; 11]), ("addresses".into(), "too_many"));
    }
}
