//! Cutting a query into runs of letters and runs of digits, with what stands between them.

use app::model::employee::Guess;

use crate::directory::normalise;

/// A run of letters or a run of digits.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub(super) text: String,
    pub(super) digits: bool,
    /// What stands between it and the one before, or the beginning.
    pub(super) before: String,
    /// Number of the white-space separated piece it is in.
    pub(super) chunk: usize,
    pub(super) guess: Option<Guess>,
}

impl Lexeme {
    pub(super) fn starts_chunk(&self) -> bool {
        self.before.contains(' ')
    }

    /// Written together with the one before.
    pub(super) fn is_glued(&self) -> bool {
        self.before.is_empty()
    }
}

/// A query cut into lexemes.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexed {
    pub(super) lexemes: Vec<Lexeme>,
    /// The pieces, folded, outer signs included.
    pub(super) chunks: Vec<String>,
    /// What stands after the last lexeme of each piece.
    pub(super) after: Vec<String>,
}

/// No person is described in more.
const MAX_LEXEMES: usize = 24;

impl Lexed {
    pub(super) fn new(chunks: &[(String, Option<Guess>)]) -> Self {
        let mut lexed = Self::default();
        let mut between = String::new();
        for (text, guess) in chunks {
            let folded = normalise::fold(text);
            let folded = folded.strip_prefix("mailto:").unwrap_or(&folded).to_owned();
            between.push(' ');
            let mut last = None;
            for c in folded.chars() {
                let kind = c.is_alphanumeric().then_some(c.is_ascii_digit());
                match (kind, last) {
                    (Some(digits), Some(same)) if digits == same => {
                        if let Some(lexeme) = lexed.lexemes.last_mut() {
                            lexeme.text.push(c);
                        }
                    }
                    (Some(digits), _) => lexed.lexemes.push(Lexeme {
                        text: c.into(),
                        digits,
                        before: std::mem::take(&mut between),
                        chunk: lexed.chunks.len(),
                        guess: *guess,
                    }),
                    (None, _) => between.push(c),
                }
                last = kind;
            }
            lexed.chunks.push(folded);
            lexed.after.push(between.trim_start().to_owned());
        }
        lexed.lexemes.truncate(MAX_LEXEMES);
        lexed
    }

    /// One past the last lexeme of the piece that `at` is in.
    pub(super) fn chunk_end(&self, at: usize) -> usize {
        let chunk = self.lexemes[at].chunk;
        at + self.lexemes[at..].iter().take_while(|lexeme| lexeme.chunk == chunk).count()
    }

    /// One past the last lexeme of the run of letters and digits that `at` is in.
    pub(super) fn run_end(&self, at: usize) -> usize {
        at + 1 + self.lexemes[at + 1..].iter().take_while(|lexeme| lexeme.is_glued()).count()
    }

    /// A single letter with a dot.
    pub(super) fn is_initial(&self, at: usize) -> bool {
        let lexeme = &self.lexemes[at];
        let after = match self.lexemes.get(at + 1) {
            Some(next) if next.chunk == lexeme.chunk => &next.before,
            _ => &self.after[lexeme.chunk],
        };
        !lexeme.digits && lexeme.text.chars().nth(1).is_none() && after.starts_with('.')
    }

    /// The texts of several lexemes in one.
    pub(super) fn joined(&self, from: usize, to: usize) -> String {
        self.lexemes[from..to].iter().map(|lexeme| lexeme.text.as_str()).collect()
    }

    /// A piece of the query without its outer signs, except those that announce more.
    pub(super) fn chunk_text(&self, at: usize) -> &str {
        let inner = |c: char| c.is_alphanumeric() || c == '@';
        let text = self.chunks[self.lexemes[at].chunk].trim_start_matches(|c| !inner(c));
        text.trim_end_matches(|c| !inner(c) && !matches!(c, '-' | '.'))
    }
}
