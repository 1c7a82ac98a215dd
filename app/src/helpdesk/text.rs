//! What somebody wrote, made readable: quotes and signatures apart, nothing in it that could disturb the page around it.
//!
//! The server has made plain text of HTML already.

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// What somebody wrote.
    Text(String),
    /// What others wrote before.
    Quote(String),
    /// Who wrote, in the same words each time.
    Signature(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Quote,
    /// An earlier mail, to the end.
    Earlier,
    Signature,
}

/// How many marks may stand over and under one letter.
const MARKS: usize = 3;
/// A line above a quote that says whose it is.
const ATTRIBUTION: usize = 200;
/// A signature that is not marked as one is at most so many lines long.
const SIGNATURE: usize = 12;

/// Cuts a text into its pieces.
#[must_use]
pub fn blocks(body: &str) -> Vec<Block> {
    let body = tidy(body);
    let lines: Vec<&str> = body.lines().collect();
    let mut pieces: Vec<(Kind, Vec<&str>)> = Vec::new();
    let mut kind = Kind::Text;
    for (at, line) in lines.iter().enumerate() {
        kind = match kind {
            Kind::Earlier => Kind::Earlier,
            _ if begins_earlier(line) => Kind::Earlier,
            _ if line.trim_start().starts_with('>') => Kind::Quote,
            Kind::Signature => Kind::Signature,
            // An empty line between two quotes belongs to them.
            Kind::Quote if line.is_empty() => Kind::Quote,
            _ if begins_signature(line, &lines[at + 1..]) => Kind::Signature,
            _ => Kind::Text,
        };
        match pieces.last_mut() {
            Some((last, lines)) if *last == kind => lines.push(line),
            _ => pieces.push((kind, vec![line])),
        }
    }
    move_attributions(&mut pieces);
    let mut blocks: Vec<Block> = pieces.into_iter().filter_map(block).collect();
    // Somebody forwarded a mail without a word: that is the text then.
    if !blocks.iter().any(|block| matches!(block, Block::Text(_)))
        && let Some(first) = blocks.iter_mut().find(|block| matches!(block, Block::Quote(_)))
        && let Block::Quote(text) = first
    {
        *first = Block::Text(std::mem::take(text));
    }
    blocks
}

fn block((kind, lines): (Kind, Vec<&str>)) -> Option<Block> {
    let text = lines.join("\n");
    let text = text.trim_matches('\n').to_owned();
    (!text.trim().is_empty()).then_some(match kind {
        Kind::Text => Block::Text(text),
        Kind::Quote | Kind::Earlier => Block::Quote(text),
        Kind::Signature => Block::Signature(text),
    })
}

/// "On Monday Anna wrote:" belongs to the quote below it.
fn move_attributions(pieces: &mut [(Kind, Vec<&str>)]) {
    for at in 1..pieces.len() {
        let (before, after) = pieces.split_at_mut(at);
        let (Some((Kind::Text, text)), Some((Kind::Quote, quote))) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let Some(last) = text.iter().rposition(|line| !line.is_empty()) else { continue };
        if text[last].ends_with(':') && text[last].len() <= ATTRIBUTION {
            quote.splice(0..0, text.drain(last..));
        }
    }
}

/// Where mail programs put an earlier mail below the new one.
fn begins_earlier(line: &str) -> bool {
    let line = line.trim();
    let ruled = line.starts_with("-----") && line.ends_with("-----");
    let words = line.trim_matches(['-', ' ']).to_lowercase();
    ruled
        && [
            "original message",
            "исходное сообщение",
            "forwarded message",
            "пересылаемое сообщение",
            "пересланное сообщение",
        ]
        .contains(&words.as_str())
        || line.len() > 30 && line.bytes().all(|byte| byte == b'_')
}

fn begins_signature(line: &str, after: &[&str]) -> bool {
    if line == "--" || line == "-- " {
        return true;
    }
    let rest = after.iter().take_while(|line| !begins_earlier(line) && !line.starts_with('>')).count();
    if rest > SIGNATURE {
        return false;
    }
    let line = line.to_lowercase();
    [
        "с уважением",
        "с наилучшими пожеланиями",
        "отправлено с ",
        "отправлено из ",
        "best regards",
        "kind regards",
        "regards,",
        "sent from my ",
    ]
    .iter()
    .any(|words| line.starts_with(words))
}

/// Without what disturbs: marks that tower over lines, marks that turn the direction of what follows, walls of empty lines.
#[must_use]
pub fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut marks = 0;
    for letter in text.chars() {
        marks = if is_mark(letter) { marks + 1 } else { 0 };
        if marks > MARKS || turns(letter) || letter == '\r' {
            continue;
        }
        tidy.push(if letter == '\u{a0}' { ' ' } else { letter });
    }
    let mut lines = String::with_capacity(tidy.len());
    let mut empty = 0;
    for line in tidy.lines() {
        // The mark of a signature ends with a space.
        let line = if line == "-- " { line } else { line.trim_end() };
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    lines
}

const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

const fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// The beginning of a text, at most so many bytes and no half of a letter; and whether there is more.
#[must_use]
pub fn beginning(text: &str, at_most: usize) -> (&str, bool) {
    if text.len() <= at_most {
        return (text, false);
    }
    let end = text.floor_char_boundary(at_most);
    // At a space, if there is one near: no word is cut, and no address.
    let end = text[..end].rfind(char::is_whitespace).filter(|space| end - space < 200).unwrap_or(end);
    (&text[..end], true)
}

#[cfg(test)]
mod tests {
    use super::{Block, beginning, blocks, tidy};

    fn text(text: &str) -> Block {
        Block::Text(text.into())
    }
    fn quote(text: &str) -> Block {
        Block::Quote(text.into())
    }
    fn signature(text: &str) -> Block {
        Block::Signature(text.into())
    }

    #[test]
    fn a_plain_text_stays_whole() {
        assert_eq!(blocks("Не печатает.\r\n\r\n\r\n\r\nОчень срочно!  \n"), [text("Не печатает.\n\nОчень срочно!")]);
        assert_eq!(blocks(" \n"), []);
    }

    #[test]
    fn a_quote_takes_its_attribution_along() {
        let body = "Спасибо!\n\n20.11.2026 Анна пишет:\n> первая\n>\n> вторая\n\nЕщё вопрос: когда?";
        assert_eq!(
            blocks(body),
            [text("Спасибо!"), quote("20.11.2026 Анна пишет:\n> первая\n>\n> вторая"), text("Ещё вопрос: когда?")]
        );
    }

    #[test]
    fn an_earlier_mail_is_a_quote_to_the_end() {
        let body = "Да.\n-- \nОльга Ким\n\n-----Исходное сообщение-----\nОт: Анна\n\nВы это имели в виду?\n-- \nАнна";
        assert_eq!(
            blocks(body),
            [
                text("Да."),
                signature("-- \nОльга Ким"),
                quote("-----Исходное сообщение-----\nОт: Анна\n\nВы это имели в виду?\n-- \nАнна")
            ]
        );
    }

    #[test]
    fn a_signature_is_known_by_its_words_near_the_end_only() {
        assert_eq!(blocks("Работает\n\nС уважением,\nОльга"), [text("Работает"), signature("С уважением,\nОльга")]);
        let long = "С уважением отношусь к принтерам.\n".to_owned() + &"строка\n".repeat(20);
        assert_eq!(blocks(&long).len(), 1);
    }

    #[test]
    fn a_forwarded_mail_without_a_word_is_the_text() {
        assert_eq!(blocks("> одна\n> цитата"), [text("> одна\n> цитата")]);
    }

    #[test]
    fn what_disturbs_the_page_is_gone() {
        let tower = "е".to_owned() + &"\u{301}".repeat(500) + "ж";
        assert_eq!(tidy(&tower).chars().count(), 1 + 3 + 1 + 1);
        assert_eq!(tidy("exe.\u{202e}gpj"), "exe.gpj\n");
        assert_eq!(tidy("a\u{2066}b\u{2069}"), "ab\n");
    }

    #[test]
    fn a_beginning_ends_between_words() {
        assert_eq!(beginning("коротко", 100), ("коротко", false));
        assert_eq!(beginning("раз два три", 14), ("раз два", true));
        let unbroken = "ю".repeat(400);
        assert_eq!(beginning(&unbroken, 501).0.chars().count(), 250);
    }
}
