//! Addresses within a text become links: of the web and of mail, nothing else, and what is shown is where it leads.

use crate::{directory::links::mail, fleet::links::is_web};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What is shown.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// Longer than that nobody types, and nobody reads where it leads.
const LONGEST: usize = 2_000;

/// Finds the addresses.
#[must_use]
pub fn spans(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += word.len();
        let Some((from, to, href)) = address(word) else { continue };
        push(&mut spans, &text[plain..start + from], None);
        push(&mut spans, &word[from..to], Some(href));
        plain = start + to;
    }
    push(&mut spans, &text[plain..], None);
    spans
}

fn push(spans: &mut Vec<Span>, text: &str, href: Option<String>) {
    if !text.is_empty() {
        spans.push(Span { text: text.to_owned(), href });
    }
}

/// The address within a word, and where it begins and ends.
fn address(word: &str) -> Option<(usize, usize, String)> {
    let web = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
    let from = match web {
        Some(from) => from,
        None => word.find(|letter: char| letter.is_ascii_alphanumeric())?,
    };
    let address = word[from..].trim_end_matches(|letter: char| {
        letter.is_whitespace()
            || matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '>' | ']' | '}' | '"' | '\'' | '»' | '…')
    });
    // A bracket belongs to an address that opened it.
    let opened = address.matches('(').count();
    let closed = address.matches(')').count();
    let address = if closed > opened { address.strip_suffix(')').unwrap_or(address) } else { address };
    if address.len() > LONGEST {
        return None;
    }
    let href = if web.is_some() {
        let host = address.split("//").nth(1).unwrap_or_default();
        (is_web(address) && host.starts_with(|first: char| first.is_alphanumeric() || first == '['))
            .then(|| address.to_owned())
    } else {
        is_mail(address).then(|| mail(address))
    };
    Some((from, from + address.len(), href?))
}

fn is_mail(address: &str) -> bool {
    let good = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-+".contains(&byte))
    };
    address.split_once('@').is_some_and(|(name, host)| {
        good(name) && good(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    })
}

#[cfg(test)]
mod tests {
    use super::spans;

    fn links(text: &str) -> Vec<(String, String)> {
        let links = spans(text).into_iter().filter_map(|span| Some((span.text, span.href?)));
        links.collect()
    }

    #[test]
    fn addresses_are_found_without_the_marks_around_them() {
        assert_eq!(
            links("см. (https://wiki.example.com/a_(b)?q=1), <http://10.0.0.1:8080/>; и пишите: it@example.com."),
            [
                (
                    "https://wiki.example.com/a_(b)?q=1)".replace("1)", "1"),
                    "https://wiki.example.com/a_(b)?q=1".to_owned()
                ),
                ("http://10.0.0.1:8080/".into(), "http://10.0.0.1:8080/".into()),
                ("it@example.com".into(), "mailto:it@example.com".into()),
            ]
        );
    }

    #[test]
    fn nothing_of_the_text_is_lost() {
        let text = "до https://a.example/б в\nстроке\u{2028}x@y.example, конец ";
        assert_eq!(spans(text).into_iter().map(|span| span.text).collect::<String>(), text);
    }

    #[test]
    fn what_could_run_or_deceive_is_no_link() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,<script>",
            "https://",
            "https://.",
            "vbscript:x@y.example",
            "@example.com",
            "a@b",
            "file:///etc/passwd",
        ] {
            assert_eq!(links(text), [], "{text}");
        }
    }
}
