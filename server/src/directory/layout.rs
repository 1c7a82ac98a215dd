//! Text typed with the other keyboard layout: the same keys on the Russian and the English one.

/// Keys in their order on the keyboard, without and with shift: Russian (Windows) above English (US).
const KEYS: [(&str, &str); 2] = [
    ("ёйцукенгшщзхъфывапролджэячсмитьбю.№", "`qwertyuiop[]asdfghjkl;'zxcvbnm,./#"),
    ("ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,\"", "~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?@"),
];

/// What the keys of an English text give with the Russian layout: `bdfyjd` → `иванов`.
///
/// Nothing if there is no Latin letter in it: punctuation alone is no mistake of layout.
#[must_use]
pub fn to_russian(text: &str) -> Option<String> {
    text.contains(|c: char| c.is_ascii_alphabetic())
        .then(|| text.chars().map(|c| other(c, |(ru, en)| (en, ru))).collect())
}

/// What the keys of a Russian text give with the English layout: `шмфтщм` → `ivanov`.
///
/// Nothing if there is no Cyrillic letter in it.
#[must_use]
pub fn to_english(text: &str) -> Option<String> {
    text.contains(super::normalise::is_cyrillic).then(|| text.chars().map(|c| other(c, |(ru, en)| (ru, en))).collect())
}

fn other(c: char, direction: impl Fn((&'static str, &'static str)) -> (&'static str, &'static str)) -> char {
    KEYS.iter()
        .find_map(|&keys| {
            let (from, to) = direction(keys);
            from.chars().position(|key| key == c).and_then(|at| to.chars().nth(at))
        })
        .unwrap_or(c)
}

/// The letters next to one on the Russian or the English keyboard.
#[must_use]
pub fn neighbours(letter: char) -> Vec<char> {
    const KEYBOARDS: [[&str; 3]; 2] =
        [["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"], ["qwertyuiop", "asdfghjkl", "zxcvbnm"]];
    let column = |row: &str| row.chars().position(|key| key == letter);
    let place =
        |keyboard: &[&str; 3]| (0_usize..).zip(keyboard).find_map(|(row, keys)| column(keys).map(|at| (row, at)));
    let Some((keyboard, (row, at))) = KEYBOARDS.iter().find_map(|keys| place(keys).map(|place| (keys, place))) else {
        return Vec::new();
    };
    let near = keyboard.iter().zip(0_usize..).filter(|(_, of)| row.abs_diff(*of) <= 1);
    near.flat_map(|(keys, _)| keys.chars().skip(at.saturating_sub(1)).take(if at == 0 { 2 } else { 3 }))
        .filter(|&key| key != letter)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{neighbours, to_english, to_russian};

    #[test]
    fn keys_are_read_in_the_other_layout() {
        for (typed, meant) in [
            ("bdfyjd", "иванов"),
            ("Le,ttd", "Дубеев"),
            ("zhe[byf", "ярухина"),
            ("\"hycn", "Эрнст"),
            ("cjkjdm`d", "соловьёв"),
            ("<TKJDF", "БЕЛОВА"),
            ("bdfyjd B/G/", "иванов И.П."),
            ("b-214", "и-214"),
        ] {
            assert_eq!(to_russian(typed).as_deref(), Some(meant));
        }
        for (typed, meant) in [
            ("шмфтщм", "ivanov"),
            ("тшлшештфющь", "nikitina.om"),
            ("ф\"и", "a@b"),
            ("10ю16ю5", "10.16.5"),
            ("ЬЫЛ-ЦЫ-1", "MSK-WS-1"),
        ] {
            assert_eq!(to_english(typed).as_deref(), Some(meant));
        }
        assert_eq!(to_russian("12-34, "), None);
        assert_eq!(to_english("12-34, ivanov"), None);
    }

    #[test]
    fn keys_side_by_side_are_neighbours() {
        assert_eq!(neighbours('а'), ['у', 'к', 'е', 'в', 'п', 'с', 'м', 'и']);
        assert_eq!(neighbours('q'), ['w', 'a', 's']);
        assert!(neighbours('1').is_empty());
    }
}
