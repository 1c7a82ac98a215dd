//! E-mail addresses.

/// Greatest length, in characters.
pub const LIMIT: usize = 254;

/// A text that is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid;

/// The address in lower case; nothing when nothing is there.
///
/// # Errors
/// [`Invalid`] when there is something else.
pub fn parse(text: &str) -> Result<Option<String>, Invalid> {
    let Some(cleaned) = super::text::value(text) else {
        return Ok(None);
    };
    let outer = |c: char| c == ' ' || c == ';' || c == ',';
    let mut address = cleaned.trim_matches(outer);
    if let Some((scheme, rest)) = address.split_at_checked(7)
        && scheme.eq_ignore_ascii_case("mailto:")
    {
        address = rest.trim_matches(outer);
    }
    if address.is_empty() {
        return Ok(None);
    }
    // Before lower case: it makes ASCII of letters such as the Kelvin sign.
    if !address.is_ascii() || address.len() > LIMIT {
        return Err(Invalid);
    }
    let address = address.to_ascii_lowercase();
    if is_valid(&address) { Ok(Some(address)) } else { Err(Invalid) }
}

fn is_valid(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    let Some((labels, top)) = domain.rsplit_once('.') else {
        return false;
    };
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    !local.is_empty()
        && local.chars().all(|c| word(c) || "._%+-".contains(c))
        && labels.split('.').all(|label| !label.is_empty() && label.chars().all(|c| word(c) || c == '-'))
        && top.len() >= 2
        && top.chars().all(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_any_dress_are_read() {
        let table = [
            ("Ivanov.IP@Sever-Tech.Example", "ivanov.ip@sever-tech.example"),
            (" mailto:a@b.example", "a@b.example"),
            ("MAILTO: a@b.example ;", "a@b.example"),
            ("; a_b%c+d-e@1.2-3.example,\u{a0}", "a_b%c+d-e@1.2-3.example"),
        ];
        for (text, address) in table {
            assert_eq!(parse(text), Ok(Some(address.to_owned())));
        }
    }

    #[test]
    fn nothing_is_no_address() {
        for text in ["", "нет", " - ", ";", "mailto:"] {
            assert_eq!(parse(text), Ok(None), "{text:?}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!("{}@b.example", "a".repeat(LIMIT));
        for text in [
            "ivanov@",
            "ivanov",
            "a b@c.example",
            "иванов@c.example",
            "a@@b.example",
            "a@localhost",
            "a@b.c",
            "a@.example",
            "a@b..example",
            "a@b.ex1",
            "<a@b.example>",
            "a@b.example; c@d.example",
            "\u{212a}@b.example",
            &long,
        ] {
            assert_eq!(parse(text), Err(Invalid), "{text:?}");
        }
    }
}
