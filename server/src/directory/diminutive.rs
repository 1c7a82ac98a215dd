//! Familiar short names: саша is Александр or Александра, палыч is Павлович.
//!
//! Only the facts; whether a word is one of them in another spelling is found by the caller.

mod names;

use names::NAMES;

use super::translit::Sorted;

/// The full names of a folded short form, and what each is less likely by.
pub fn full_names(short: &str) -> impl Iterator<Item = (&'static str, u16)> {
    NAMES.binary_search_by_key(&short, |&(short, ..)| short).into_iter().flat_map(|at| {
        let (_, usual, rare) = NAMES[at];
        usual.split_whitespace().map(|name| (name, 0)).chain(rare.split_whitespace().map(|name| (name, RARE)))
    })
}

/// дима is Дмитрий rather than Вадим.
const RARE: u16 = 2;

/// All short forms in order.
pub struct ShortForms;

impl Sorted for ShortForms {
    fn count(&self) -> u32 {
        NAMES.len() as u32
    }

    fn text(&self, at: u32) -> &str {
        NAMES[at as usize].0
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES, full_names};
    use crate::directory::normalise::fold;

    #[test]
    fn a_short_form_has_its_full_names() {
        for (short, full) in [
            ("саша", &["александр", "александра"][..]),
            ("сережа", &["сергей"]),
            ("дима", &["дмитрий", "вадим"]),
            ("палыч", &["павлович"]),
            ("александр", &[]),
            ("", &[]),
        ] {
            assert_eq!(full_names(short).map(|(name, _)| name).collect::<Vec<_>>(), full, "{short}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_folded() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        for (short, usual, rare) in NAMES {
            assert_eq!([short, usual, rare].map(|names| fold(names)), [*short, *usual, *rare]);
            assert!(!usual.is_empty() || !rare.is_empty());
        }
    }
}
