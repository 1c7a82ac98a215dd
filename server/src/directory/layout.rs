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

/// Whether two letters lie next to each other on the Russian or the English keyboard.
#[must_use]
pub fn neighbours(a: char, b: char) -> bool {
    const ROWS: [&str; 6] = ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let place = |c: char| {
        ROWS.iter()
            .enumerate()
            .find_map(|(row, keys)| keys.chars().position(|key| key == c).map(|column| (row, column)))
    };
    match (place(a), place(b)) {
        (Some((row_a, a)), Some((row_b, b))) => {
            row_a / 3 == row_b / 3 && row_a.abs_diff(row_b) <= 1 && a.abs_diff(b) <= 1
        }
        _ => false,
    }
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
        assert!(neighbours('а', 'п') && neighbours('а', 'в') && neighbours('а', 'к') && neighbours('t', 'y'));
        assert!(!neighbours('а', 'я') && !neighbours('а', 'a') && !neighbours('й', 'я'));
    }
}
