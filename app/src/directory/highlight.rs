//! Cuts a shown text into pieces that fit the query and pieces that do not.
//!
//! The server counts in UTF-16 units, as every browser does; a range that lies outside the text or cuts
//! a character in two is widened or dropped, never a reason to panic.

/// A piece of text, and whether it is part of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The letters.
    pub text: String,
    /// Shown as a match.
    pub hit: bool,
}

impl Piece {
    /// A piece outside every match.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), hit: false }
    }
}

/// The whole text in pieces, in order; joined they give the text again.
#[must_use]
pub fn pieces(text: &str, ranges: &[[u32; 2]]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut unit = 0_u32;
    for letter in text.chars() {
        let width = u32::try_from(letter.len_utf16()).unwrap_or(1);
        let hit = ranges.iter().any(|[from, to]| *from < unit + width && unit < *to);
        match pieces.last_mut() {
            Some(last) if last.hit == hit => last.text.push(letter),
            _ => pieces.push(Piece { text: letter.into(), hit }),
        }
        unit += width;
    }
    pieces
}

/// The same ranges in a text of which `skipped` units at the front are not shown.
#[must_use]
pub fn shifted(ranges: &[[u32; 2]], skipped: u32) -> Vec<[u32; 2]> {
    ranges
        .iter()
        .filter(|[_, to]| *to > skipped)
        .map(|[from, to]| [from.saturating_sub(skipped), to - skipped])
        .collect()
}

/// How many UTF-16 units a text has.
#[must_use]
pub fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces, shifted, units};

    fn hits(text: &str, ranges: &[[u32; 2]]) -> String {
        pieces(text, ranges)
            .into_iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text })
            .collect()
    }

    #[test]
    fn cyrillic_is_one_unit_a_letter() {
        assert_eq!(hits("Иванов", &[[0, 3]]), "[Ива]нов");
    }

    #[test]
    fn an_emoji_is_two_units() {
        assert_eq!(hits("🙂 Иван", &[[3, 5]]), "🙂 [Ив]ан");
    }

    #[test]
    fn half_an_emoji_is_the_whole() {
        assert_eq!(hits("а🙂б", &[[2, 3]]), "а[🙂]б");
    }

    #[test]
    fn several_ranges_keep_their_order() {
        assert_eq!(hits("10.16.5.7", &[[0, 2], [6, 7]]), "[10].16.[5].7");
    }

    #[test]
    fn touching_ranges_are_one_piece() {
        assert_eq!(hits("abcd", &[[0, 1], [1, 3]]), "[abc]d");
    }

    #[test]
    fn ranges_beyond_the_end_are_harmless() {
        assert_eq!(hits("аб", &[[1, 9], [20, 30]]), "а[б]");
    }

    #[test]
    fn nothing_to_find_is_one_piece_and_nothing_to_show_is_none() {
        assert_eq!(pieces("аб", &[]), [Piece::plain("аб")]);
        assert_eq!(pieces("", &[[0, 1]]), []);
    }

    #[test]
    fn a_shift_drops_what_lies_before() {
        assert_eq!(shifted(&[[0, 2], [3, 8], [9, 10]], 5), [[0, 3], [4, 5]]);
    }

    #[test]
    fn units_count_as_the_browser_does() {
        assert_eq!(units("а🙂"), 3);
    }
}
