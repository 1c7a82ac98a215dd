//! Texts from outside made fit to be kept, shown and searched. Pure.
//!
//! What customers write is not ours: control characters, signs that turn the direction of a line, towers of accents and
//! names of files with folders in them end here.

use unicode_normalization::char::is_combining_mark;

/// Accents that a letter may carry; more of them climb over the lines above.
const ACCENTS: usize = 3;
/// Characters of a body that are kept: what a phone can show.
const BODY: usize = 100_000;
/// Characters of a file's name.
const FILE_NAME: usize = 120;
/// Characters of the articles of one ticket that are searched.
const SEARCHED: usize = 200_000;
/// A longer word is no word: base64, keys, lines of signs.
const WORD: usize = 40;
/// More words make a search slow and not better.
const WORDS_ASKED: usize = 12;

/// A text without what breaks a screen; line feeds and tabs stay.
pub fn text(from: &str) -> String {
    let mut accents = 0;
    let kept = from.chars().filter(|&c| {
        accents = if is_combining_mark(c) { accents + 1 } else { 0 };
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        accents <= ACCENTS && !turns && (!c.is_control() || matches!(c, '\n' | '\t'))
    });
    kept.collect()
}

/// The same in one line.
pub fn line(from: &str) -> String {
    let spaced: String = from.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    text(spaced.trim())
}

/// A body, and whether it was cut.
pub fn body(from: &str) -> (String, bool) {
    let whole = text(from);
    match whole.char_indices().nth(BODY) {
        Some((end, _)) => (whole[..end].to_owned(), true),
        None => (whole, false),
    }
}

/// A name that is safe in every folder: no path, no leading dot, nothing that a system keeps for itself.
pub fn file_name(from: &str) -> String {
    let last = from.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = line(last)
        .chars()
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let plain = plain.trim_start_matches('.').trim_end_matches(['.', ' ']).trim();
    let (stem, end) = match plain.rfind('.') {
        Some(dot) if plain.len() - dot <= 12 => plain.split_at(dot),
        _ => (plain, ""),
    };
    let stem: String = stem.chars().take(FILE_NAME).collect();
    if stem.is_empty() { format!("file{end}") } else { format!("{stem}{end}") }
}

/// A type that a browser only shows; everything else is bytes.
pub fn file_type(from: &str) -> &'static str {
    let kind = from.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let harmless = [
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "application/pdf",
        "text/plain",
        "audio/mpeg",
        "video/mp4",
    ];
    harmless.into_iter().find(|harmless| *harmless == kind).unwrap_or("application/octet-stream")
}

/// The words of a text, as they are searched.
pub fn words(from: &str) -> impl Iterator<Item = String> + '_ {
    from.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && word.chars().count() <= WORD)
        .map(|word| word.to_lowercase().replace('ё', "е"))
}

/// Words of many texts in one, as much of them as is searched.
pub fn searched<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for text in texts {
        for word in words(text) {
            if all.len() > SEARCHED {
                return all;
            }
            all.push_str(&word);
            all.push(' ');
        }
    }
    all
}

/// All ends of a number of at least three digits: so any part of it begins one of its words.
pub fn ends(number: &str) -> String {
    let ends = number.char_indices().map(|(at, _)| &number[at..]).filter(|end| end.len() >= 3);
    ends.collect::<Vec<_>>().join(" ")
}

/// What is asked for, as `to_tsquery` takes it: each word, or the beginning of one. Nothing when there are no words.
///
/// Words joined by signs are whole but for the last, which somebody may still be typing: a beginning that is in most tickets,
/// such as that of our own host in an address, is costly to look for. The last word of an address is in all of them.
pub fn query(from: &str) -> Option<String> {
    let asked = from.split_whitespace().flat_map(|joined| {
        let mut words: Vec<String> = words(joined).collect();
        let host = joined.split_once('@').map_or("", |(_, host)| host.trim_end_matches(|c: char| !c.is_alphanumeric()));
        if host.contains('.') && words.last().is_some_and(|word| word.contains(char::is_alphabetic)) {
            words.pop();
        } else if let Some(last) = words.last_mut() {
            last.push_str(":*");
        }
        words
    });
    let asked: Vec<String> = asked.take(WORDS_ASKED).collect();
    (!asked.is_empty()).then(|| asked.join(" & "))
}

/// Name and address of a header such as `"Tina Tester" <tina@corp.test>`.
pub fn person(header: &str) -> (Option<String>, Option<String>) {
    let (name, address) = match header.rsplit_once('<') {
        Some((name, address)) => (name, address.split('>').next().unwrap_or_default()),
        None if header.contains('@') => ("", header),
        None => (header, ""),
    };
    let name = line(name.trim().trim_matches('"'));
    let address = address.trim().to_lowercase();
    let is_address = address.contains('@') && !address.contains(char::is_whitespace);
    (Some(name).filter(|name| !name.is_empty()), Some(address).filter(|_| is_address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_breaks_a_screen_stays() {
        assert_eq!(text("a\u{0}b\u{1b}[31m\r\nc\td"), "ab[31m\nc\td");
        assert_eq!(text("safe\u{202e}fdp.exe"), "safefdp.exe");
        let tower = format!("Z{}a", "\u{0301}".repeat(50));
        assert_eq!(text(&tower).chars().count(), 5);
        assert_eq!(text("שלום, café ё"), "שלום, café ё");
        assert_eq!(line(" two\nlines\u{2028}here "), "two lines here");
        assert_eq!(body(&"я".repeat(100_001)), ("я".repeat(100_000), true));
    }

    #[test]
    fn names_of_files_lead_nowhere() {
        for (from, to) in [
            ("../../etc/passwd", "passwd"),
            ("/../etc/x.txt", "x.txt"),
            ("C:\\Windows\\evil.exe", "evil.exe"),
            ("..", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("отчёт за 2026.pdf", "отчёт за 2026.pdf"),
            ("a\"b\r\nc<d>.txt", "a_b  c_d_.txt"),
            ("safe\u{202e}fdp.exe", "safefdp.exe"),
        ] {
            assert_eq!(file_name(from), to, "{from:?}");
        }
        let long = format!("{}.pdf", "ы".repeat(500));
        assert!(file_name(&long).chars().count() <= 130 && file_name(&long).ends_with(".pdf"));
    }

    #[test]
    fn only_harmless_types_are_named() {
        assert_eq!(file_type("image/PNG; name=\"a.png\""), "image/png");
        for other in ["text/html", "image/svg+xml", "application/xhtml+xml", "", "text/html;image/png"] {
            assert_eq!(file_type(other), "application/octet-stream", "{other}");
        }
    }

    #[test]
    fn any_part_of_a_number_and_the_beginning_of_what_is_typed_is_found() {
        assert_eq!(query("  Принтёр, 10.16.5.7! "), Some("принтер:* & 10 & 16 & 5 & 7:*".to_owned()));
        assert_eq!(query("не печ"), Some("не:* & печ:*".to_owned()));
        assert_eq!(query("o.petrov@corp"), Some("o & petrov & corp:*".to_owned()));
        assert_eq!(query("<o.petrov@corp.test>, 1C"), Some("o & petrov & corp & 1c:*".to_owned()));
        assert_eq!(query("root@10.16.5.7"), Some("root & 10 & 16 & 5 & 7:*".to_owned()));
        assert_eq!(query(" &|!() '"), None);
        assert_eq!(ends("20261120"), "20261120 0261120 261120 61120 1120 120");
        assert_eq!(searched(["Письмо tina@corp.test", &"A".repeat(50)]), "письмо tina corp test ");
    }

    #[test]
    fn people_are_read_out_of_headers() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(person("\"Tina Tester\" <Tina@corp.test>"), (some("Tina Tester"), some("tina@corp.test")));
        assert_eq!(person("tina@corp.test"), (None, some("tina@corp.test")));
        assert_eq!(person("Игорь Петров"), (some("Игорь Петров"), None));
        assert_eq!(person(""), (None, None));
        assert_eq!(person("x <not an address>"), (some("x"), None));
    }
}
