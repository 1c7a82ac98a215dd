//! Ready texts: what their placeholders stand for, filling them in, which are offered where. Pure, and the same on both sides.
//!
//! What is put in place of a placeholder is not looked through again: a customer's words stay words. A value that is missing
//! leaves a gap, `[[…]]` with the name of what belongs there, which has to be filled in before the text can be sent.

use std::ops::Range;

use crate::model::{
    action::ActionKind,
    reply::{Purpose, Reply},
};

/// What a ready text may leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// "Good morning" and the like, by the time of day, in the language of the text.
    Greeting,
    /// Who asked.
    CustomerName,
    /// The number of the ticket for people.
    TicketNumber,
    /// What the ticket is about.
    Title,
    /// Where it is.
    Queue,
    /// Who writes.
    OperatorName,
}

impl Placeholder {
    /// All of them, in the order they are usually used.
    pub const ALL: [Self; 6] =
        [Self::Greeting, Self::CustomerName, Self::TicketNumber, Self::Title, Self::Queue, Self::OperatorName];

    /// Its name between the braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::CustomerName => "customer_name",
            Self::TicketNumber => "ticket_number",
            Self::Title => "title",
            Self::Queue => "queue",
            Self::OperatorName => "operator_name",
        }
    }

    /// As it stands in a text.
    #[must_use]
    pub fn written(self) -> String {
        ["{", self.name(), "}"].concat()
    }

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// A piece of a ready text.
enum Piece<'a> {
    Text(&'a str),
    /// What stands between braces.
    Named(&'a str),
}

/// Only what looks like a name is a placeholder: other braces are text, as in a piece of a configuration.
fn pieces(body: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (body, 0);
    while let Some(open) = rest[from..].find('{').map(|at| from + at) {
        let name = rest[open + 1..].split('}').next().unwrap_or_default();
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if is_name && rest[open + 1 + name.len()..].starts_with('}') {
            pieces.push(Piece::Text(&rest[..open]));
            pieces.push(Piece::Named(name));
            rest = &rest[open + name.len() + 2..];
            from = 0;
        } else {
            from = open + 1;
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Placeholders of this text that stand for nothing, as they are written.
#[must_use]
pub fn unknown(body: &str) -> Vec<String> {
    let named = pieces(body).into_iter().filter_map(|piece| match piece {
        Piece::Named(name) if Placeholder::of(name).is_none() => Some(["{", name, "}"].concat()),
        _ => None,
    });
    let mut unknown: Vec<String> = named.collect();
    unknown.dedup();
    unknown
}

/// The text with these values; `gap` names what is missing. A placeholder that nobody knows stays as it is.
pub fn fill(
    body: &str,
    value: &dyn Fn(Placeholder) -> Option<String>,
    gap: &dyn Fn(Placeholder) -> &'static str,
) -> String {
    let filled = pieces(body).into_iter().map(|piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Named(name) => match Placeholder::of(name) {
            Some(known) => value(known)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .unwrap_or_else(|| ["[[", gap(known), "]]"].concat()),
            None => ["{", name, "}"].concat(),
        },
    });
    filled.collect()
}

/// The first gap that [`fill`] left in a text, in bytes.
pub fn gap_in(text: &str, gap: &dyn Fn(Placeholder) -> &'static str) -> Option<Range<usize>> {
    let found = Placeholder::ALL.into_iter().filter_map(|known| {
        let gap = ["[[", gap(known), "]]"].concat();
        text.find(&gap).map(|at| at..at + gap.len())
    });
    found.min_by_key(|range| range.start)
}

/// A part of a day with a greeting of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// From five.
    Morning,
    /// From noon.
    Day,
    /// From five in the afternoon.
    Evening,
}

impl DayPart {
    /// That of this hour. At night one wishes a good evening as well: whoever reads it reads it later.
    #[must_use]
    pub const fn of(hour: u8) -> Self {
        match hour {
            5..12 => Self::Morning,
            12..17 => Self::Day,
            _ => Self::Evening,
        }
    }
}

/// Whether a text is written in Cyrillic letters: it is greeted in its own language.
#[must_use]
pub fn is_cyrillic(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, '\u{400}'..='\u{4ff}'))
}

/// Puts `insert` in the place of a selection, which is given in UTF-16 units as fields count. The text, and where the insertion
/// begins, in the same units.
#[must_use]
pub fn splice(text: &str, selected: Range<u32>, insert: &str) -> (String, u32) {
    let at = |units: u32| {
        let mut seen = 0;
        let found = text.char_indices().find(|(_, letter)| {
            let here = seen >= units;
            seen += u32::try_from(letter.len_utf16()).unwrap_or(2);
            here
        });
        found.map_or(text.len(), |(at, _)| at)
    };
    let (start, end) = (at(selected.start), at(selected.end.max(selected.start)));
    ([&text[..start], insert, &text[end..]].concat(), units(&text[..start]))
}

/// How a text begins, in one line of so many letters at most; `…` says that there is more.
#[must_use]
pub fn glance(text: &str, letters: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() > letters {
            return line + "…";
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// How long a text is as fields count.
#[must_use]
pub fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The ready texts that are offered for this action on a ticket in this queue, those of the queue first, then by their titles;
/// of them those with all words that are typed.
#[must_use]
pub fn offered<'a>(all: &'a [Reply], kind: ActionKind, queue: &str, typed: &str) -> Vec<&'a Reply> {
    let purpose = if kind == ActionKind::Comment { Purpose::Comment } else { Purpose::Reply };
    let plain = |text: &str| text.to_lowercase().replace('ё', "е");
    let typed = plain(typed);
    let fits = |reply: &&Reply| {
        let text = plain(&[&reply.title, " ", &reply.body].concat());
        (reply.purpose == Purpose::Any || reply.purpose == purpose)
            && typed.split_whitespace().all(|word| text.contains(word))
    };
    let mut found: Vec<&Reply> = all.iter().filter(fits).collect();
    let elsewhere = |reply: &Reply| {
        let own = reply.queue.as_deref();
        !own.is_some_and(|own| queue == own || queue.strip_prefix(own).is_some_and(|below| below.starts_with("::")))
    };
    found.sort_by_cached_key(|reply| (elsewhere(reply), plain(&reply.title), reply.id));
    found
}

#[cfg(test)]
mod tests {
    use super::{DayPart, Placeholder, fill, gap_in, is_cyrillic, offered, splice, unknown};
    use crate::model::{
        action::ActionKind,
        reply::{Purpose, Reply},
    };

    fn value(of: Placeholder) -> Option<String> {
        Some(match of {
            Placeholder::CustomerName => "Ольга {title}".to_owned(),
            Placeholder::TicketNumber => "42".to_owned(),
            Placeholder::Title => "  ".to_owned(),
            _ => return None,
        })
    }

    fn gap(of: Placeholder) -> &'static str {
        of.name()
    }

    fn reply(id: i64, title: &str, queue: Option<&str>, purpose: Purpose) -> Reply {
        let (title, queue) = (title.to_owned(), queue.map(str::to_owned));
        Reply { id: id.into(), title, body: "Ключ готов".to_owned(), queue, purpose, version: 1 }
    }

    #[test]
    fn a_glance_ends_between_words() {
        assert_eq!(super::glance("Добрый день,\nсделали", 40), "Добрый день, сделали");
        assert_eq!(super::glance("Добрый день, сделали", 14), "Добрый день,…");
        assert_eq!(super::glance("сверхдлинноеслово", 5), "…");
    }

    #[test]
    fn placeholders_are_filled_and_values_are_not_read_again() {
        for (body, filled) in [
            ("", ""),
            ("Заявка {ticket_number}.", "Заявка 42."),
            ("{customer_name}{ticket_number}", "Ольга {title}42"),
            ("{ customer_name } {\"a\": 1} {} {Title} {", "{ customer_name } {\"a\": 1} {} {Title} {"),
            ("{{ticket_number}}", "{42}"),
        ] {
            assert_eq!(fill(body, &value, &gap), filled, "{body}");
        }
    }

    #[test]
    fn what_is_missing_is_a_gap_and_never_braces() {
        let filled = fill("{title}: {queue}, {ticket_number}", &value, &gap);
        assert_eq!(filled, "[[title]]: [[queue]], 42");
        assert_eq!(gap_in(&filled, &gap), Some(0..9));
        assert_eq!(gap_in("тема: [[queue]]", &gap), Some(10..19));
        assert_eq!(gap_in("if [[ -f x ]]; then [[что-то]]", &gap), None, "brackets of one's own are no gap");
    }

    #[test]
    fn what_nobody_knows_is_named() {
        assert_eq!(unknown("{greeting}, {custmer_name} {custmer_name} {x}"), ["{custmer_name}", "{x}"]);
        for known in Placeholder::ALL {
            assert!(unknown(&known.written()).is_empty(), "{known:?}");
        }
    }

    #[test]
    fn it_is_greeted_by_the_hour_and_in_the_language_of_the_text() {
        let parts = [4, 5, 11, 12, 16, 17, 23].map(DayPart::of);
        use DayPart::{Day, Evening, Morning};
        assert_eq!(parts, [Evening, Morning, Morning, Day, Day, Evening, Evening]);
        assert!(is_cyrillic("OK, готово") && !is_cyrillic("Done"));
    }

    #[test]
    fn it_is_inserted_where_the_cursor_is() {
        assert_eq!(splice("Привет, ", 8..8, "Ольга"), ("Привет, Ольга".to_owned(), 8));
        assert_eq!(splice("😀 старое", 3..9, "новое"), ("😀 новое".to_owned(), 3));
        assert_eq!(splice("", 7..9, "а"), ("а".to_owned(), 0));
    }

    #[test]
    fn those_of_the_queue_come_first() {
        let all = [
            reply(1, "Ёлка", None, Purpose::Any),
            reply(2, "Доступ", Some("IT"), Purpose::Reply),
            reply(3, "Звонок", Some("IT::Level2"), Purpose::Comment),
            reply(4, "Бухгалтерия", Some("1C"), Purpose::Any),
        ];
        let ids = |kind, queue, typed| {
            offered(&all, kind, queue, typed).iter().map(|reply| reply.id.get()).collect::<Vec<_>>()
        };
        assert_eq!(ids(ActionKind::Reply, "IT::Level2", ""), [2, 4, 1]);
        assert_eq!(ids(ActionKind::Comment, "IT::Level2", ""), [3, 4, 1]);
        assert_eq!(ids(ActionKind::Reply, "ITIL", "ключ ЕЛКА"), [1]);
    }
}
