//! The one form in which texts are compared: lower case, ё=е, no accents, one shape per letter.
//!
//! Every folded letter remembers where it stands in the original, so that matches can be shown. Rules
//! of the import (what is stored) are not here.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

pub mod phone;

/// A folded text with the place of every letter in the original.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The letters.
    pub chars: Vec<char>,
    /// Where each one stands in the original, `[from, to)` in UTF-16 units.
    pub origin: Vec<[u32; 2]>,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self { chars: Vec::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
        let mut at = 0;
        for c in text.chars() {
            let to = at + u32::from(c.len_utf16() == 2) + 1;
            each_folded(c, &mut |c| folded.push(c, [at, to]));
            at = to;
        }
        folded
    }

    fn push(&mut self, c: char, origin: [u32; 2]) {
        if !is_combining_mark(c) {
            self.chars.push(c);
            self.origin.push(origin);
        } else if let (Some(last), Some(place)) = (self.chars.last_mut(), self.origin.last_mut()) {
            *last = with_mark(*last, c);
            place[1] = origin[1];
        }
    }

    /// The text between two letters.
    #[must_use]
    pub fn slice(&self, from: usize, to: usize) -> String {
        self.chars[from..to].iter().collect()
    }

    /// The runs of letters and digits, `[from, to)` in letters.
    #[must_use]
    pub fn words(&self) -> Vec<[usize; 2]> {
        runs(&self.chars, char::is_alphanumeric)
    }
}

/// Folds a text whose places are not needed.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        each_folded(c, &mut |c| {
            if !is_mark(c) {
                out.push(c);
            } else if let Some(last) = out.pop() {
                out.push(with_mark(last, c));
            }
        });
    }
    out
}

/// Only the letters and digits of a folded text.
#[must_use]
pub fn compact(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a folded letter is Cyrillic.
#[must_use]
pub fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

/// Cyrillic letters and the Latin ones of the same shape, folded.
const TWINS: (&str, &str) = ("авсенкмортхуі", "abcehkmoptxyi");

/// A word of both alphabets in one, if the odd letters have twins: `cоколов` with a Latin `c`.
#[must_use]
pub fn one_script(word: &str) -> Option<String> {
    let cyrillic = word.chars().filter(|&c| is_cyrillic(c)).count();
    let latin = word.chars().filter(char::is_ascii_alphabetic).count();
    if cyrillic == 0 || latin == 0 {
        return None;
    }
    if cyrillic >= latin {
        cyrillic_twin(word).or_else(|| latin_twin(word))
    } else {
        latin_twin(word).or_else(|| cyrillic_twin(word))
    }
}

/// The word with its Latin letters replaced by Cyrillic twins, if all of them have one and there are any.
#[must_use]
pub fn cyrillic_twin(word: &str) -> Option<String> {
    twin(word, TWINS.1, TWINS.0, |c| c.is_ascii_alphabetic())
}

/// The word with its Cyrillic letters replaced by Latin twins, if all of them have one and there are any.
#[must_use]
pub fn latin_twin(word: &str) -> Option<String> {
    twin(word, TWINS.0, TWINS.1, is_cyrillic)
}

fn twin(word: &str, from: &str, to: &str, odd: impl Fn(char) -> bool) -> Option<String> {
    let twin = |c| from.chars().position(|letter| letter == c).and_then(|at| to.chars().nth(at));
    word.contains(&odd).then(|| word.chars().map(|c| if odd(c) { twin(c) } else { Some(c) }).collect())?
}

/// The word with digits inside read as the letters they look like: `ив4нов` no, `3айцев`, `с0колов` yes.
#[must_use]
pub fn without_digits(word: &str) -> Option<String> {
    let latin = word.contains(|c: char| c.is_ascii_alphabetic());
    let letter = |c: char| {
        Some(match (c, latin) {
            ('0', true) => 'o',
            ('1', true) => 'l',
            ('0', false) => 'о',
            ('3', false) => 'з',
            ('4', false) => 'ч',
            ('6', false) => 'б',
            ('0'..='9', _) => return None,
            _ => c,
        })
    };
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (digits > 0 && letters > 2 * digits && !word.ends_with(|c: char| c.is_ascii_digit()))
        .then(|| word.chars().map(letter).collect())?
}

/// Maximal runs of letters that satisfy `inside`, `[from, to)`.
pub(crate) fn runs(chars: &[char], inside: impl Fn(char) -> bool) -> Vec<[usize; 2]> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, &c) in chars.iter().enumerate() {
        match (inside(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push([from, at]);
                start = None;
            }
            _ => {}
        }
    }
    runs.extend(start.map(|from| [from, chars.len()]));
    runs
}

fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

/// й is a letter of its own; every other accent is dropped.
fn with_mark(letter: char, mark: char) -> char {
    if letter == 'и' && mark == '\u{306}' { 'й' } else { letter }
}

fn each_folded(c: char, push: &mut impl FnMut(char)) {
    match c {
        'а'..='я' => push(c),
        'А'..='Я' => c.to_lowercase().for_each(push),
        'ё' | 'Ё' => push('е'),
        // Soft hyphen, zero-width characters, direction marks, byte order mark: not there for the eye.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}' => {}
        '\u{2010}'..='\u{2015}' | '\u{2212}' => push('-'),
        '`' | '’' | '‘' | 'ʼ' | '´' => push('\''),
        ' '..='~' => push(c.to_ascii_lowercase()),
        _ if c.is_whitespace() => push(' '),
        _ => c.to_lowercase().for_each(|c| decompose_compatible(c, |c| fold_decomposed(c, push))),
    }
}

/// Letters that Unicode does not take apart but people type with plain ones.
fn fold_decomposed(c: char, push: &mut impl FnMut(char)) {
    match c {
        'ё' => push('е'),
        'ø' => push('o'),
        'ł' => push('l'),
        'đ' | 'ð' => push('d'),
        'ħ' => push('h'),
        'ı' => push('i'),
        'ŧ' => push('t'),
        'þ' => "th".chars().for_each(push),
        'ß' => "ss".chars().for_each(push),
        'æ' => "ae".chars().for_each(push),
        'œ' => "oe".chars().for_each(push),
        _ if c.is_uppercase() => c.to_lowercase().for_each(push),
        _ => push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, cyrillic_twin, fold, latin_twin, one_script};

    #[test]
    fn one_form_per_letter() {
        for (text, folded) in [
            ("ИВАНОВ Пётр", "иванов петр"),
            ("Йович", "йович"),
            ("И\u{306}ович", "йович"),
            ("Е\u{308}лкин", "елкин"),
            ("Müller", "muller"),
            ("Yılmaz AYŞE", "yilmaz ayse"),
            ("İzmir", "izmir"),
            ("Groß Łukasz Søren", "gross lukasz soren"),
            ("пе\u{ad}тров\u{200b}", "петров"),
            ("8\u{a0}495\u{2011}1", "8 495-1"),
            ("O’Neil", "o'neil"),
            ("№ ５", "no 5"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
            assert_eq!(Folded::new(text).chars.iter().collect::<String>(), folded, "{text:?}");
        }
    }

    #[test]
    fn twins_make_one_alphabet_of_two() {
        for (word, fixed) in [
            ("cоколов", Some("соколов")),
            ("еkb", Some("ekb")),
            ("cokoлob", Some("соколов")),
            ("wинтер", None),
            ("иванов", None),
            ("ivanov", None),
            ("б214", None),
        ] {
            assert_eq!(one_script(word).as_deref(), fixed, "{word}");
        }
        assert_eq!(cyrillic_twin("cokob").as_deref(), Some("соков"));
        assert_eq!(latin_twin("екв").as_deref(), Some("ekb"));
        assert_eq!((latin_twin("ekb"), cyrillic_twin("123")), (None, None));
    }

    #[test]
    fn places_are_those_of_the_original_in_utf16() {
        let folded = Folded::new("😀И\u{306}Ёж");
        assert_eq!(folded.chars, ['😀', 'й', 'е', 'ж']);
        assert_eq!(folded.origin, [[0, 2], [2, 4], [4, 5], [5, 6]]);
        assert_eq!(folded.words(), [[1, 4]]);
    }
}
