//! A field of which nearly everybody has a value of his own, cut into tokens that many share: logins,
//! names of computers. The texts themselves are kept in order for look-ups by beginning.

use std::{cmp::Ordering, collections::HashMap, ops::Range};

use super::vocab::{Lists, Texts};
use crate::directory::normalise;

#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) words: Texts,
    word_docs: Lists,
    doc_words: Lists,
    /// By person, as stored; empty if there is none.
    texts: Texts,
    /// People with a text, in the order of its key.
    order: Vec<u32>,
    key: Key,
}

/// How whole texts are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Key {
    /// Sign by sign.
    #[default]
    Text,
    /// Letters and digits only.
    Compact,
}

impl Key {
    fn bytes(self, text: &str) -> impl Iterator<Item = u8> {
        text.bytes().filter(move |b| self == Self::Text || b.is_ascii_alphanumeric()).map(|b| b.to_ascii_lowercase())
    }

    /// Compares the beginning of a text, as long as `prefix`, with it.
    fn beginning(self, text: &str, prefix: &str) -> Ordering {
        self.bytes(text).take(prefix.len()).cmp(prefix.bytes())
    }
}

impl Tokens {
    pub(super) fn text(&self, doc: u32) -> Option<&str> {
        Some(self.texts.get(doc)).filter(|text| !text.is_empty())
    }

    /// The people with any of these words; with two of them, twice.
    pub(super) fn docs(&self, words: Range<u32>) -> &[u32] {
        self.word_docs.span(words)
    }

    pub(super) fn words_of(&self, doc: u32) -> &[u32] {
        self.doc_words.get(doc)
    }

    /// The people whose text is this, and those whose text only begins so; `prefix` folded.
    pub(super) fn beginning(&self, prefix: &str) -> (&[u32], &[u32]) {
        let from = self.order.partition_point(|&doc| self.key.beginning(self.texts.get(doc), prefix).is_lt());
        let rest = &self.order[from..];
        let count = rest.partition_point(|&doc| self.key.beginning(self.texts.get(doc), prefix).is_eq());
        let whole = rest[..count].partition_point(|&doc| self.key.bytes(self.texts.get(doc)).count() == prefix.len());
        rest[..count].split_at(whole)
    }
}

#[derive(Debug, Default)]
pub(super) struct TokensBuilder {
    ids: HashMap<String, u32>,
    pairs: Vec<(u32, u32)>,
    texts: Texts,
}

impl TokensBuilder {
    pub(super) fn push(&mut self, text: Option<&str>, tokens: impl Iterator<Item = String>) {
        let doc = self.texts.len();
        let first = self.pairs.len();
        for token in tokens {
            let next = self.ids.len() as u32;
            let id = *self.ids.entry(token).or_insert(next);
            if !self.pairs[first..].contains(&(doc, id)) {
                self.pairs.push((doc, id));
            }
        }
        self.texts.push(text.unwrap_or_default());
    }

    pub(super) fn finish(self, order: &[u32], key: Key) -> Tokens {
        let mut words: Vec<(String, u32)> = self.ids.into_iter().collect();
        words.sort_unstable();
        let mut word_places = vec![0; words.len()];
        for (place, (_, id)) in (0..).zip(&words) {
            word_places[*id as usize] = place;
        }
        let mut doc_places = vec![0; order.len()];
        for (place, &doc) in (0..).zip(order) {
            doc_places[doc as usize] = place;
        }
        let pairs = self.pairs.iter().map(|&(doc, word)| (doc_places[doc as usize], word_places[word as usize]));
        let doc_words = Lists::new(order.len() as u32, pairs);
        let by_doc = (0..order.len() as u32).flat_map(|doc| doc_words.get(doc).iter().map(move |&word| (word, doc)));
        let word_docs = Lists::new(words.len() as u32, by_doc.clone());
        let texts: Texts = order.iter().map(|&doc| self.texts.get(doc)).collect();
        let mut by_text: Vec<u32> = (0..order.len() as u32).filter(|&doc| !texts.get(doc).is_empty()).collect();
        by_text.sort_by(|&a, &b| key.bytes(texts.get(a)).cmp(key.bytes(texts.get(b))));
        Tokens {
            words: words.iter().map(|(word, _)| word.as_str()).collect(),
            word_docs,
            doc_words,
            texts,
            order: by_text,
            key,
        }
    }
}

/// The tokens of a login, folded: runs of letters and digits, and their letters alone. With places.
pub(super) fn login_tokens(login: &[char]) -> Vec<[usize; 2]> {
    let mut places = normalise::runs(login, char::is_alphanumeric);
    for [from, to] in places.clone() {
        let letters = normalise::runs(&login[from..to], char::is_alphabetic);
        places.extend(
            letters
                .into_iter()
                .filter(|letters| letters[1] - letters[0] < to - from)
                .map(|[a, b]| [from + a, from + b]),
        );
    }
    places
}

/// The tokens of a computer's name, folded: runs of letters and runs of digits. With places.
pub(super) fn workstation_tokens(name: &[char]) -> Vec<[usize; 2]> {
    let mut places = normalise::runs(name, |c| c.is_ascii_digit());
    places.extend(normalise::runs(name, char::is_alphabetic));
    places.sort_unstable();
    places
}
