//! Workstations and rooms.

use super::{Warning, Warnings, name, text};

const ROOM_WORDS: [&str; 9] = ["кабинет", "каб.", "каб", "к.", "комната", "комн.", "комн", "room", "оф."];

/// The name of a computer: Latin letters, without its domain, upper case.
pub fn workstation(cell: &str, warnings: &mut Warnings) -> Option<String> {
    let mut station = text::value(cell)?;
    if let Some(latin) = to_latin(&station) {
        warnings.insert(Warning::HomoglyphFixed);
        station = latin;
    }
    let station = station.split('.').next().unwrap_or_default().trim().to_uppercase();
    let fits = (2..=15).contains(&station.len())
        && station.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
    if !fits {
        warnings.insert(Warning::WorkstationInvalid);
    }
    fits.then_some(station)
}

/// The text with Latin twins, if it has Cyrillic letters and each of them has a twin.
fn to_latin(text: &str) -> Option<String> {
    if !text.chars().any(name::is_cyrillic) {
        return None;
    }
    let twin = |c: char| name::TWINS.iter().find(|(_, cyrillic)| *cyrillic == c).map(|(latin, _)| *latin);
    text.chars().map(|c| if name::is_cyrillic(c) { twin(c) } else { Some(c) }).collect()
}

/// A room without the word for it.
pub fn room(cell: &str, warnings: &mut Warnings) -> Option<String> {
    let mut room = text::value(cell)?;
    // Until nothing changes: what is left must come back from an export as it is.
    while let Some(rest) = without_word(&room) {
        room = text::value(rest)?;
    }
    text::limited(&room, text::TEXT_LIMIT, warnings)
}

fn without_word(room: &str) -> Option<&str> {
    let rest = ROOM_WORDS.iter().find_map(|word| {
        let rest = strip_prefix_ignoring_case(room, word)?;
        // "Кабельная" is no room called "ельная".
        let ends = word.ends_with('.') || !rest.starts_with(char::is_alphabetic);
        ends.then_some(rest)
    })?;
    let rest = rest.trim_start();
    Some(rest.strip_prefix('№').unwrap_or(rest))
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut chars = text.chars();
    for expected in prefix.chars() {
        if !chars.next()?.to_lowercase().eq(std::iter::once(expected)) {
            return None;
        }
    }
    Some(chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workstations_are_latin_upper_case_without_domain() {
        let table = [
            ("msk-ws-01234", Some("MSK-WS-01234"), false, false),
            ("MSK-WS-1.corp.sever-tech.example", Some("MSK-WS-1"), false, false),
            ("МSК-WS-1", Some("MSK-WS-1"), true, false),
            ("мск-1", None, false, true),
            ("АРМ 5", None, true, true),
            ("не назначена", None, false, true),
            ("A", None, false, true),
            ("ABCDEFGHIJKLMNOP", None, false, true),
            ("WS_1", None, false, true),
            ("-", None, false, false),
        ];
        for (cell, expected, fixed, invalid) in table {
            let mut warnings = Warnings::default();
            assert_eq!(workstation(cell, &mut warnings).as_deref(), expected, "{cell}");
            assert_eq!(warnings.contains(Warning::HomoglyphFixed), fixed, "{cell}");
            assert_eq!(warnings.contains(Warning::WorkstationInvalid), invalid, "{cell}");
        }
    }

    #[test]
    fn rooms_lose_the_word_for_a_room() {
        let table = [
            ("Б-214", Some("Б-214")),
            ("каб. 305", Some("305")),
            ("каб.305", Some("305")),
            ("Каб. № 305", Some("305")),
            ("КАБИНЕТ №305а", Some("305а")),
            ("к. 5", Some("5")),
            ("каб 5", Some("5")),
            ("комната б-214", Some("б-214")),
            ("комн. 1", Some("1")),
            ("комн 1", Some("1")),
            ("Room 12", Some("12")),
            ("оф. 7", Some("7")),
            ("№ 305", Some("№ 305")),
            ("Кабельная", Some("Кабельная")),
            ("к5", Some("к5")),
            ("каб. к. 5", Some("5")),
            ("каб.", None),
            ("каб. -", None),
            ("нет", None),
        ];
        for (cell, expected) in table {
            assert_eq!(room(cell, &mut Warnings::default()).as_deref(), expected, "{cell}");
        }
    }
}
