//! White space, empty words, comparison and greatest length: what holds for every text.

use super::{Warning, Warnings};

/// Greatest length of position, department, unit and room, in characters.
pub const TEXT_LIMIT: usize = 255;

/// Greatest length of a note, in characters: well within what a cell of a workbook can hold.
pub const NOTE_LIMIT: usize = 4_000;

const EMPTY_WORDS: [&str; 6] = ["-", "—", "–", "нет", "н/д", "n/a"];

fn is_space(c: char) -> bool {
    // Control characters separate words as badly as they print, and PostgreSQL refuses one of them.
    c.is_whitespace() || c.is_control()
}

/// Every run of white space becomes one space, outer ones vanish.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !cleaned.is_empty() {
            cleaned.push(' ');
        }
        cleaned.push_str(word);
    }
    cleaned
}

/// Whether nothing but white space is there.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

/// Whether a cleaned text is one of the words for "nothing".
#[must_use]
pub fn is_empty_word(cleaned: &str) -> bool {
    // The longest empty word has six bytes; longer texts need no copy in lower case.
    cleaned.is_empty() || (cleaned.len() <= 6 && EMPTY_WORDS.contains(&cleaned.to_lowercase().as_str()))
}

/// A cleaned text, unless it says nothing.
#[must_use]
pub fn value(text: &str) -> Option<String> {
    let cleaned = clean(text);
    (!is_empty_word(&cleaned)).then_some(cleaned)
}

/// The form in which texts are compared: lower case, ё=е, white space collapsed.
#[must_use]
pub fn fold(text: &str) -> String {
    clean(text).to_lowercase().replace('ё', "е")
}

/// A cleaned text of at most `limit` characters.
#[must_use]
pub fn limited(text: &str, limit: usize, warnings: &mut Warnings) -> Option<String> {
    let text = value(text)?;
    match text.char_indices().nth(limit) {
        None => Some(text),
        Some((end, _)) => {
            warnings.insert(Warning::Truncated);
            value(&text[..end])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_any_sort_is_one_space() {
        assert_eq!(clean("\u{a0} Иван\u{a0}\u{2003}\r\n Иванов\t\u{0}x "), "Иван Иванов x");
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for text in ["", "  ", "-", " — ", "–", "нет", "Нет", "Н/Д", "N/A", "n/a\u{a0}"] {
            assert_eq!(value(text), None, "{text:?}");
        }
        for text in ["--", "нет данных", "0", "-1"] {
            assert_eq!(value(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn comparison_ignores_case_yo_and_spaces() {
        assert_eq!(fold(" Семёнова  АЛЁНА "), "семенова алена");
    }

    #[test]
    fn a_long_text_is_cut_at_a_character_and_trimmed_again() {
        let mut warnings = Warnings::default();
        assert_eq!(limited("абв г", 4, &mut warnings).as_deref(), Some("абв"));
        assert!(warnings.contains(Warning::Truncated));
        let mut warnings = Warnings::default();
        assert_eq!(limited("абвг", 4, &mut warnings).as_deref(), Some("абвг"));
        assert!(warnings.is_empty());
    }
}
