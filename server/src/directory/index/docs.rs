//! Sets of people within one segment, by their place in it.

/// A bit for each person.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn new(count: u32) -> Self {
        Self(vec![0; count.div_ceil(64) as usize])
    }

    pub(super) fn insert(&mut self, doc: u32) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    pub(super) fn contains(&self, doc: u32) -> bool {
        self.0[doc as usize / 64] >> (doc % 64) & 1 == 1
    }

    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().zip(0..).flat_map(|(&word, at)| {
            std::iter::successors((word != 0).then_some(word), |word| Some(word & (word - 1)).filter(|&rest| rest != 0))
                .map(move |word| at * 64 + word.trailing_zeros())
        })
    }
}

/// A set in order: a list when it is small, bits when it is large.
#[derive(Clone, Debug)]
pub(super) enum Docs {
    List(Vec<u32>),
    Bits(Bits),
}

/// Above one person in that many, bits are smaller and faster than a sorted list.
const DENSE: usize = 64;

impl Docs {
    /// `each` hands over at most `size` people of `count`.
    pub(super) fn collect(size: usize, count: u32, each: impl FnOnce(&mut dyn FnMut(u32))) -> Self {
        if size > 256 && size > count as usize / DENSE {
            let mut bits = Bits::new(count);
            each(&mut |doc| bits.insert(doc));
            return Self::Bits(bits);
        }
        let mut list = Vec::with_capacity(size);
        each(&mut |doc| list.push(doc));
        list.sort_unstable();
        list.dedup();
        Self::List(list)
    }

    pub(super) fn contains(&self, doc: u32) -> bool {
        match self {
            Self::List(list) => list.binary_search(&doc).is_ok(),
            Self::Bits(bits) => bits.contains(doc),
        }
    }

    /// In order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        let (list, bits) = match self {
            Self::List(list) => (list.as_slice(), None),
            Self::Bits(bits) => (&[][..], Some(bits)),
        };
        list.iter().copied().chain(bits.into_iter().flat_map(Bits::iter))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Bits(bits) => bits.len() as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bits, Docs};

    #[test]
    fn lists_and_bits_hold_the_same() {
        let docs = [5, 63, 64, 5, 999];
        for size in [docs.len(), 600] {
            let set = Docs::collect(size, 1000, |take| docs.into_iter().for_each(take));
            assert_eq!(matches!(set, Docs::Bits(_)), size == 600);
            assert_eq!(set.iter().collect::<Vec<_>>(), [5, 63, 64, 999]);
            assert!(set.contains(64) && !set.contains(65));
        }
        let mut bits = Bits::new(65);
        bits.insert(64);
        assert_eq!(bits.len(), 1);
    }
}
