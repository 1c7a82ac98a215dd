//! Sorted texts in one block of memory, and lists of numbers in another.
//!
//! What the texts mean and how they are compared with a query is not here.

use std::ops::Range;

use crate::directory::translit::Sorted;

/// Texts one after another; by number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn get(&self, at: u32) -> &str {
        let from = if at == 0 { 0 } else { self.ends[at as usize - 1] };
        &self.text[from as usize..self.ends[at as usize] as usize]
    }

    pub(super) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text.as_ref()));
        all.shrink();
        all
    }
}

/// Only for texts that were pushed in order.
impl Sorted for Texts {
    fn count(&self) -> u32 {
        self.len()
    }

    fn text(&self, at: u32) -> &str {
        self.get(at)
    }
}

/// For each number from 0 a list of numbers.
#[derive(Debug, Default)]
pub(super) struct Lists {
    ends: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Lists of `count` keys from pairs (key, item) in any order; items keep their order.
    pub(super) fn new(count: u32, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut ends = vec![0; count as usize];
        for (key, _) in pairs.clone() {
            ends[key as usize] += 1;
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            // The list's beginning for now; filling it moves this to its end.
            *end = total - *end;
        }
        let mut items = vec![0; total as usize];
        for (key, item) in pairs {
            let at = &mut ends[key as usize];
            items[*at as usize] = item;
            *at += 1;
        }
        Self { ends, items }
    }

    pub(super) fn get(&self, key: u32) -> &[u32] {
        self.span(key..key + 1)
    }

    /// The lists of several keys, one after another.
    pub(super) fn span(&self, keys: Range<u32>) -> &[u32] {
        let end = |count: u32| if count == 0 { 0 } else { self.ends[count as usize - 1] as usize };
        &self.items[end(keys.start)..end(keys.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::{Lists, Texts};

    #[test]
    fn texts_and_lists_keep_their_content() {
        let texts: Texts = ["а", "", "бв"].into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["а", "", "бв"]);
        let lists = Lists::new(4, [(2, 7), (0, 1), (2, 5), (3, 9)].into_iter());
        let all: Vec<_> = (0..4).map(|key| lists.get(key)).collect();
        assert_eq!(all, [&[1][..], &[], &[7, 5], &[9]]);
        assert_eq!((lists.span(1..4), lists.span(0..0)), (&[7, 5, 9][..], &[][..]));
    }
}
