//! The user's theme as style variables (pure): Telegram's own, and ours where Telegram's would be hard
//! to read. Themes are arbitrary, so every text colour is checked against the grounds it stands on.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::colour::{Colour, WHITE};

/// What WCAG asks of text.
const READABLE: f32 = 4.5;
/// The grey that fields and tinted buttons lay over a section (`--fill` in `tokens.scss`) and how much.
const FILL: (Colour, u16) = (Colour(118, 118, 128), 12);

/// Colours by their name in Telegram: `bg_color`, `text_color` …
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeParams(BTreeMap<String, Colour>);

impl ThemeParams {
    /// Reads a JSON object; what is no colour is left out.
    #[must_use]
    pub fn parse(json: &str) -> Self {
        let params: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).unwrap_or_default();
        Self(
            params
                .into_iter()
                .filter(|(name, _)| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
                .filter_map(|(name, value)| {
                    Some((name, Colour::parse(&serde_json::from_str::<String>(value.get()).ok()?)?))
                })
                .collect(),
        )
    }

    /// Whether the client said anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the theme is a dark one, by its ground.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        self.ground().is_dark()
    }

    fn get(&self, name: &str) -> Option<Colour> {
        self.0.get(name).copied()
    }

    fn ground(&self) -> Colour {
        self.get("bg_color").unwrap_or(WHITE)
    }

    /// All style variables to set: Telegram's `--tg-theme-…` and our corrected tokens.
    #[must_use]
    pub fn variables(&self) -> Vec<(String, String)> {
        let mut variables: Vec<_> = self
            .0
            .iter()
            .map(|(name, colour)| (["--tg-theme-", &name.replace('_', "-")].concat(), colour.to_hex()))
            .collect();
        variables.extend(self.tokens().into_iter().map(|(name, colour)| (name.to_owned(), colour.to_hex())));
        variables
    }

    /// Our tokens, legible on this theme's grounds.
    fn tokens(&self) -> Vec<(&'static str, Colour)> {
        let dark = self.is_dark();
        let section = self.get("section_bg_color").unwrap_or_else(|| self.ground());
        let page = self.get("secondary_bg_color").unwrap_or_else(|| self.ground());
        let grounds = [page, section, section.mixed(FILL.0, FILL.1)];
        let mut tokens = Vec::new();
        for (token, params, light_default, dark_default) in TEXT_TOKENS {
            let given = params.iter().find_map(|name| self.get(name));
            let colour = given.unwrap_or(if dark { dark_default } else { light_default });
            tokens.push((token, colour.legible(&grounds, READABLE)));
        }
        if let Some(button) = self.get("button_color") {
            // The text on a button keeps its colour, the button gives way.
            let text = self.get("button_text_color").unwrap_or(WHITE);
            tokens.push(("--button", button.legible(&[text], READABLE)));
            tokens.push(("--button-text", text));
        }
        tokens
    }
}

/// Token, the parameters it comes from in order, defaults in light and dark. The states come from no
/// parameter: they are the same in every theme as far as legibility allows.
const TEXT_TOKENS: [(&str, &[&str], Colour, Colour); 13] = [
    ("--text", &["text_color"], Colour(0, 0, 0), WHITE),
    ("--subtitle", &["subtitle_text_color", "hint_color"], Colour(0x70, 0x75, 0x79), Colour(0xaa, 0xaa, 0xaa)),
    ("--hint", &["hint_color"], Colour(0x70, 0x75, 0x79), Colour(0xaa, 0xaa, 0xaa)),
    (
        "--section-header",
        &["section_header_text_color", "hint_color"],
        Colour(0x70, 0x75, 0x79),
        Colour(0xaa, 0xaa, 0xaa),
    ),
    ("--accent", &["accent_text_color", "link_color", "button_color"], Colour(0, 0x7a, 0xff), Colour(0x29, 0x90, 0xff)),
    ("--destructive", &["destructive_text_color"], Colour(0xe5, 0x39, 0x35), Colour(0xe5, 0x39, 0x35)),
    ("--warning", &[], Colour(0x96, 0x5f, 0), Colour(0xf0, 0xb4, 0x3c)),
    ("--state-up", &[], Colour(0x1a, 0x7f, 0x37), Colour(0x4c, 0xc3, 0x6a)),
    ("--state-degraded", &[], Colour(0x96, 0x5f, 0), Colour(0xf0, 0xb4, 0x3c)),
    ("--state-down", &[], Colour(0xcf, 0x22, 0x2e), Colour(0xff, 0x7b, 0x72)),
    ("--state-unknown", &[], Colour(0x65, 0x6d, 0x76), Colour(0xa0, 0xa6, 0xad)),
    ("--state-maintenance", &[], Colour(0x09, 0x69, 0xda), Colour(0x6c, 0xb0, 0xff)),
    ("--state-paused", &[], Colour(0x65, 0x6d, 0x76), Colour(0xa0, 0xa6, 0xad)),
];

#[cfg(test)]
mod tests {
    use super::{Colour, READABLE, ThemeParams};

    const LOUD: &str = r##"{"bg_color":"#ffe45e","text_color":"#3b0a45","hint_color":"#c04f8a","link_color":"#ff006e",
        "button_color":"#ff006e","button_text_color":"#ffe45e","secondary_bg_color":"#ff9e00","section_bg_color":"#ffe45e"}"##;
    const DARK: &str = r##"{"bg_color":"#17212b","text_color":"#f5f5f5","hint_color":"#708499","link_color":"#6ab3f3",
        "button_color":"#5288c1","button_text_color":"#ffffff","secondary_bg_color":"#232e3c"}"##;

    fn variable(theme: &ThemeParams, name: &str) -> Colour {
        let variables = theme.variables();
        let found = variables.iter().find(|(known, _)| known == name).expect("is set");
        Colour::parse(&found.1).expect("a colour")
    }

    #[test]
    fn what_is_no_colour_is_left_out() {
        let theme = ThemeParams::parse(r##"{"bg_color":"#FFFFFF","x y":"#000000","text_color":"red","hint_color":7}"##);
        assert_eq!(theme.0.len(), 1);
        assert!(ThemeParams::parse("no json").is_empty());
        assert!(ThemeParams::parse("").is_empty());
    }

    #[test]
    fn telegrams_variables_are_set_as_they_are() {
        let theme = ThemeParams::parse(LOUD);
        assert_eq!(variable(&theme, "--tg-theme-secondary-bg-color"), Colour(0xff, 0x9e, 0x00));
        assert_eq!(variable(&theme, "--tg-theme-hint-color"), Colour(0xc0, 0x4f, 0x8a));
    }

    #[test]
    fn every_text_is_legible_on_every_ground() {
        for json in [LOUD, DARK, r##"{"bg_color":"#000000"}"##, r##"{"bg_color":"#ffffff","hint_color":"#eeeeee"}"##] {
            let theme = ThemeParams::parse(json);
            let section = theme.get("section_bg_color").unwrap_or_else(|| theme.ground());
            let page = theme.get("secondary_bg_color").unwrap_or_else(|| theme.ground());
            for (name, colour) in theme.tokens().into_iter().filter(|(name, _)| !name.starts_with("--button")) {
                for ground in [page, section] {
                    assert!(colour.contrast(ground) >= READABLE, "{name} on {ground:?} in {json}");
                }
            }
            if json.contains("button") {
                assert!(variable(&theme, "--button").contrast(variable(&theme, "--button-text")) >= READABLE);
            }
        }
    }

    #[test]
    fn the_scheme_follows_the_ground() {
        assert!(ThemeParams::parse(DARK).is_dark());
        assert!(!ThemeParams::parse(LOUD).is_dark());
    }
}
