//! Strict decoding of a query string: every text either has exactly one reading or is refused.
//!
//! Libraries replace bad UTF-8, keep the first or the last of two equal keys, and pass stray percent
//! signs through; each of these lets two readers of one signed text see different things.

/// A decoded form with its fields in the order of their keys.
pub(super) struct Form {
    /// `key=value` of each field, decoded, each followed by a line feed: what the hash is made of, so
    /// that a line need not be put together again.
    text: String,
    fields: Vec<Field>,
}

#[derive(Clone, Copy)]
struct Field {
    start: usize,
    equals: usize,
    end: usize,
}

/// What a byte means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    /// Means something to the encoding.
    Special,
    Control,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Plain; 256];
    let mut byte = 0;
    while byte < 0x20 {
        classes[byte] = Class::Control;
        byte += 1;
    }
    classes[0x7f] = Class::Control;
    classes[b'%' as usize] = Class::Special;
    classes[b'+' as usize] = Class::Special;
    classes[b'&' as usize] = Class::Special;
    classes[b'=' as usize] = Class::Special;
    classes
};

const NO_DIGIT: u8 = 0xff;

const DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut digit = 0;
    while digit < 16 {
        digits[b"0123456789abcdef"[digit as usize] as usize] = digit;
        digits[b"0123456789ABCDEF"[digit as usize] as usize] = digit;
        digit += 1;
    }
    digits
};

impl Form {
    /// Decodes the form once, or nothing if it has no single reading: a bad percent sign, bytes that
    /// are no UTF-8, a control character, a key twice, a key with an equals sign in it (which would
    /// sign the same line as a shorter key).
    pub(super) fn decode(raw: &[u8]) -> Option<Self> {
        let mut text = Vec::with_capacity(raw.len() + 8);
        let mut fields = Vec::with_capacity(16);
        let mut start = 0;
        let mut equals = None;
        let mut rest = raw;
        loop {
            let plain = rest.iter().take_while(|byte| CLASSES[usize::from(**byte)] == Class::Plain).count();
            let (plain, special) = rest.split_at(plain);
            text.extend_from_slice(plain);
            rest = match special {
                [b'%', high, low, after @ ..] => {
                    let decoded = decode_pair(*high, *low)?;
                    if decoded == b'=' && equals.is_none() {
                        return None;
                    }
                    text.push(decoded);
                    after
                }
                [b'+', after @ ..] => {
                    text.push(b' ');
                    after
                }
                [b'=', after @ ..] => {
                    equals.get_or_insert(text.len());
                    text.push(b'=');
                    after
                }
                [b'&', after @ ..] => {
                    end_field(&mut text, &mut fields, &mut start, &mut equals);
                    after
                }
                [] => break,
                // A control character, or a percent sign without its two digits.
                _ => return None,
            };
        }
        end_field(&mut text, &mut fields, &mut start, &mut equals);

        // Fields are parted by ASCII, so the whole is UTF-8 only if each of them is.
        let text = String::from_utf8(text).ok()?;
        if !text.is_ascii() && text.chars().any(|c| c.is_control() && c != '\n') {
            return None;
        }
        let key = |field: &Field| &text.as_bytes()[field.start..field.equals];
        fields.sort_unstable_by(|a, b| key(a).cmp(key(b)));
        if fields.windows(2).any(|pair| key(&pair[0]) == key(&pair[1])) {
            return None;
        }
        Some(Self { text, fields })
    }

    /// The decoded value of a field.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| &self.text[field.start..field.equals] == key)
            .map(|field| &self.text[field.equals + 1..field.end])
    }

    /// Gives the data-check-string piece by piece: all fields but `hash`, sorted, a line each, no line
    /// feed after the last.
    pub(super) fn each_signed_piece(&self, mut piece: impl FnMut(&[u8])) {
        let text = self.text.as_bytes();
        let mut signed = self.fields.iter().filter(|field| &text[field.start..field.equals] != b"hash").peekable();
        while let Some(field) = signed.next() {
            let end = if signed.peek().is_some() { field.end + 1 } else { field.end };
            piece(&text[field.start..end]);
        }
    }
}

/// Closes the field that began at `start`; nothing between two ampersands is no field, and one without
/// an equals sign has an empty value, as in every form.
fn end_field(text: &mut Vec<u8>, fields: &mut Vec<Field>, start: &mut usize, equals: &mut Option<usize>) {
    if text.len() > *start {
        let equals = equals.take().unwrap_or_else(|| {
            text.push(b'=');
            text.len() - 1
        });
        fields.push(Field { start: *start, equals, end: text.len() });
        text.push(b'\n');
        *start = text.len();
    }
}

/// The byte behind two hexadecimal digits, unless it is a control character.
fn decode_pair(high: u8, low: u8) -> Option<u8> {
    let (high, low) = (DIGITS[usize::from(high)], DIGITS[usize::from(low)]);
    if high == NO_DIGIT || low == NO_DIGIT {
        return None;
    }
    let decoded = (high << 4) | low;
    (CLASSES[usize::from(decoded)] != Class::Control).then_some(decoded)
}
