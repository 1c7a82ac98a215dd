//! Telephones in any spelling: a cell may hold several, with extensions, labels and damage.

use super::{Warning, Warnings, text};
use crate::directory::person::Phone;

/// More telephones of one person are taken for damage.
pub const MOST: usize = 100;

const DEFAULT_AREA_CODE: &str = "495";

/// Words that begin an extension.
const MARKS: [&str; 5] = ["доб", "внутр", "вн", "ext", "x"];
/// How longer words begin that mean the same: добавочный, внутренний, extension.
const MARK_STEMS: [&str; 3] = ["добав", "внутр", "exten"];

/// Adds the telephones of a cell to the list, which stays free of entries that say less than others.
pub fn read(cell: &str, phones: &mut Vec<Phone>, warnings: &mut Warnings) {
    let whole = text::clean(cell);
    if text::is_empty_word(&whole) {
        return;
    }
    if is_exponential(&whole) {
        warnings.insert(Warning::PhoneInvalid);
        return;
    }
    // The number of the piece before, which an extension after a comma belongs to.
    let (mut number_before, mut after_comma) = (None, false);
    for part in cell.split_inclusive(is_separator) {
        let piece = text::clean(part.trim_end_matches(is_separator));
        if !text::is_empty_word(&piece) {
            let phone = parse(&piece).map(|(mut phone, marked)| {
                if phone.number.is_none() && marked && after_comma {
                    phone.number = number_before.take();
                }
                phone
            });
            number_before = phone.as_ref().and_then(|phone| phone.number.clone());
            after_comma = false;
            if !phone.is_some_and(|phone| add(phones, phone)) {
                warnings.insert(Warning::PhoneInvalid);
            }
        }
        after_comma |= part.ends_with(',');
    }
}

/// Adds a telephone given as number and extension, as records and forms have them.
pub fn read_parts(number: Option<&str>, ext: Option<&str>, phones: &mut Vec<Phone>, warnings: &mut Warnings) {
    let ext = ext.map(text::clean).filter(|ext| !text::is_empty_word(ext));
    let number = number.filter(|number| !text::is_empty_word(&text::clean(number)));
    match (number, ext) {
        (None, None) => {}
        (Some(number), None) => read(number, phones, warnings),
        (number, Some(ext)) => {
            let joined = match number {
                Some(number) => parse(&text::clean(&format!("{number} доб. {ext}"))),
                None => parse(&format!("доб. {ext}")),
            };
            if !joined.is_some_and(|(phone, _)| add(phones, phone)) {
                warnings.insert(Warning::PhoneInvalid);
            }
        }
    }
}

/// Adds a telephone unless another one says the same or more; drops those that say less. False when
/// there is no room for it.
pub fn add(phones: &mut Vec<Phone>, phone: Phone) -> bool {
    if phones.iter().any(|other| phone.within(other)) {
        return true;
    }
    phones.retain(|other| !other.within(&phone));
    let room = phones.len() < MOST;
    if room {
        phones.push(phone);
    }
    room
}

fn is_separator(c: char) -> bool {
    matches!(c, ';' | ',' | '/' | '\n' | '\r')
}

/// What Excel makes of a long number in text: `8,49512E+10`.
fn is_exponential(cell: &str) -> bool {
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e', 'Е', 'е']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once([',', '.']).unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix('+').unwrap_or(exponent))
}

/// One telephone, and whether its extension has a mark.
fn parse(piece: &str) -> Option<(Phone, bool)> {
    let (number, ext) = match split_at_mark(piece) {
        Some((before, behind)) => (before, Some(digits(behind))),
        None => (piece, None),
    };
    let plus = number.chars().find(|c| *c == '+' || c.is_ascii_digit()) == Some('+');
    let digits = digits(number);
    if let Some(ext) = ext {
        let number = if digits.is_empty() { None } else { Some(to_e164(&digits, plus)?) };
        return is_ext(&ext).then_some((Phone { number, ext: Some(ext) }, true));
    }
    if is_ext(&digits) && !plus {
        return Some((Phone { number: None, ext: Some(digits) }, false));
    }
    Some((Phone { number: Some(to_e164(&digits, plus)?), ext: None }, false))
}

fn is_ext(digits: &str) -> bool {
    (3..=6).contains(&digits.len())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn to_e164(digits: &str, plus: bool) -> Option<String> {
    match (plus, digits.len()) {
        (true, 11..=15) => Some(format!("+{digits}")),
        (false, 11) if digits.starts_with(['7', '8']) => Some(format!("+7{}", &digits[1..])),
        (false, 10) => Some(format!("+7{digits}")),
        (false, 7) => Some(format!("+7{DEFAULT_AREA_CODE}{digits}")),
        _ => None,
    }
}

/// What stands before and behind the first mark of an extension.
fn split_at_mark(piece: &str) -> Option<(&str, &str)> {
    let mut rest = piece;
    while let Some(start) = rest.find(|c: char| c == '#' || c.is_alphabetic()) {
        let from = piece.len() - rest.len() + start;
        let word = &rest[start..];
        let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len()).max(1);
        let (word, behind) = word.split_at(length);
        if word == "#" || is_mark(&word.to_lowercase()) {
            return Some((&piece[..from], behind));
        }
        rest = behind;
    }
    None
}

fn is_mark(word: &str) -> bool {
    MARKS.contains(&word) || MARK_STEMS.iter().any(|stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(phones: &[Phone]) -> Vec<String> {
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        phones.iter().map(|phone| format!("{}#{}", text(&phone.number), text(&phone.ext))).collect()
    }

    fn check(cell: &str, expected: &[&str], warned: bool) {
        let (mut phones, mut warnings) = (Vec::new(), Warnings::default());
        read(cell, &mut phones, &mut warnings);
        assert_eq!(texts(&phones), expected, "{cell:?}");
        assert_eq!(warnings.contains(Warning::PhoneInvalid), warned, "{cell:?}");
    }

    #[test]
    fn numbers_in_any_spelling() {
        for cell in [
            "+7 (495) 780-20-00",
            "8-495-780-20-00",
            "84957802000",
            "7 495 7802000",
            "(495) 780-20-00",
            "780-20-00",
            "тел. 780-20-00",
            "Тел.: (+7 495) 780.20.00",
            "+7\u{a0}495\u{a0}780\u{2011}20\u{2011}00",
        ] {
            check(cell, &["+74957802000#"], false);
        }
        check("моб. +375 29 123-45-67", &["+375291234567#"], false);
        check("+8 495 780-20-00", &["+84957802000#"], false);
    }

    #[test]
    fn extensions_in_any_spelling() {
        for mark in [
            " доб. ",
            " доб.",
            ", доб. ",
            ",\nдоб. ",
            " вн. ",
            " (доб. ",
            " ext. ",
            " x",
            "x",
            "#",
            " внутр. ",
            " ДОБ: ",
            " добавочный ",
        ] {
            check(&format!("780-20-00{mark}12-34"), &["+74957802000#1234"], false);
        }
        for cell in ["1234", "12-34", "доб. 1234", "вн. 12-34", "#1234", "x 1234"] {
            check(cell, &["#1234"], false);
        }
    }

    #[test]
    fn an_extension_after_a_comma_belongs_to_the_number_before() {
        check("780-20-00, доб. 1234, доб. 5678", &["+74957802000#1234", "+74957802000#5678"], false);
        check("780-20-00, 1234", &["+74957802000#", "#1234"], false);
        check("780-20-00; доб. 1234", &["+74957802000#", "#1234"], false);
        check("780-20-00 / доб. 1234", &["+74957802000#", "#1234"], false);
        check("780-20-00\nдоб. 1234", &["+74957802000#", "#1234"], false);
        check("12, доб. 1234", &["#1234"], true);
        check("5555, доб. 1234", &["#5555", "#1234"], false);
    }

    #[test]
    fn several_in_one_cell_without_repeats() {
        check("780-20-00;8 916 111-22-33 / 1234\n12-34,", &["+74957802000#", "+79161112233#", "#1234"], false);
        check("780-20-00 доб. 1234; 1234; 780-20-00", &["+74957802000#1234"], false);
        check("1234; 780-20-00; 555; 780-20-00 доб. 1234", &["#555", "+74957802000#1234"], false);
    }

    #[test]
    fn what_cannot_be_read_is_dropped() {
        for cell in [
            "8-495-123-45",
            "12",
            "99999999999999999999",
            "+7 (495) 123-45-6",
            "8,49512E+10",
            "8.4951E10",
            "не работает 8",
            "уточняется",
            "780-20-00 доб. 1",
            "780-20-00 доб. 1234567",
            "1234 доб. 5678",
            "доб.",
            "+1234",
        ] {
            check(cell, &[], true);
        }
        check("12; 780-20-00", &["+74957802000#"], true);
        for cell in ["", "-", "нет", "н/д", " ; ", "нет; -"] {
            check(cell, &[], false);
        }
    }

    #[test]
    fn a_mark_inside_a_word_is_none() {
        check("fax 780-20-00", &["+74957802000#"], false);
        check("внешний 780-20-00", &["+74957802000#"], false);
        check("Добрынин 780-20-00", &["+74957802000#"], false);
    }

    #[test]
    fn parts_are_read_like_a_cell() {
        type Case<'a> = (Option<&'a str>, Option<&'a str>, &'a [&'a str], bool);
        let table: [Case<'_>; 8] = [
            (Some("+74957802000"), Some("1234"), &["+74957802000#1234"], false),
            (Some("+74957802000"), None, &["+74957802000#"], false),
            (None, Some("1234"), &["#1234"], false),
            (Some(""), Some("12-34"), &["#1234"], false),
            (Some("780-20-00 доб. 1234"), Some(""), &["+74957802000#1234"], false),
            (Some("1234"), Some("5678"), &[], true),
            (None, Some("12"), &[], true),
            (None, None, &[], false),
        ];
        for (number, ext, expected, warned) in table {
            let (mut phones, mut warnings) = (Vec::new(), Warnings::default());
            read_parts(number, ext, &mut phones, &mut warnings);
            assert_eq!(texts(&phones), expected, "{number:?} {ext:?}");
            assert_eq!(warnings.contains(Warning::PhoneInvalid), warned, "{number:?} {ext:?}");
        }
    }

    #[test]
    fn what_is_shown_reads_back() {
        for cell in ["+7 (495) 780-20-00 доб. 1234", "+375291234567", "доб. 123456"] {
            let mut phones = Vec::new();
            read(cell, &mut phones, &mut Warnings::default());
            let mut again = Vec::new();
            read(&super::super::draft::spelled(&phones[0]), &mut again, &mut Warnings::default());
            assert_eq!(again, phones);
        }
    }

    #[test]
    fn the_list_of_one_person_is_bounded() {
        let cell = (0..2_000).map(|n| format!("+7495{n:07}")).collect::<Vec<_>>().join(";");
        let (mut phones, mut warnings) = (Vec::new(), Warnings::default());
        read(&cell, &mut phones, &mut warnings);
        assert_eq!(phones.len(), MOST);
        assert!(warnings.contains(Warning::PhoneInvalid));
    }
}
