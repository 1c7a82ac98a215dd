//! A field of which each person has one value and many share it: values, their words, and who has them.

use std::collections::HashMap;

use super::vocab::{Lists, Texts};
use crate::directory::{
    normalise::{self, Folded},
    translit::Sorted as _,
};

/// How a field's text is cut into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Runs of letters and digits.
    Words,
    /// Those, and all of it as one.
    Room,
    /// Pieces between dots, those between hyphens, and all of it.
    Domain,
}

/// Nobody has this value.
const ABSENT: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct Column {
    /// The texts as stored, in the order of their folded forms.
    values: Texts,
    /// All words of all values, folded, in order.
    pub(super) words: Texts,
    /// For each word the values that have it, times two, plus one where it is the whole value.
    word_values: Lists,
    value_docs: Lists,
    /// How many words a value has, at most 255.
    value_words: Vec<u8>,
    doc_values: Vec<u32>,
}

impl Column {
    pub(super) fn value_count(&self) -> u32 {
        self.values.len()
    }

    pub(super) fn value(&self, doc: u32) -> Option<u32> {
        Some(self.doc_values[doc as usize]).filter(|&value| value != ABSENT)
    }

    pub(super) fn text(&self, doc: u32) -> Option<&str> {
        self.value(doc).map(|value| self.values.get(value))
    }

    pub(super) fn docs(&self, value: u32) -> &[u32] {
        self.value_docs.get(value)
    }

    pub(super) fn word_count(&self, value: u32) -> u8 {
        self.value_words[value as usize]
    }

    /// The values with a word, and whether the word is all of it.
    pub(super) fn values_of(&self, word: u32) -> impl Iterator<Item = (u32, bool)> {
        self.word_values.get(word).iter().map(|&value| (value >> 1, value & 1 == 1))
    }

    /// Whether a word is in somebody's value.
    pub(super) fn has(&self, doc: u32, word: u32) -> bool {
        self.value(doc).is_some_and(|value| self.values_of(word).any(|(having, _)| having == value))
    }

    /// The values whose folded text is this one.
    pub(super) fn values_folded(&self, folded: &str) -> Vec<u32> {
        (0..self.values.len()).filter(|&value| normalise::fold(self.values.get(value)) == folded).collect()
    }
}

/// Collects the values of a column, person by person.
#[derive(Debug, Default)]
pub(super) struct ColumnBuilder {
    ids: HashMap<String, u32>,
    docs: Vec<u32>,
}

impl ColumnBuilder {
    pub(super) fn push(&mut self, text: Option<&str>) {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return self.docs.push(ABSENT) };
        let id = match self.ids.get(text) {
            Some(&id) => id,
            None => {
                let id = self.ids.len() as u32;
                self.ids.insert(text.to_owned(), id);
                id
            }
        };
        self.docs.push(id);
    }

    /// For each person the rank of his value: equal where the folded texts are equal, 0 where absent.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut keys: Vec<(String, u32)> = self.ids.iter().map(|(text, &id)| (normalise::fold(text), id)).collect();
        keys.sort_unstable();
        let mut ranks = vec![0; keys.len()];
        let mut rank = 0;
        for at in 0..keys.len() {
            rank += u32::from(at == 0 || keys[at - 1].0 != keys[at].0);
            ranks[keys[at].1 as usize] = rank;
        }
        self.docs.iter().map(|&id| if id == ABSENT { 0 } else { ranks[id as usize] }).collect()
    }

    /// `order` names for each place the person, in the order of `push`, who gets it.
    pub(super) fn finish(self, order: &[u32], cut: Cut) -> Column {
        let mut values: Vec<(String, String, u32)> =
            self.ids.into_iter().map(|(text, id)| (normalise::fold(&text), text, id)).collect();
        values.sort_unstable();
        let mut places = vec![0; values.len()];
        for (place, (.., id)) in (0..).zip(&values) {
            places[*id as usize] = place;
        }
        let place = |id: u32| if id == ABSENT { ABSENT } else { places[id as usize] };
        let doc_values: Vec<u32> = order.iter().map(|&doc| place(self.docs[doc as usize])).collect();
        let having =
            doc_values.iter().zip(0..).filter(|&(&value, _)| value != ABSENT).map(|(&value, doc)| (value, doc));
        let value_docs = Lists::new(values.len() as u32, having);

        let mut value_words = Vec::with_capacity(values.len());
        let mut words: Vec<(String, u32)> = Vec::new();
        for (value, (_, text, _)) in (0..).zip(&values) {
            let cut = cut_words(text, cut);
            value_words.push(u8::try_from(cut.iter().filter(|word| !word.synthetic).count().max(1)).unwrap_or(u8::MAX));
            words.extend(cut.into_iter().map(|word| (word.text, value << 1 | u32::from(word.whole))));
        }
        words.sort_unstable();
        words.dedup();
        let mut texts: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        texts.dedup();
        let texts: Texts = texts.into_iter().collect();
        let mut at = 0;
        let pairs: Vec<(u32, u32)> = words
            .iter()
            .map(|(word, value)| {
                at += u32::from(texts.get(at) != word);
                (at, *value)
            })
            .collect();
        Column {
            values: values.iter().map(|(_, text, _)| text.as_str()).collect(),
            word_values: Lists::new(texts.count(), pairs.iter().copied()),
            words: texts,
            value_docs,
            value_words,
            doc_values,
        }
    }
}

/// A word of a field.
#[derive(Clone, Debug)]
pub(super) struct CutWord {
    pub(super) text: String,
    /// It is all there is.
    pub(super) whole: bool,
    /// Made of several words.
    pub(super) synthetic: bool,
    /// Where it stands in the folded text, `[from, to)` in letters.
    pub(super) place: [usize; 2],
}

/// The words of a field's text.
pub(super) fn cut_words(text: &str, cut: Cut) -> Vec<CutWord> {
    let folded = Folded::new(text);
    let mut words: Vec<CutWord> = Vec::new();
    let runs = folded.words();
    let push = |words: &mut Vec<CutWord>, [from, to]: [usize; 2], whole, synthetic: Option<bool>| {
        let text: String =
            folded.chars[from..to].iter().filter(|c| synthetic != Some(true) || c.is_alphanumeric()).collect();
        let text = normalise::one_script(&text).unwrap_or(text);
        if !words.iter().any(|word| word.text == text) {
            words.push(CutWord { text, whole, synthetic: synthetic.is_some(), place: [from, to] });
        }
    };
    let all = runs.first().zip(runs.last()).map(|(first, last)| [first[0], last[1]]);
    match cut {
        Cut::Words => {
            for &run in &runs {
                push(&mut words, run, runs.len() == 1, None);
            }
            for pair in runs.windows(2) {
                let (both, whole) = ([pair[0][0], pair[1][1]], runs.len() == 2);
                match folded.chars[pair[0][1]..pair[1][0]] {
                    ['\''] => push(&mut words, both, whole, Some(true)),
                    ['-'] => push(&mut words, both, whole, Some(false)),
                    _ => {}
                }
            }
        }
        Cut::Room => {
            all.into_iter().for_each(|all| push(&mut words, all, true, Some(true)));
            let digit = |c: char| c.is_ascii_digit();
            for [from, to] in runs {
                push(&mut words, [from, to], false, None);
                for inside in [digit as fn(char) -> bool, |c| !c.is_ascii_digit()] {
                    for [a, b] in normalise::runs(&folded.chars[from..to], inside) {
                        push(&mut words, [from + a, from + b], false, None);
                    }
                }
            }
        }
        Cut::Domain => {
            all.into_iter().for_each(|all| push(&mut words, all, true, Some(false)));
            for label in normalise::runs(&folded.chars, |c| c != '.') {
                push(&mut words, label, false, None);
            }
            for run in runs {
                push(&mut words, run, false, None);
            }
        }
    }
    words
}
