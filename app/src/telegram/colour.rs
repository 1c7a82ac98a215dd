//! Colours and their contrast as WCAG 2 defines it (pure).

/// A colour without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Writes `#rrggbb`.
    #[must_use]
    pub fn to_hex(self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::from("#");
        for part in [self.0, self.1, self.2] {
            text.push(char::from(DIGITS[usize::from(part >> 4)]));
            text.push(char::from(DIGITS[usize::from(part & 15)]));
        }
        text
    }

    /// This colour with `percent` of another one in it.
    #[must_use]
    pub fn mixed(self, other: Self, percent: u16) -> Self {
        let mix = |a: u8, b: u8| {
            let sum = u16::from(a) * (100 - percent) + u16::from(b) * percent;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Relative luminance, 0 (black) to 1 (white).
    #[must_use]
    pub fn luminance(self) -> f32 {
        let linear = |part: u8| {
            let part = f32::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast with another colour, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whether it is a dark ground.
    #[must_use]
    pub fn is_dark(self) -> bool {
        // Where black and white text would be equally legible.
        self.luminance() < 0.179
    }

    /// The nearest colour that can be read on all `grounds` with at least this contrast: itself if it can
    /// be, else mixed with black or white as little as it takes.
    #[must_use]
    pub fn legible(self, grounds: &[Self], contrast: f32) -> Self {
        let worst = |colour: Self| grounds.iter().map(|ground| colour.contrast(*ground)).fold(f32::MAX, f32::min);
        if worst(self) >= contrast {
            return self;
        }
        let ink = if worst(BLACK) >= worst(WHITE) { BLACK } else { WHITE };
        (1..=25).map(|step| self.mixed(ink, step * 4)).find(|colour| worst(*colour) >= contrast).unwrap_or(ink)
    }
}

/// Black.
pub const BLACK: Colour = Colour(0, 0, 0);
/// White.
pub const WHITE: Colour = Colour(255, 255, 255);

#[cfg(test)]
mod tests {
    use super::{BLACK, Colour, WHITE};

    #[test]
    fn hex_is_read_and_written() {
        assert_eq!(Colour::parse("#1a2B3c"), Some(Colour(0x1a, 0x2b, 0x3c)));
        assert_eq!(Colour(0x1a, 0x2b, 0x3c).to_hex(), "#1a2b3c");
        for text in ["1a2b3c", "#fff", "#12345g", "#éé12", ""] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 0.01);
        assert!((Colour(0x77, 0x77, 0x77).contrast(WHITE) - 4.48).abs() < 0.01);
        assert!(Colour(0x21, 0x21, 0x21).is_dark());
        assert!(!Colour(0xff, 0xe4, 0x5e).is_dark());
    }

    #[test]
    fn a_legible_colour_stays() {
        let red = Colour(0xb0, 0x10, 0x10);
        assert_eq!(red.legible(&[WHITE], 4.5), red);
    }

    #[test]
    fn any_colour_becomes_legible_on_any_one_ground() {
        for ground in [WHITE, BLACK, Colour(0xff, 0xe4, 0x5e), Colour(0x80, 0x80, 0x80), Colour(0xff, 0, 0x6e)] {
            for colour in [WHITE, BLACK, Colour(0x33, 0x90, 0xec), Colour(0xc0, 0x4f, 0x8a), ground] {
                assert!(colour.legible(&[ground], 4.5).contrast(ground) >= 4.5, "{colour:?} on {ground:?}");
            }
        }
    }
}
