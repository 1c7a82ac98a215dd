//! Marking telephones and addresses.

use app::model::employee::Phone;

use super::Range;
use crate::directory::query::{Digits, Network};

/// The pieces of a telephone's shown text that fit: all of what was asked for, or nothing.
pub(super) fn phone(phone: &Phone, number: Option<&Digits>, ext: Option<&str>) -> Vec<Range> {
    let mut ranges = Vec::new();
    if let Some(typed) = number {
        let digits = phone.number.as_deref().map(|number| number.trim_start_matches('+')).unwrap_or_default();
        let Some([from, to]) = typed.place_in(digits) else { return Vec::new() };
        let places: Vec<u32> = (0..)
            .zip(phone.display.encode_utf16())
            .filter(|(_, unit)| (48..58).contains(unit))
            .map(|(at, _)| at)
            .collect();
        let (Some(from), Some(to)) = (places.get(from), to.checked_sub(1).and_then(|last| places.get(last))) else {
            return Vec::new();
        };
        ranges.push([*from, to + 1]);
    }
    if let Some(typed) = ext {
        if !phone.ext.as_deref().is_some_and(|ext| ext.starts_with(typed)) {
            return Vec::new();
        }
        let before = if phone.number.is_some() { phone.display.encode_utf16().count() as u32 + 1 } else { 0 };
        ranges.push([before, before + typed.len() as u32]);
    }
    ranges
}

/// The piece of an address that fits.
pub(super) fn ip(ip: &str, network: &Network) -> Vec<Range> {
    let octets: Vec<&str> = ip.split('.').collect();
    let typed: Vec<String> = network.octets.iter().map(ToString::to_string).collect();
    let whole = typed.join(".").len() as u32;
    let len = ip.len() as u32;
    if network.ending {
        return if octets.ends_with(&typed.iter().map(String::as_str).collect::<Vec<_>>()) {
            vec![[len - whole, len]]
        } else {
            Vec::new()
        };
    }
    let Some((last, first)) = typed.split_last() else { return Vec::new() };
    let fits = octets.len() >= typed.len()
        && octets.iter().zip(first).all(|(octet, typed)| octet == typed)
        && octets
            .get(first.len())
            .is_some_and(|octet| octet == last || network.open && octet.starts_with(last.as_str()));
    if fits { vec![[0, whole]] } else { Vec::new() }
}
