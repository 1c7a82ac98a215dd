//! A person as a coloured disc with initials: always the same colour for the same seed.

use leptos::prelude::*;

/// How many colours there are; they are named in `style/avatar.scss`.
const COLOURS: i64 = 7;

/// A disc with up to two initials. Decoration: the name stands beside it.
#[component]
pub fn Avatar(
    /// The name whose words give the initials.
    #[prop(into)]
    name: String,
    /// What chooses the colour: the person's id.
    seed: i64,
    /// 80 px instead of 42.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let class =
        [if large { "avatar avatar--large avatar--" } else { "avatar avatar--" }, &colour(seed).to_string()].concat();
    view! { <span class=class aria-hidden="true">{initials(&name)}</span> }
}

fn colour(seed: i64) -> i64 {
    seed.rem_euclid(COLOURS)
}

/// First letters of the first two words; emoji and signs are passed over.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{colour, initials};

    #[test]
    fn initials_come_from_the_first_two_words() {
        assert_eq!(initials("Иванов Иван Иванович"), "ИИ");
        assert_eq!(initials("  emma 🚀 stone "), "ES");
        assert_eq!(initials("«Ёлкина»"), "Ё");
        assert_eq!(initials("🚀"), "");
    }

    #[test]
    fn any_seed_has_a_colour() {
        assert!((0..7).contains(&colour(-5)));
        assert_eq!(colour(700_100), colour(700_100));
    }
}
