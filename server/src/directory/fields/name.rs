//! Names: notes in brackets, the split of a full name, twins of the other alphabet, case.

use app::model::import::RejectReason;

use super::{Warning, Warnings, text};

/// Greatest length of surname, first name and patronymic, in characters.
pub const LIMIT: usize = 100;

/// Latin letters and the Cyrillic ones that look the same.
pub(super) const TWINS: [(char, char); 18] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
];

const ALWAYS_LOWER: [&str; 2] = ["оглы", "кызы"];

pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}') && c.is_alphabetic()
}

/// Surname, first name and patronymic (possibly empty) of raw parts.
///
/// # Errors
/// Which part breaks which rule, under the stable name of the rule.
pub fn of_parts(raw: [&str; 3], warnings: &mut Warnings) -> Result<[String; 3], (usize, RejectReason)> {
    let parts = raw.map(|part| text::value(part).unwrap_or_default());
    check_presence(&parts).map_err(|reason| (0, reason))?;
    finish(parts.map(|part| drop_notes(&part, warnings)), warnings)
}

/// Surname, first name and patronymic (possibly empty) of a raw full name; empty parts are filled from
/// the raw separate ones.
///
/// # Errors
/// See [`of_parts`].
pub fn of_full(full: &str, raw: [&str; 3], warnings: &mut Warnings) -> Result<[String; 3], (usize, RejectReason)> {
    let Some(full) = text::value(full) else {
        return of_parts(raw, warnings);
    };
    check_presence(std::slice::from_ref(&full)).map_err(|reason| (0, reason))?;
    let mut parts = split_full(&drop_notes(&full, warnings), warnings);
    for (part, raw) in parts.iter_mut().zip(raw) {
        if part.is_empty() {
            *part = drop_notes(&text::value(raw).unwrap_or_default(), warnings);
        }
    }
    finish(parts, warnings)
}

fn check_presence(raw: &[String]) -> Result<(), RejectReason> {
    let Some(first) = raw.iter().find(|part| !part.is_empty()) else {
        return Err(RejectReason::MissingName);
    };
    if first.to_lowercase().starts_with("вакан") { Err(RejectReason::Vacancy) } else { Ok(()) }
}

fn finish(parts: [String; 3], warnings: &mut Warnings) -> Result<[String; 3], (usize, RejectReason)> {
    let strange = |part: &String| part.chars().any(|c| c == '?' || c.is_numeric());
    if let Some(part) = parts.iter().position(strange) {
        return Err((part, RejectReason::InvalidName));
    }
    if let Some(part) = parts[..2].iter().position(String::is_empty) {
        return Err((part, RejectReason::IncompleteName));
    }
    let parts = parts.map(|part| repair(&part, warnings));
    match parts.iter().position(|part| part.chars().count() > LIMIT) {
        Some(part) => Err((part, RejectReason::NameTooLong)),
        None => Ok(parts),
    }
}

// Drops what stands in round brackets, pair by pair; a bracket without its partner stays.
fn drop_notes(name: &str, warnings: &mut Warnings) -> String {
    let mut open = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, c) in name.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => {
                if let Some(from) = open.pop() {
                    // A pair swallows the pairs inside it.
                    while pairs.last().is_some_and(|(inner, _)| *inner > from) {
                        pairs.pop();
                    }
                    pairs.push((from, at + 1));
                }
            }
            _ => {}
        }
    }
    if pairs.is_empty() {
        return text::clean(name);
    }
    warnings.insert(Warning::NameNoteDropped);
    let (mut kept, mut end) = (String::new(), 0);
    for (from, to) in pairs {
        kept.push_str(&name[end..from]);
        kept.push(' ');
        end = to;
    }
    kept.push_str(&name[end..]);
    text::clean(&kept)
}

// Splits a full name: the first word is the surname, the second the first name, the rest the
// patronymic. Commas are spaces and `И.П.` is two words.
fn split_full(full: &str, warnings: &mut Warnings) -> [String; 3] {
    let mut spaced = String::with_capacity(full.len() + 4);
    let mut letters = 0;
    let mut initial_ended = false;
    for c in full.chars() {
        if initial_ended && c.is_alphabetic() {
            spaced.push(' ');
        }
        initial_ended = c == '.' && letters == 1;
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        spaced.push(if c == ',' { ' ' } else { c });
    }
    let mut words = spaced.split_whitespace();
    let surname = words.next().unwrap_or_default().to_owned();
    let name = words.next().unwrap_or_default().to_owned();
    if is_initial(&name) {
        warnings.insert(Warning::InitialsOnly);
    }
    [surname, name, words.collect::<Vec<_>>().join(" ")]
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.strip_suffix('.').unwrap_or(word).chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

// Repairs a part of a name: look-alikes of the other alphabet and case, word by word.
fn repair(part: &str, warnings: &mut Warnings) -> String {
    let mut repaired = String::with_capacity(part.len());
    for piece in part.split_inclusive([' ', '-']) {
        let word = piece.trim_end_matches([' ', '-']);
        let fixed = fix_twins(word);
        if fixed.is_some() {
            warnings.insert(Warning::HomoglyphFixed);
        }
        repaired.push_str(&fix_case(fixed.as_deref().unwrap_or(word)));
        repaired.push_str(&piece[word.len()..]);
    }
    repaired
}

fn fix_twins(word: &str) -> Option<String> {
    let latin = |c: char| c.is_alphabetic() && !is_cyrillic(c);
    if !word.chars().any(is_cyrillic) || !word.chars().any(latin) {
        return None;
    }
    let twin = |c: char| TWINS.iter().find(|(latin, _)| *latin == c).map(|(_, cyrillic)| *cyrillic);
    word.chars().map(|c| if latin(c) { twin(c) } else { Some(c) }).collect()
}

fn fix_case(word: &str) -> String {
    let lower = word.to_lowercase();
    if ALWAYS_LOWER.contains(&lower.as_str()) {
        return lower;
    }
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    if letters().count() < 2 || !(letters().all(char::is_uppercase) || letters().all(char::is_lowercase)) {
        return word.to_owned();
    }
    let Some((at, first)) = lower.char_indices().find(|(_, c)| c.is_alphabetic()) else {
        return lower;
    };
    let mut capitalised = lower[..at].to_owned();
    capitalised.extend(first.to_uppercase());
    capitalised.push_str(&lower[at + first.len_utf8()..]);
    capitalised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_in_brackets_are_dropped() {
        let table = [
            ("Иванова (Смирнова) Анна", "Иванова Анна", true),
            ("Иванова (б. (Сидорова) Петрова) Анна(совм.)", "Иванова Анна", true),
            ("Иванова (Смирнова", "Иванова (Смирнова", false),
            ("Иванова) (Анна", "Иванова) (Анна", false),
            ("(( a ) Анна", "( Анна", true),
            ("(декрет)", "", true),
        ];
        for (name, kept, noted) in table {
            let mut warnings = Warnings::default();
            assert_eq!(drop_notes(name, &mut warnings), kept);
            assert_eq!(warnings.contains(Warning::NameNoteDropped), noted, "{name}");
            assert_eq!(drop_notes(kept, &mut Warnings::default()), kept);
        }
    }

    #[test]
    fn a_full_name_is_split_into_its_parts() {
        let table = [
            ("Иванов Иван Петрович", ["Иванов", "Иван", "Петрович"], false),
            ("Алиев, Али Вели оглы", ["Алиев", "Али", "Вели оглы"], false),
            ("Иванов И.П.", ["Иванов", "И.", "П."], true),
            ("Иванов И. П.", ["Иванов", "И.", "П."], true),
            ("Иванов И.П", ["Иванов", "И.", "П"], true),
            ("Smith,John", ["Smith", "John", ""], false),
            ("Иванов", ["Иванов", "", ""], false),
            (",", ["", "", ""], false),
        ];
        for (full, parts, initials) in table {
            let mut warnings = Warnings::default();
            assert_eq!(split_full(full, &mut warnings), parts);
            assert_eq!(warnings.contains(Warning::InitialsOnly), initials, "{full}");
        }
    }

    #[test]
    fn look_alikes_and_case_are_repaired() {
        let table = [
            ("Ивaнов", "Иванов", true),
            ("CEMЁНОВ", "Семёнов", true),
            ("Smith", "Smith", false),
            ("Иwанов", "Иwанов", false),
            ("Петров-ВOДКИН", "Петров-Водкин", true),
            ("Smith-Иванова", "Smith-Иванова", false),
            ("ИВАНОВ", "Иванов", false),
            ("иванов-петров", "Иванов-Петров", false),
            ("МакДональд", "МакДональд", false),
            ("И.", "И.", false),
            ("и", "и", false),
            ("ВЕЛИ ОГЛЫ", "Вели оглы", false),
            ("Гасан Кызы", "Гасан кызы", false),
            ("о'коннор", "О'коннор", false),
            ("  двойной  пробел", "  Двойной  Пробел", false),
        ];
        for (part, repaired, fixed) in table {
            let mut warnings = Warnings::default();
            assert_eq!(repair(part, &mut warnings), repaired);
            assert_eq!(warnings.contains(Warning::HomoglyphFixed), fixed, "{part}");
            let mut again = Warnings::default();
            assert_eq!(repair(repaired, &mut again), repaired);
            assert!(again.is_empty());
        }
    }
}
