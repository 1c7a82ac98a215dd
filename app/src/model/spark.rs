//! The latest checks of a monitor in 24 bytes (base64 on the wire), oldest first: enough for a sparkline.
//!
//! A byte is 0 where there is nothing, 255 for a bad check, else the latency on a logarithmic scale, so that
//! a millisecond and a minute both find their place: `1 + 23 · ln(1 + ms)`, at most 254.

/// How many checks it holds.
pub const LENGTH: usize = 24;
/// No check.
pub const NOTHING: u8 = 0;
/// A bad check.
pub const BAD: u8 = 255;

/// The byte of a good check that took so long.
#[must_use]
pub fn byte(latency_ms: u32) -> u8 {
    let scaled = 1.0 + 23.0 * (1.0 + f64::from(latency_ms)).ln();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 254 by now")]
    let byte = scaled.min(254.0) as u8;
    byte
}

/// Reads the bytes; nothing where the text is none.
#[must_use]
pub fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(LENGTH);
    let (mut bits, mut held) = (0_u32, 0);
    for c in text.bytes().take_while(|c| *c != b'=') {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return Vec::new(),
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff).to_le_bytes()[0]);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_monotonous_and_ends_before_bad() {
        let bytes: Vec<u8> = [0, 1, 2, 10, 100, 1_000, 60_000, u32::MAX].into_iter().map(byte).collect();
        assert_eq!(bytes, [1, 16, 26, 56, 107, 159, 254, 254]);
    }

    #[test]
    fn base64_is_read_and_anything_else_is_nothing() {
        assert_eq!(decode("AAH/"), [0, 1, 255]);
        assert_eq!(decode("AQ=="), [1]);
        assert_eq!(decode("not base64!"), Vec::<u8>::new());
    }
}
