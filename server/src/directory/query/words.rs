//! A piece of the query as words, as one text with signs inside, or with its spaces repaired.

use super::{Digits, Effort, Kind, Part, lexer::Lexed, numbers, plans::Choice};
use crate::directory::rank::{HALF_NAME, Score, TAKEN_APART};

/// The piece that begins at `at`.
pub(super) fn choices(lexed: &Lexed, at: usize, out: &mut Vec<Choice>) {
    let end = lexed.chunk_end(at);
    let guess = lexed.lexemes[at].guess;
    let mut words = Vec::new();
    let mut from = at;
    while from < end {
        let to = lexed.run_end(from).min(end);
        words.push(part(lexed, from, to));
        from = to;
    }
    let runs = words.len();
    let penalty = match runs {
        // A hyphen at the end announces the other half of a name.
        1 if lexed.chunk_text(at).ends_with('-') => HALF_NAME,
        1 => Score::BEST,
        _ => TAKEN_APART,
    };
    if !numbers::is_inside_long(lexed, at, end) {
        out.push(Choice { penalty, ..Choice::new(end, words) });
    }
    if end - at > 1 {
        let text =
            if lexed.lexemes[at].starts_chunk() { lexed.chunk_text(at).to_owned() } else { lexed.joined(at, end) };
        out.push(Choice::new(end, vec![Part::new(Kind::Compound { text, compact: lexed.joined(at, end) }, guess)]));
    } else if lexed.lexemes[at].starts_chunk() && lexed.chunk_text(at) != lexed.lexemes[at].text {
        let text = lexed.chunk_text(at).to_owned();
        out.push(Choice::new(end, vec![Part::new(Kind::Compound { text, compact: lexed.joined(at, end) }, guess)]));
    }
    if let Some(code) = spaced_code(lexed, at, end) {
        out.push(code);
    }
    if runs < end - at {
        out.push(Choice::new(end, (at..end).map(|at| part(lexed, at, at + 1)).collect()));
    }
    if runs > 1 && lexed.lexemes[at + 1..end].iter().any(|lexeme| lexeme.before == "'") {
        out.push(Choice::new(end, vec![word(lexed.joined(at, end), lexed, at)]));
    }
}

/// Letters and digits of a room or a computer with a space between: `б 214`.
fn spaced_code(lexed: &Lexed, at: usize, end: usize) -> Option<Choice> {
    let (first, next) = (&lexed.lexemes[at], lexed.lexemes.get(end)?);
    let code = end == at + 1 && !first.digits && first.text.chars().count() <= MAX_CODE && next.digits;
    let to = lexed.chunk_end(end);
    let compact = lexed.joined(at, to);
    code.then(|| Choice::new(to, vec![Part::new(Kind::Compound { text: compact.clone(), compact }, first.guess)]))
}

/// Rooms and computers have no longer letters before their digits.
const MAX_CODE: usize = 4;

fn part(lexed: &Lexed, from: usize, to: usize) -> Part {
    let first = &lexed.lexemes[from];
    if to - from == 1 && lexed.is_initial(from) {
        let text = first.text.clone();
        return Part::new(Kind::Word { text, whole: true }, first.guess);
    }
    if to - from == 1 && first.digits {
        let plus = first.before.ends_with('+');
        return Part::new(Kind::Number(Digits { digits: first.text.clone(), plus }), first.guess);
    }
    word(lexed.joined(from, to), lexed, from)
}

fn word(text: String, lexed: &Lexed, at: usize) -> Part {
    Part::new(Kind::Word { text, whole: false }, lexed.lexemes[at].guess)
}

/// Shorter words are not taken apart.
const MIN_GLUED: usize = 5;
/// The least that either side of a missing space has.
const MIN_SIDE: usize = 2;
/// Longer runs of letters are no names.
const MAX_GLUED: usize = 40;

/// Words written together, and a word with a space inside.
pub(super) fn repaired(lexed: &Lexed, at: usize, effort: Effort, out: &mut Vec<Choice>) {
    let lexeme = &lexed.lexemes[at];
    if effort < Effort::OneError || lexeme.digits || lexeme.is_glued() {
        return;
    }
    let mut add = |next, parts| out.push(Choice { repaired: true, ..Choice::new(next, parts) });
    if let Some(next) = lexed.lexemes.get(at + 1).filter(|next| !next.digits && next.guess == lexeme.guess) {
        let alone = lexed.run_end(at + 1) == at + 2 && !next.is_glued();
        if alone && lexeme.text.chars().count() + next.text.chars().count() > 3 {
            let joined = word(lexed.joined(at, at + 2), lexed, at).with_error();
            add(at + 2, vec![Part { most: Effort::Guess, ..joined }]);
        }
    }
    let letters: Vec<char> = lexeme.text.chars().collect();
    if lexed.run_end(at) > at + 1 || !(MIN_GLUED..=MAX_GLUED).contains(&letters.len()) {
        return;
    }
    // One thing is guessed at a time, or every text would mean something.
    let most = if lexeme.text.is_ascii() { Effort::Guess } else { Effort::Direct };
    let whole = |from: usize, to: usize| {
        let text = letters[from..to].iter().collect();
        Part { most, ..Part::new(Kind::Word { text, whole: true }, lexeme.guess) }
    };
    let last = |from: usize| Part { most, ..word(letters[from..].iter().collect(), lexed, at).with_error() };
    for one in MIN_SIDE..=letters.len() - MIN_SIDE {
        add(at + 1, vec![whole(0, one), last(one)]);
    }
    for one in MIN_SIDE + 1..letters.len().saturating_sub(2 * MIN_SIDE + 2) {
        for two in one + MIN_SIDE + 1..letters.len() - MIN_SIDE {
            add(at + 1, vec![whole(0, one), whole(one, two), last(two)]);
        }
    }
}
