//! Familiar short names: саша is Александр or Александра, палыч is Павлович.
//!
//! Only the facts; whether a word is one of them in another spelling is found by the caller.

mod names;

use names::NAMES;

use super::translit::Sorted;

/// The full names of a folded short form.
pub fn full_names(short: &str) -> impl Iterator<Item = &'static str> {
    NAMES.binary_search_by_key(&short, |&(short, _)| short).into_iter().flat_map(|at| NAMES[at].1.split(' '))
}

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
            ("тома", &["тамара"]),
            ("палыч", &["павлович"]),
            ("александр", &[]),
            ("", &[]),
        ] {
            assert_eq!(full_names(short).collect::<Vec<_>>(), full, "{short}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_folded() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        for (short, full) in NAMES {
            assert_eq!((fold(short).as_str(), fold(full).as_str()), (*short, *full));
        }
    }
}
