//! Numbers that spread over several runs of digits: telephones, extensions, addresses, marked rooms.

use super::{Digits, Kind, Part, lexer::Lexed, marks, plans::Choice};

/// A set of IPv4 addresses as typed: a whole one, its beginning or its end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    /// The octets that were typed.
    pub octets: Vec<u8>,
    /// They are the last ones, not the first.
    pub ending: bool,
    /// The last octet may go on: `10.1` also begins `10.16`.
    pub open: bool,
}

impl Digits {
    /// What may have been typed as digits behind `+7`.
    #[must_use]
    pub fn nationals(&self) -> Vec<&str> {
        let digits = self.digits.as_str();
        if self.plus {
            return digits.strip_prefix('7').into_iter().collect();
        }
        let stripped = digits.strip_prefix(['7', '8']);
        match digits.len() {
            11.. => stripped.filter(|rest| rest.len() == 10).into_iter().collect(),
            _ => std::iter::once(digits).chain(stripped).collect(),
        }
    }

    /// What was typed from the country code on, if it was: after `+` or `00`, or more digits than a
    /// Russian number has.
    #[must_use]
    pub fn international(&self) -> Option<&str> {
        let digits = self.digits.as_str();
        match digits.strip_prefix("00") {
            _ if self.plus => Some(digits),
            Some(digits) if digits.len() > 9 => Some(digits),
            _ => (digits.len() > 11).then_some(digits),
        }
    }

    /// Which of the digits of a number (E.164 without plus) were typed, `[from, to)`.
    #[must_use]
    pub fn place_in(&self, number: &str) -> Option<[usize; 2]> {
        let digits = self.digits.as_str();
        if number.len() == 11
            && let Some(behind) = number.strip_prefix('7')
            && let Some(national) = self.nationals().into_iter().find(|national| behind.starts_with(national))
        {
            let from = usize::from(national.len() == digits.len());
            return Some([from, 1 + national.len()]);
        }
        if let Some(digits) = self.international().filter(|digits| number.starts_with(digits)) {
            return Some([0, digits.len()]);
        }
        if number.ends_with(digits) {
            return Some([number.len() - digits.len(), number.len()]);
        }
        let local = number.len().checked_sub(7)?;
        number[local..].starts_with(digits).then_some([local, local + digits.len()])
    }
}

/// Signs that may stand inside a telephone number.
fn inside_number(before: &str) -> bool {
    before.chars().all(|c| matches!(c, ' ' | '-' | '(' | ')' | '.' | '/' | '+'))
}

/// One past the last run of digits that may belong to the number beginning at `at`.
fn number_end(lexed: &Lexed, at: usize) -> usize {
    let rest = &lexed.lexemes[at + 1..];
    at + 1 + rest.iter().take_while(|lexeme| lexeme.digits && inside_number(&lexeme.before)).count()
}

/// Whether these runs of digits are pieces of one telephone number or address rather than numbers of their
/// own: three in a row, and not the last, which may be an extension.
pub(super) fn is_inside_long(lexed: &Lexed, from: usize, to: usize) -> bool {
    let lexemes = &lexed.lexemes;
    let before = lexemes[1..=from].iter().zip(&lexemes[..from]).rev();
    let first = from - before.take_while(|(next, one)| one.digits && inside_number(&next.before)).count();
    lexemes[first].digits && number_end(lexed, first) - first >= 3 && (to - from >= 3 || number_end(lexed, first) > to)
}

fn digits(lexed: &Lexed, from: usize, to: usize) -> Digits {
    let plus = lexed.lexemes[from].before.contains('+');
    Digits { digits: lexed.joined(from, to), plus }
}

/// Numbers beginning at a run of digits.
pub(super) fn choices(lexed: &Lexed, at: usize, out: &mut Vec<Choice>) {
    let guess = lexed.lexemes[at].guess;
    network(lexed, at, out);
    let end = number_end(lexed, at);
    for to in (at + 1..=end).rev().take(3) {
        if let Some((ext, next)) = extension(lexed, to) {
            let at = Some(digits(lexed, at, to));
            out.push(Choice::new(next, vec![Part::new(Kind::Extension { at, ext }, guess)]));
        }
        if to - at > 1 && lexed.joined(at, to).len() <= 16 {
            out.push(Choice::new(to, vec![Part::new(Kind::Number(digits(lexed, at, to)), guess)]));
        }
    }
}

/// The extension that follows a number: `доб. 12-34`, `#1234`, `, доб.1234`.
fn extension(lexed: &Lexed, at: usize) -> Option<(String, usize)> {
    let lexeme = lexed.lexemes.get(at)?;
    let from = if lexeme.digits {
        lexeme.before.contains(['#', '*', ',', ':']).then_some(at)?
    } else {
        (marks::mark(&lexeme.text)? == marks::Mark::Extension).then_some(at + 1)?
    };
    lexed.lexemes.get(from).filter(|lexeme| lexeme.digits)?;
    let end = number_end(lexed, from);
    Some((lexed.joined(from, end), end))
}

/// What a marking word at `at` announces.
pub(super) fn marked(lexed: &Lexed, at: usize, out: &mut Vec<Choice>) {
    let lexeme = &lexed.lexemes[at];
    let Some(mark) = marks::mark(&lexeme.text) else { return };
    let follows = |at: usize| lexed.lexemes.get(at).map(|lexeme| lexeme.digits);
    let guess = lexeme.guess;
    // `№` is read as `no`.
    let next = at + 1 + usize::from(lexed.lexemes.get(at + 1).is_some_and(|next| next.text == "no"));
    match mark {
        marks::Mark::Extension if follows(next) == Some(true) => {
            let end = number_end(lexed, next);
            let ext = lexed.joined(next, end);
            out.push(Choice::new(end, vec![Part::new(Kind::Extension { at: None, ext }, guess)]));
        }
        marks::Mark::Telephone if follows(next) == Some(true) => {
            let end = number_end(lexed, next);
            if let Some((ext, after)) = extension(lexed, end) {
                let at = Some(digits(lexed, next, end));
                out.push(Choice::new(after, vec![Part::new(Kind::Extension { at, ext }, guess)]));
            }
            out.push(Choice::new(end, vec![Part::new(Kind::Telephone(digits(lexed, next, end)), guess)]));
        }
        marks::Mark::Room if follows(next).is_some() => {
            let end = lexed.chunk_end(next);
            out.push(Choice::new(end, vec![Part::new(Kind::Room(lexed.joined(next, end)), guess)]));
            if end < lexed.lexemes.len() && lexed.joined(next, end).chars().count() == 1 {
                let further = lexed.chunk_end(end);
                out.push(Choice::new(further, vec![Part::new(Kind::Room(lexed.joined(next, further)), guess)]));
            }
        }
        marks::Mark::Label if follows(next) == Some(true) => out.push(Choice::new(next, Vec::new())),
        _ => {}
    }
}

/// `10.16.5.7`, `10.16`, `10.16.`, `10.16.5.0/24`, `10 16 5 7`, `.5.7`.
fn network(lexed: &Lexed, at: usize, out: &mut Vec<Choice>) {
    let lexemes = &lexed.lexemes;
    let Some(first) = octet(&lexemes[at].text) else { return };
    let mut octets = vec![first];
    let sign = lexemes.get(at + 1).map_or(".", |next| next.before.as_str());
    if !matches!(sign, "." | "," | " ") && lexed.chunk_end(at) > at + 1 {
        return;
    }
    let mut end = at + 1;
    while let Some(next) = lexemes.get(end).filter(|next| next.digits && next.before == sign) {
        let Some(next) = octet(&next.text) else { return };
        octets.push(next);
        end += 1;
    }
    let mut open = true;
    let last = lexed.lexemes[end - 1].chunk;
    if lexed.chunk_end(end - 1) == end {
        open = !lexed.after[last].starts_with('.');
    }
    let glued = lexemes.get(end).is_some_and(|next| next.chunk == last);
    if glued && octets.len() == 4 && lexemes[end].before == "/" && lexemes[end].digits {
        let mask = lexemes[end].text.parse().unwrap_or(32u8);
        octets.truncate(usize::from(mask / 8).clamp(1, 4));
        end = lexed.chunk_end(end);
        open = false;
    } else if glued && octets.len() < 4 && lexemes[end].before == "." && matches!(&*lexemes[end].text, "x" | "х") {
        end = lexed.chunk_end(end);
        open = false;
    } else if glued {
        return;
    }
    if octets.len() > 4 || octets.len() == 1 && open || sign == " " && octets.len() < 4 && octets.len() > 1 {
        return;
    }
    let guess = lexemes[at].guess;
    let mut push = |ending, open| {
        let kind = Kind::Ip(Network { octets: octets.clone(), ending, open });
        out.push(Choice::new(end, vec![Part::new(kind, guess)]));
    };
    let dotted = lexemes[at].before.ends_with('.');
    if !dotted {
        push(false, open && octets_may_go_on(lexemes[end - 1].text.as_str()));
    }
    if dotted || (2..4).contains(&octets.len()) && open {
        push(true, false);
    }
}

fn octet(text: &str) -> Option<u8> {
    (text.len() <= 3).then(|| text.parse().ok()).flatten()
}

fn octets_may_go_on(text: &str) -> bool {
    text.len() < 3 && !text.starts_with('0')
}
