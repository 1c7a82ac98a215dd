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
        let mut lines = Lines::of(raw.len());
        let mut bytes = raw.iter();
        while let Some(&byte) = bytes.next() {
            match (CLASSES[usize::from(byte)], byte) {
                (Class::Plain, _) => lines.push(byte),
                (Class::Special, b'%') => match decode_pair(*bytes.next()?, *bytes.next()?)? {
                    b'=' if lines.equals.is_none() => return None,
                    decoded => lines.push(decoded),
                },
                (Class::Special, b'+') => lines.push(b' '),
                (Class::Special, b'=') => {
                    lines.equals.get_or_insert(lines.end);
                    lines.push(b'=');
                }
                (Class::Special, _) => lines.end_field(),
                (Class::Control, _) => return None,
            }
        }
        lines.end_field();
        let Lines { mut text, start, mut fields, .. } = lines;
        text.truncate(start);

        // Fields are parted by ASCII, so the whole is UTF-8 only if each of them is.
        let text = String::from_utf8(text).ok()?;
        if has_late_control(&text) {
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

/// The text of a [`Form`] while it is written.
struct Lines {
    /// Long enough from the beginning, which is faster than to let it grow byte by byte; zeros from `end` on.
    text: Vec<u8>,
    end: usize,
    /// Of the last line, which is not ended yet.
    start: usize,
    equals: Option<usize>,
    fields: Vec<Field>,
}

impl Lines {
    /// For a form of so many bytes: decoding never lengthens, and a field gains a line feed and perhaps an equals
    /// sign.
    fn of(raw: usize) -> Self {
        Self { text: vec![0; 2 * raw + 2], end: 0, start: 0, equals: None, fields: Vec::with_capacity(16) }
    }

    fn push(&mut self, byte: u8) {
        self.text[self.end] = byte;
        self.end += 1;
    }

    /// Nothing between two ampersands is no field, and one without an equals sign has an empty value, as in
    /// every form.
    fn end_field(&mut self) {
        if self.end > self.start {
            let equals = self.equals.take().unwrap_or_else(|| {
                self.push(b'=');
                self.end - 1
            });
            self.fields.push(Field { start: self.start, equals, end: self.end });
            self.push(b'\n');
            self.start = self.end;
        }
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

/// Whether there is a control character beyond ASCII, U+0080 to U+009F. Looks at everything without stopping,
/// several bytes at once.
fn has_late_control(text: &str) -> bool {
    text.as_bytes().windows(2).fold(false, |found, pair| found | ((pair[0] == 0xc2) & (pair[1] < 0xa0)))
}
