//! Which of the watched servers a text speaks of, by name or address: whole words, whatever their case. Pure.
//!
//! The text may be long and the servers many, so the servers are put into a table by their first word and the text is read
//! once.

use std::collections::{HashMap, HashSet};

/// A server as it may be spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Name or number in the network.
    pub address: String,
}

/// A shorter name is a word of everybody's.
const SHORTEST: usize = 3;

/// The servers that these texts speak of, in the order in which they are named, at most `limit`.
pub fn mentioned<'a>(servers: &[Known], texts: impl IntoIterator<Item = &'a str>, limit: usize) -> Vec<i64> {
    let mut table: HashMap<String, Vec<(i64, String)>> = HashMap::new();
    for server in servers {
        for way in ways(server) {
            if let Some(first) = words(&way).next() {
                table.entry(first.to_owned()).or_default().push((server.id, way.clone()));
            }
        }
    }
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    if table.is_empty() {
        return found;
    }
    for text in texts {
        let text = text.to_lowercase();
        for (at, word) in text_words(&text) {
            // `srv-db-01.corp.local` speaks of `srv-db-01`; an address in numbers only of itself.
            let label = word.split('.').next().filter(|label| label.len() < word.len() && !is_number(word));
            for spoken in std::iter::once(word).chain(label) {
                for (id, way) in table.get(spoken).into_iter().flatten() {
                    if (way == spoken || stands_at(&text, at, way)) && seen.insert(*id) {
                        found.push(*id);
                        if found.len() == limit {
                            return found;
                        }
                    }
                }
            }
        }
    }
    found
}

/// How people speak of a server.
fn ways(server: &Known) -> Vec<String> {
    let (name, address) = (server.name.trim().to_lowercase(), server.address.trim().to_lowercase());
    let label = address.split('.').next().unwrap_or_default().to_owned();
    // `mail.corp.local` is not what everybody means by mail.
    let has_sign = label.contains(|c: char| c.is_ascii_digit() || c == '-');
    let label = Some(label).filter(|label| has_sign && *label != address && !is_number(&address));
    let mut ways: Vec<String> = [name, address].into_iter().chain(label).filter(|way| is_telling(way)).collect();
    ways.dedup();
    ways
}

fn is_telling(way: &str) -> bool {
    way.chars().count() >= SHORTEST && way.contains(char::is_alphabetic) || is_number(way)
}

/// Whether it is an address in numbers.
fn is_number(word: &str) -> bool {
    word.parse::<std::net::IpAddr>().is_ok()
}

const fn is_inner(c: char) -> bool {
    matches!(c, '-' | '_' | '.')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text_words(text).map(|(_, word)| word)
}

/// Words with their places; dots and dashes hold one together and end none.
fn text_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces = text.split(|c: char| !c.is_alphanumeric() && !is_inner(c));
    pieces.filter_map(|piece| {
        let word = piece.trim_matches(is_inner);
        (!word.is_empty()).then(|| (word.as_ptr() as usize - text.as_ptr() as usize, word))
    })
}

/// Whether these words stand there, and no word goes on behind them.
fn stands_at(text: &str, at: usize, way: &str) -> bool {
    let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(way)) else { return false };
    let mut behind = rest.chars();
    match behind.next() {
        Some(c) if is_inner(c) => !behind.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: i64, name: &str, address: &str) -> Known {
        Known { id, name: name.to_owned(), address: address.to_owned() }
    }

    #[test]
    fn servers_are_found_by_whole_words() {
        let servers = [
            known(1, "SRV-DB-01", "10.16.5.7"),
            known(2, "Файловый сервер 2", "10.16.5.70"),
            known(3, "почта", "mail.corp.local"),
            known(4, "edge", "gw-2.corp.local"),
            known(5, "77", "fe80::1"),
        ];
        for (text, expected) in [
            ("Не открывается srv-db-01, с утра", &[1_i64][..]),
            ("srv-db-01.corp.local не отвечает", &[1]),
            ("srv-db-011 и my-srv-db-01", &[]),
            ("(10.16.5.7)", &[1]),
            ("10.16.5.7:8080 и 10.16.5.70.", &[1, 2]),
            ("110.16.5.7, 10.16.5.71, 10.16.5.7.1", &[]),
            ("файловый сервер 2 завис", &[2]),
            ("файловый сервер 22", &[]),
            ("файловый\u{a0}шкаф", &[]),
            ("Нет доступа к mail.corp.local", &[3]),
            ("почта не приходит на mail", &[3]),
            ("gw-2 и GW-2.corp.local", &[4]),
            ("кабинет 77, fe80::1%eth0", &[5]),
            ("", &[]),
        ] {
            assert_eq!(mentioned(&servers, [text], 5), expected, "{text}");
        }
    }

    #[test]
    fn there_are_at_most_as_many_as_asked_for_and_a_long_text_takes_no_time() {
        let servers: Vec<Known> =
            (0..1_000).map(|n| known(n, &format!("server-{n}"), &format!("10.0.{}.{}", n / 250, n % 250))).collect();
        let text = "server-5 server-6 10.0.0.7 server-5".to_owned();
        assert_eq!(mentioned(&servers, [&*text], 2), [5, 6]);
        let long = "Здравствуйте, у нас опять не печатает принтер на третьем этаже. ".repeat(10_000) + "server-999";
        assert!(long.len() > 1_000_000);
        assert_eq!(mentioned(&servers, [&*long], 5), [999]);
    }
}
