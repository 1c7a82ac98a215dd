//! Russian in Latin letters and the reverse, in any usual scheme and in mixtures of them.
//!
//! A word is not converted, it is walked: each piece of it has several readings, and only those that
//! lead into the words of a dictionary are followed. So nothing depends on which scheme was meant.

mod tables;

use std::{collections::HashSet, ops::Range};

/// Texts in order, as a dictionary to walk.
pub trait Sorted {
    /// How many there are.
    fn count(&self) -> u32;

    /// One of them.
    fn text(&self, at: u32) -> &str;

    /// Those of `node` that go on with `next` after what they share.
    fn step(&self, node: &Node, next: &str) -> Option<Node> {
        let (next, depth) = (next.as_bytes(), node.depth);
        let piece = |at| {
            let text = self.text(at).as_bytes();
            let rest = &text[depth.min(text.len())..];
            &rest[..next.len().min(rest.len())]
        };
        let from = partition(node.range.clone(), |at| piece(at) < next);
        let to = partition(from..node.range.end, |at| piece(at) <= next);
        (from < to).then(|| Node { range: from..to, depth: depth + next.len() })
    }

    /// All of them.
    fn root(&self) -> Node {
        Node { range: 0..self.count(), depth: 0 }
    }

    /// Those that begin with `prefix`.
    fn beginning(&self, prefix: &str) -> Range<u32> {
        self.step(&self.root(), prefix).map_or(0..0, |node| node.range)
    }

    /// Where exactly this text is.
    fn exactly(&self, text: &str) -> Option<u32> {
        let first = self.beginning(text).next()?;
        (self.text(first).len() == text.len()).then_some(first)
    }
}

fn partition(range: Range<u32>, before: impl Fn(u32) -> bool) -> u32 {
    let (mut from, mut to) = (range.start, range.end);
    while from < to {
        let middle = from + (to - from) / 2;
        if before(middle) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

/// The texts of a dictionary that share their first `depth` bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    /// Where they are.
    pub range: Range<u32>,
    /// What they share, in bytes.
    pub depth: usize,
}

/// Keeps a pathological word from walking for ever; an ordinary one takes a few hundred steps.
const MAX_STEPS: usize = 3000;

/// The places of a dictionary to which some reading of the whole word in the other script leads, and how
/// many unusual readings it takes.
#[must_use]
pub fn walk(word: &str, dictionary: &impl Sorted) -> Vec<(Node, u16)> {
    let table = if word.contains(super::normalise::is_cyrillic) { tables::TO_LATIN } else { tables::TO_RUSSIAN };
    let mut walker = Walker { dictionary, table, seen: HashSet::new(), ends: Vec::new() };
    walker.go(word, 0, true, dictionary.root());
    walker.ends
}

struct Walker<'a, D> {
    dictionary: &'a D,
    table: tables::Table,
    seen: HashSet<(usize, u16, Node)>,
    ends: Vec<(Node, u16)>,
}

impl<D: Sorted> Walker<'_, D> {
    fn go(&mut self, rest: &str, rare: u16, first: bool, node: Node) {
        if self.seen.len() > MAX_STEPS || !self.seen.insert((rest.len(), rare, node.clone())) {
            return;
        }
        if rest.is_empty() {
            self.ends.push((node.clone(), rare));
        }
        if !first {
            // The signs have no letter of their own in most schemes.
            for sign in ["ь", "ъ"] {
                if let Some(next) = self.dictionary.step(&node, sign) {
                    self.go(rest, rare, false, next);
                }
            }
        }
        for (piece, readings) in self.table {
            let (piece, at_end) = match piece.strip_suffix('$') {
                Some(piece) => (piece, true),
                None => (*piece, false),
            };
            let Some(after) = rest.strip_prefix(piece) else { continue };
            if at_end && !after.is_empty() {
                continue;
            }
            for reading in readings.split(' ') {
                let (reading, more) = reading.strip_prefix('~').map_or((reading, 0), |reading| (reading, 1));
                if let Some(next) = self.dictionary.step(&node, reading) {
                    self.go(after, rare + more, false, next);
                }
            }
        }
    }
}

/// The Cyrillic letters with which a name may begin of which this is the Latin initial.
pub fn initials(letter: &str) -> impl Iterator<Item = &'static str> {
    let found = tables::INITIALS.iter().find(|(initial, _)| *initial == letter);
    found.into_iter().flat_map(|(_, letters)| letters.split(' '))
}

/// A Latin skeleton that is nearly the same for all spellings of a word: what is left to differ is
/// little enough for a typing error to be told from a scheme.
#[must_use]
pub fn skeleton(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let rule = tables::SKELETON.iter().find_map(|(from, to)| rest.strip_prefix(from).map(|rest| (*to, rest)));
        let (to, after) = rule.unwrap_or(("", &rest[c.len_utf8()..]));
        if rule.is_none() {
            out.push(c);
        }
        out.push_str(to);
        rest = after;
    }
    while out.ends_with("ii") {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Sorted, skeleton, walk};

    struct Words(Vec<&'static str>);

    impl Sorted for Words {
        fn count(&self) -> u32 {
            self.0.len() as u32
        }

        fn text(&self, at: u32) -> &str {
            self.0[at as usize]
        }
    }

    fn exact(word: &str, mut words: Vec<&'static str>) -> Vec<&'static str> {
        words.sort_unstable();
        let words = Words(words);
        let mut found: Vec<_> = walk(word, &words)
            .into_iter()
            .filter(|(node, _)| words.text(node.range.start).len() == node.depth)
            .map(|(node, _)| words.0[node.range.start as usize])
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn a_dictionary_is_narrowed_by_beginnings() {
        let words = Words(vec!["а", "ан", "анна", "антон", "б"]);
        assert_eq!(words.beginning("ан"), 1..4);
        assert_eq!(words.exactly("ан"), Some(1));
        assert_eq!(words.exactly("анн"), None);
        assert_eq!(words.beginning("анв"), 0..0);
        assert_eq!(words.beginning(""), 0..5);
    }

    #[test]
    fn every_usual_scheme_leads_to_the_word() {
        for (word, spellings) in [
            ("щербаков", "shcherbakov shherbakov scherbakov sherbakov"),
            ("юлия", "yuliya iuliia julia yulia juliya"),
            ("евгений", "evgenii evgeniy evgenij evgeny yevgeniy yevgeny"),
            ("дмитрий", "dmitrii dmitriy dmitrij dmitry dmitri"),
            ("алексей", "aleksei aleksey aleksej alexey alexei"),
            ("цветков", "tsvetkov czvetkov cvetkov zvetkov"),
            ("хохлов", "khokhlov hohlov xoxlov"),
            ("соловьев", "solovev solovyev solovjev soloviev solovyov"),
            ("горбачев", "gorbachev gorbachyov gorbachov"),
            ("подъячев", "podieiachev podyachev podjachev podiachev"),
            ("ксения", "kseniia kseniya xenia ksenija ksenia"),
            ("жуков", "zhukov jukov"),
            ("быков", "bykov"),
            ("йович", "iovich yovich jovich"),
            ("эльдар", "eldar"),
            ("цой", "tsoi tsoy czoj coi zoj"),
            ("зайцев", "zaitsev zaytsev zajczev zaicev zajzev"),
        ] {
            for spelling in spellings.split(' ') {
                assert_eq!(exact(spelling, vec![word, "иванов"]), [word], "{spelling}");
            }
        }
    }

    #[test]
    fn a_foreign_name_is_found_by_its_russian_spelling() {
        for (typed, word) in [
            ("мюллер", "muller"),
            ("смит", "smith"),
            ("джонсон", "johnson"),
            ("росси", "rossi"),
            ("новак", "novak"),
            ("новак", "nowak"),
            ("чен", "chen"),
            ("браун", "brown"),
            ("дюбуа", "dubois"),
            ("йылмаз", "yilmaz"),
            ("эмили", "emily"),
            ("ханс", "hans"),
        ] {
            assert_eq!(exact(typed, vec![word, "xyz"]), [word], "{typed}");
        }
        assert_eq!(exact("mueller", vec!["muller"]), ["muller"]);
    }

    #[test]
    fn a_long_word_ends_its_walk() {
        let words = vec!["аааааааааааааааааааааааааааааааа"; 50];
        assert!(walk(&"a".repeat(200), &Words(words)).is_empty());
    }

    #[test]
    fn skeletons_of_one_word_are_alike() {
        for (word, spellings) in [
            ("щербаков", "shcherbakov shherbakov scherbakov sherbakov"),
            ("юлия", "yuliya iuliia juliya"),
            ("хохлов", "khokhlov hohlov"),
            ("цветков", "tsvetkov czvetkov"),
            ("дмитрий", "dmitrii dmitriy dmitrij dmitry dmitri"),
        ] {
            for spelling in spellings.split(' ') {
                assert_eq!(skeleton(spelling), skeleton(word), "{spelling}");
            }
        }
    }
}
