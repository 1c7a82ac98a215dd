//! Initials: `И.П.`, `и п`, `ИП`.

use super::{Kind, Part, lexer::Lexed, plans::Choice};

pub(super) fn choices(lexed: &Lexed, at: usize, out: &mut Vec<Choice>) {
    let lexemes = &lexed.lexemes;
    let letter = |at: usize| {
        lexemes
            .get(at)
            .filter(|lexeme| !lexeme.digits && lexeme.text.chars().count() == 1)
            .map(|lexeme| lexeme.text.clone())
    };
    let guess = lexemes[at].guess;
    let pair = |name: String, patronymic: String| {
        vec![Part::new(Kind::NameInitial(name), guess), Part::new(Kind::PatronymicInitial(patronymic), guess)]
    };
    // A letter written together with digits belongs to a room.
    let alone = |at: usize| lexemes.get(at + 1).is_none_or(|next| !next.is_glued()) && !lexemes[at].is_glued();
    if let Some(name) = letter(at).filter(|_| alone(at)) {
        if let Some(patronymic) = letter(at + 1).filter(|_| alone(at + 1)) {
            let both = format!("{name}{patronymic}");
            out.push(Choice::new(at + 2, pair(name.clone(), patronymic)));
            // A login ends in initials: `ivanov.ip`.
            if both.is_ascii() {
                out.push(Choice::new(at + 2, vec![Part::new(Kind::Word { text: both, whole: true }, guess)]));
            }
        }
        out.push(Choice::new(at + 1, vec![Part::new(Kind::NameInitial(name), guess)]));
    } else if lexemes.len() > 1 && lexemes[at].starts_chunk() && lexed.chunk_end(at) == at + 1 && !lexemes[at].digits {
        let mut letters = lexemes[at].text.chars();
        if let (Some(name), Some(patronymic), None) = (letters.next(), letters.next(), letters.next()) {
            out.push(Choice { strict: true, ..Choice::new(at + 1, pair(name.into(), patronymic.into())) });
        }
    }
}
