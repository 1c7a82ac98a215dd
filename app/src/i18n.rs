//! Texts of the interface, the bot and the problem details in two languages, made from
//! `locales/{ru,en}.json` by `build.rs`; and the language the screens are in now.
//!
//! No reactive dependency for a text: whatever shows one is built anew when the language changes (see
//! [`crate::app`]). Dates and sizes are in [`crate::format`].

mod problem;
mod reason;

use leptos::prelude::*;

use crate::model::user::Language;

/// All texts in one language; each accessor is `<section>_<name>` of the locale files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    language: Language,
}

/// The texts of this language.
#[must_use]
pub const fn texts(language: Language) -> Texts {
    Texts { language }
}

impl Texts {
    /// The language of these texts.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The plural forms of the Unicode CLDR that whole numbers need here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plural {
    One,
    Few,
    Many,
    Other,
}

/// The form a whole number takes in a language.
const fn plural(language: Language, count: u64) -> Plural {
    match language {
        Language::En if count == 1 => Plural::One,
        Language::En => Plural::Other,
        Language::Ru => match (count % 10, count % 100) {
            (1, tens) if tens != 11 => Plural::One,
            (2..=4, tens) if tens < 12 || tens > 14 => Plural::Few,
            _ => Plural::Many,
        },
    }
}

/// A whole number with its thousands apart, as the language writes it.
#[must_use]
pub fn grouped(language: Language, number: u64) -> String {
    let digits = number.to_string();
    // Russian typography leaves four digits together.
    if language == Language::Ru && digits.len() <= 4 {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(if language == Language::Ru { '\u{a0}' } else { ',' });
        }
        text.push(digit);
    }
    text
}

/// The language of the screens; [`crate::app::App`] provides it.
#[derive(Clone, Copy, Debug)]
pub struct CurrentLanguage(RwSignal<Language>);

impl CurrentLanguage {
    /// Starts with the language the server chose for the first HTML.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self(RwSignal::new(language))
    }

    /// The language, tracked: who reads it is run again when it changes.
    #[must_use]
    pub fn get(self) -> Language {
        self.0.get()
    }

    /// The language now, not tracked.
    #[must_use]
    pub fn now(self) -> Language {
        self.0.get_untracked()
    }

    /// The language as a signal that outlives the app it was made in.
    #[must_use]
    pub fn shared(self) -> ArcRwSignal<Language> {
        self.0.into()
    }

    /// Changes it at once for everything on the screen.
    pub fn set(self, language: Language) {
        if self.now() != language {
            self.0.set(language);
        }
    }
}

/// The language of the screens, from the context.
///
/// # Panics
/// Outside of [`crate::app::App`].
#[must_use]
pub fn use_language() -> CurrentLanguage {
    expect_context()
}

/// The texts for a component that is being built now. A change of language builds pages anew, so a
/// component just reads what it needs: `let t = use_texts(); view! { <h1>{t.home_title()}</h1> }.into_any()`. Reactions to the
/// user have no context: capture `t`, it is `Copy`.
///
/// # Panics
/// Outside of [`crate::app::App`].
#[must_use]
pub fn use_texts() -> Texts {
    texts(use_language().now())
}

#[cfg(test)]
mod tests {
    use super::{Plural, grouped, plural};
    use crate::model::user::Language::{En, Ru};

    #[test]
    fn russian_numbers_take_their_forms() {
        for (form, counts) in [
            (Plural::One, &[1, 21, 101, 1_001][..]),
            (Plural::Few, &[2, 3, 4, 22, 104, 1_002]),
            (Plural::Many, &[0, 5, 11, 12, 13, 14, 19, 20, 100, 111, 112, 1_014]),
        ] {
            for count in counts {
                assert_eq!(plural(Ru, *count), form, "{count}");
            }
        }
    }

    #[test]
    fn english_numbers_take_their_forms() {
        assert_eq!(plural(En, 1), Plural::One);
        for count in [0, 2, 11, 21, 101] {
            assert_eq!(plural(En, count), Plural::Other, "{count}");
        }
    }

    #[test]
    fn thousands_are_apart() {
        assert_eq!(grouped(Ru, 1_234), "1234");
        assert_eq!(grouped(Ru, 12_345), "12\u{a0}345");
        assert_eq!(grouped(En, 1_234_567), "1,234,567");
        assert_eq!(grouped(En, 7), "7");
    }
}
