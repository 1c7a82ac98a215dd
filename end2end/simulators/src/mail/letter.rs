//! Reading a mail as a mail program shows it: enough of MIME for what we send.

use base64::{Engine as _, prelude::BASE64_STANDARD};

/// A mail as it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Of the envelope.
    pub from: String,
    /// Of the envelope.
    pub to: Vec<String>,
    /// Headers and body.
    pub raw: String,
    /// When, in seconds since 1970.
    pub at_s: i64,
}

/// A part of a mail.
struct Part<'a> {
    headers: &'a str,
    body: &'a str,
}

impl<'a> Part<'a> {
    fn of(raw: &'a str) -> Self {
        let (headers, body) = raw.split_once("\r\n\r\n").unwrap_or((raw, ""));
        Self { headers, body }
    }

    /// A header in one line, as it was sent.
    fn header(&self, name: &str) -> Option<String> {
        let unfolded = self.headers.replace("\r\n ", " ").replace("\r\n\t", " ");
        unfolded.split("\r\n").find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    fn parts(&self) -> Vec<Part<'a>> {
        let kind = self.header("Content-Type").unwrap_or_default();
        let Some((_, boundary)) = kind.split_once("boundary=") else { return Vec::new() };
        let boundary = format!("--{}", boundary.split(';').next().unwrap_or_default().trim_matches('"'));
        let inside = self.body.split(boundary.as_str()).skip(1).filter(|part| !part.starts_with("--"));
        inside.map(|part| Part::of(part.trim_start_matches("\r\n"))).collect()
    }

    fn content(&self) -> Vec<u8> {
        match self.header("Content-Transfer-Encoding").as_deref() {
            Some("base64") => {
                let plain: String = self.body.chars().filter(|c| !c.is_whitespace()).collect();
                BASE64_STANDARD.decode(plain).unwrap_or_default()
            }
            Some("quoted-printable") => quoted(&self.body.replace("=\r\n", "")),
            _ => self.body.trim_end().as_bytes().to_vec(),
        }
    }
}

impl Letter {
    /// A header, decoded.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        Part::of(&self.raw).header(name).map(|value| words(&value))
    }

    /// What it says.
    #[must_use]
    pub fn text(&self) -> String {
        let whole = Part::of(&self.raw);
        let parts = whole.parts();
        let text = String::from_utf8_lossy(&parts.first().unwrap_or(&whole).content()).into_owned();
        text.replace("\r\n", "\n").trim_end().to_owned()
    }

    /// Names of its files with what is in them.
    #[must_use]
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let named = |part: &Part<'_>| {
            let place = part.header("Content-Disposition")?;
            let name = place.split_once("filename=").map(|(_, name)| name.trim_matches('"').to_owned());
            Some((words(&name.unwrap_or(place)), part.content()))
        };
        Part::of(&self.raw).parts().iter().filter_map(named).collect()
    }
}

fn quoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if first == b'=' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

/// Encoded words of RFC 2047; the blank between two of them is none.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value.to_owned().replace("?= =?", "?==?");
    while let Some(begin) = rest.find("=?") {
        out.push_str(&rest[..begin]);
        let parts: Vec<&str> = rest[begin + 2..].splitn(4, '?').collect();
        let [_, kind, text, after] = parts[..] else { break };
        let bytes = match kind {
            "b" | "B" => BASE64_STANDARD.decode(text).unwrap_or_default(),
            _ => quoted(&text.replace('_', " ")),
        };
        out.push_str(&String::from_utf8_lossy(&bytes));
        rest = after.strip_prefix('=').unwrap_or(after).to_owned();
    }
    out + &rest
}

#[cfg(test)]
mod tests {
    use super::{Letter, words};

    #[test]
    fn a_mail_with_a_file_is_read() {
        let raw = "Subject: =?utf-8?b?0J/RgNC40L3RgtC10YA=?=\r\nContent-Type: multipart/mixed;\r\n boundary=\"x\"\r\n\r\n--x\r\n\
                   Content-Transfer-Encoding: quoted-printable\r\n\r\n=D0=94=D0=B0\r\n--x\r\nContent-Disposition: attachment; \
                   filename=\"a.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\naGk=\r\n--x--\r\n";
        let letter = Letter { from: String::new(), to: Vec::new(), raw: raw.to_owned(), at_s: 0 };
        assert_eq!(letter.header("subject").as_deref(), Some("Принтер"));
        assert_eq!(letter.text(), "Да");
        assert_eq!(letter.files(), [("a.txt".to_owned(), b"hi".to_vec())]);
        assert_eq!(words("plain"), "plain");
    }
}
