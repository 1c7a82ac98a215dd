//! A piece of the query as words, as one text with signs inside, or with its spaces repaired.

use super::{Digits, Effort, Kind, Part, lexer::Lexed, plans::Choice};

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
    out.push(Choice::new(end, words));
    if end - at > 1 {
        let text =
            if lexed.lexemes[at].starts_chunk() { lexed.chunk_text(at).to_owned() } else { lexed.joined(at, end) };
        out.push(Choice::new(end, vec![Part::new(Kind::Compound { text, compact: lexed.joined(at, end) }, guess)]));
    } else if lexed.lexemes[at].starts_chunk() && lexed.chunk_text(at).starts_with('@') {
        let text = lexed.chunk_text(at).to_owned();
        out.push(Choice::new(end, vec![Part::new(Kind::Compound { text, compact: lexed.joined(at, end) }, guess)]));
    }
    if runs < end - at {
        out.push(Choice::new(end, (at..end).map(|at| part(lexed, at, at + 1)).collect()));
    }
    if runs > 1 && lexed.lexemes[at + 1..end].iter().any(|lexeme| lexeme.before == "'") {
        out.push(Choice::new(end, vec![word(lexed.joined(at, end), lexed, at)]));
    }
}

fn part(lexed: &Lexed, from: usize, to: usize) -> Part {
    let first = &lexed.lexemes[from];
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
/// From here on a run of letters may be three words.
const MIN_THREE: usize = 11;

/// Words written together, and a word with a space inside.
pub(super) fn repaired(lexed: &Lexed, at: usize, effort: Effort, out: &mut Vec<Choice>) {
    let lexeme = &lexed.lexemes[at];
    if effort < Effort::OneError || lexeme.digits || lexeme.is_glued() {
        return;
    }
    if let Some(next) = lexed.lexemes.get(at + 1).filter(|next| !next.digits && next.guess == lexeme.guess) {
        let end = lexed.run_end(at + 1);
        if end == at + 2 && !next.is_glued() && lexeme.text.chars().count() + next.text.chars().count() > 3 {
            out.push(Choice::new(at + 2, vec![word(lexed.joined(at, at + 2), lexed, at).with_error()]));
        }
    }
    if lexed.run_end(at) > at + 1 {
        return;
    }
    let letters: Vec<char> = lexeme.text.chars().collect();
    let whole = |from: usize, to: usize| {
        let text = letters[from..to].iter().collect();
        Part::new(Kind::Word { text, whole: true }, lexeme.guess)
    };
    let last = |from: usize| word(letters[from..].iter().collect(), lexed, at).with_error();
    if letters.len() < MIN_GLUED {
        return;
    }
    for one in MIN_SIDE..=letters.len() - MIN_SIDE {
        out.push(Choice::new(at + 1, vec![whole(0, one), last(one)]));
    }
    if letters.len() >= MIN_THREE && letters.len() <= 40 {
        for one in MIN_SIDE + 1..letters.len() - 2 * MIN_SIDE {
            for two in one + MIN_SIDE + 1..=letters.len() - MIN_SIDE {
                out.push(Choice::new(at + 1, vec![whole(0, one), whole(one, two), last(two)]));
            }
        }
    }
}
