//! Marking words and beginnings of words.

use app::model::employee::{Employee, Field};

use super::Range;
use crate::directory::{index, normalise::Folded};

/// The text of a field that consists of words.
pub(super) fn text(employee: &Employee, field: Field) -> Option<&str> {
    match field {
        Field::Surname => Some(&employee.surname),
        Field::Name => Some(&employee.name),
        Field::Patronymic => employee.patronymic.as_deref(),
        Field::Position => employee.position.as_deref(),
        Field::Department => employee.department.as_deref(),
        Field::Unit => employee.unit.as_deref(),
        Field::Room => employee.room.as_deref(),
        Field::Workstation => employee.workstation.as_deref(),
        Field::Email => employee.email.as_deref().and_then(|email| email.split('@').next()),
        Field::Phones | Field::Ips | Field::Hired | Field::Note | Field::State => None,
    }
}

/// Where a word stands in the text of a field; only its first letters, if so many were typed.
pub(super) fn places(field: Field, text: &str, word: &str, letters: Option<usize>) -> Vec<Range> {
    ranges(text, index::words(field, text), word, letters)
}

/// The same in the domain of an e-mail address.
pub(super) fn domain_places(email: &str, word: &str, letters: Option<usize>) -> Vec<Range> {
    let Some((login, domain)) = email.split_once('@') else { return Vec::new() };
    let before = login.encode_utf16().count() as u32 + 1;
    let ranges = ranges(domain, index::domain_words(domain), word, letters);
    ranges.into_iter().map(|range| range.map(|at| at + before)).collect()
}

fn ranges(text: &str, words: Vec<(String, [usize; 2])>, word: &str, letters: Option<usize>) -> Vec<Range> {
    let folded = Folded::new(text);
    let of_word = words.into_iter().filter(|(text, _)| text == word);
    of_word
        .filter_map(|(_, [from, to])| {
            let to = match letters {
                Some(letters) => from + counted(&folded.chars[from..to], letters, word),
                None => to,
            };
            Some([folded.origin.get(from)?[0], folded.origin.get(to.checked_sub(1)?)?[1]])
        })
        .collect()
}

/// How far `letters` of the word reach: signs inside count only if the word has them too.
fn counted(chars: &[char], letters: usize, word: &str) -> usize {
    let signs = word.contains(|c: char| !c.is_alphanumeric());
    let places = chars.iter().enumerate().filter(|(_, c)| signs || c.is_alphanumeric());
    places.map(|(at, _)| at + 1).take(letters).last().unwrap_or(0)
}

/// The first signs of a text.
pub(super) fn first_signs(text: &str, count: usize) -> Vec<Range> {
    vec![[0, text.chars().take(count).map(|c| c.len_utf16() as u32).sum()]]
}

/// From the beginning of a text as far as so many letters and digits reach.
pub(super) fn first_letters(text: &str, count: usize) -> Vec<Range> {
    let folded = Folded::new(text);
    let last = folded.chars.iter().zip(&folded.origin).filter(|(c, _)| c.is_alphanumeric()).take(count).last();
    last.map(|(_, place)| [0, place[1]]).into_iter().collect()
}
