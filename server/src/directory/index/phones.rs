//! Telephones by number, by its end, by its local part, and by extension. Digits fit or do not: no errors.

use std::ops::Range;

use super::{record::Line, vocab::Lists};
use crate::directory::{query::Digits, rank::looseness};

/// E.164 has at most that many digits.
const NUMBER_LEN: usize = 15;
/// Longer extensions are not kept.
const EXT_LEN: usize = 9;
/// A local number in Russia at its longest.
const LOCAL_LEN: usize = 7;
/// Fewer digits do not say a number by its beginning or end.
const MIN_PIECE: usize = 3;

#[derive(Debug, Default)]
pub(super) struct Phones {
    /// All different numbers in order.
    numbers: Vec<u64>,
    /// Places in `numbers`, by the digits from the end.
    by_ending: Vec<u32>,
    /// Places in `numbers`, by the last seven digits.
    by_local: Vec<u32>,
    number_lines: Lists,
    /// All extensions in the order of their digits, with their lines.
    exts: Vec<(u64, u32)>,
    lines: Vec<Stored>,
    /// One past the last line of each person.
    ends: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Stored {
    doc: u32,
    /// Place in `numbers`.
    number: u32,
    /// See [`ext_key`]; 0 for none.
    ext: u64,
}

const NO_NUMBER: u32 = u32::MAX;

const fn power(exponent: usize) -> u64 {
    10_u64.pow(exponent as u32)
}

fn parse(digits: &str, longest: usize) -> Option<u64> {
    (!digits.is_empty() && digits.len() <= longest && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// Orders extensions like texts: digits aligned to the left, then their count.
fn ext_key(digits: &str) -> Option<u64> {
    Some(parse(digits, EXT_LEN)? * power(EXT_LEN - digits.len()) * 10 + digits.len() as u64)
}

/// The digits from the end, aligned to the left.
fn ending_key(mut number: u64) -> u64 {
    let mut key = 0;
    for _ in 0..NUMBER_LEN {
        key = key * 10 + number % 10;
        number /= 10;
    }
    key
}

/// The numbers of `len` digits that begin with a piece.
fn beginning(piece: &str, len: usize) -> Option<Range<u64>> {
    let piece_value = parse(piece, len)?;
    let scale = power(len - piece.len());
    Some(piece_value * scale..(piece_value + 1) * scale)
}

fn sorted_range<T>(sorted: &[T], range: &Range<u64>, key: impl Fn(&T) -> u64) -> Range<usize> {
    sorted.partition_point(|item| key(item) < range.start)..sorted.partition_point(|item| key(item) < range.end)
}

/// Collects telephones, person by person.
#[derive(Debug, Default)]
pub(super) struct PhonesBuilder {
    /// Number and extension as numbers; 0 for none.
    lines: Vec<(u64, u64)>,
    ends: Vec<u32>,
}

impl PhonesBuilder {
    pub(super) fn push(&mut self, lines: &[Line]) {
        let digits = |text: &str| parse(text.strip_prefix('+').unwrap_or(text), NUMBER_LEN).unwrap_or(0);
        self.lines.extend(lines.iter().map(|line| {
            (line.number.as_deref().map_or(0, digits), line.ext.as_deref().and_then(ext_key).unwrap_or(0))
        }));
        self.ends.push(self.lines.len() as u32);
    }

    /// `order` names for each place the person, in the order of `push`, who gets it.
    pub(super) fn finish(self, order: &[u32]) -> Phones {
        let mut numbers: Vec<u64> =
            self.lines.iter().map(|&(number, _)| number).filter(|&number| number != 0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.shrink_to_fit();
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut ends = Vec::with_capacity(order.len());
        for (doc, &old) in (0..).zip(order) {
            let from = if old == 0 { 0 } else { self.ends[old as usize - 1] };
            lines.extend(self.lines[from as usize..self.ends[old as usize] as usize].iter().map(|&(number, ext)| {
                let number = numbers.binary_search(&number).map_or(NO_NUMBER, |at| at as u32);
                Stored { doc, number, ext }
            }));
            ends.push(lines.len() as u32);
        }
        let with_number = (0..).zip(&lines).filter(|(_, line)| line.number != NO_NUMBER);
        let number_lines = Lists::new(numbers.len() as u32, with_number.map(|(at, line)| (line.number, at)));
        let mut by_ending: Vec<u32> = (0..numbers.len() as u32).collect();
        let mut by_local = by_ending.clone();
        by_ending.sort_unstable_by_key(|&at| ending_key(numbers[at as usize]));
        by_local.sort_unstable_by_key(|&at| numbers[at as usize] % power(LOCAL_LEN));
        let mut exts: Vec<(u64, u32)> =
            lines.iter().zip(0..).filter(|(line, _)| line.ext != 0).map(|(line, at)| (line.ext, at)).collect();
        exts.sort_unstable();
        Phones { numbers, by_ending, by_local, number_lines, exts, lines, ends }
    }
}

/// Lines or numbers that fit and how exactly.
pub(super) type Fitting = Vec<(u16, Vec<u32>)>;

impl Phones {
    pub(super) fn doc(&self, line: u32) -> u32 {
        self.lines[line as usize].doc
    }

    fn lines_of(&self, doc: u32) -> &[Stored] {
        let from = if doc == 0 { 0 } else { self.ends[doc as usize - 1] };
        &self.lines[from as usize..self.ends[doc as usize] as usize]
    }

    /// The people with a number; somebody may come twice.
    pub(super) fn docs(&self, number: u32) -> impl ExactSizeIterator<Item = u32> {
        self.number_lines.get(number).iter().map(|&line| self.doc(line))
    }

    /// Whether somebody has one of some numbers, given in order.
    pub(super) fn has_any(&self, doc: u32, numbers: &[u32]) -> bool {
        self.lines_of(doc).iter().any(|line| numbers.binary_search(&line.number).is_ok())
    }

    /// The telephones of a person.
    pub(super) fn of(&self, doc: u32) -> impl Iterator<Item = Line> {
        self.lines_of(doc).iter().map(|line| Line {
            number: (line.number != NO_NUMBER).then(|| format!("+{}", self.numbers[line.number as usize])),
            ext: (line.ext != 0).then(|| {
                let len = (line.ext % 10) as usize;
                format!("{:0len$}", line.ext / 10 / power(EXT_LEN - len))
            }),
        })
    }

    /// Lines by extension: the whole one, or a beginning.
    pub(super) fn by_ext(&self, ext: &str) -> Fitting {
        let Some(key) = ext_key(ext) else { return Vec::new() };
        let range = key..key / 10 * 10 + power(EXT_LEN - ext.len()) * 10;
        let (mut whole, mut begun) = (Vec::new(), Vec::new());
        for &(stored, line) in &self.exts[sorted_range(&self.exts, &range, |&(key, _)| key)] {
            if stored == key { whole.push(line) } else { begun.push(line) }
        }
        vec![(looseness::EXACT, whole), (looseness::BEGINNING, begun)]
    }

    /// Numbers, in order: the whole one, a beginning with or without codes, an ending.
    pub(super) fn by_number(&self, typed: &Digits) -> Fitting {
        let whole_number = |number: u64| self.numbers.binary_search(&number).ok().map(|at| at..at + 1);
        let begun = |piece: &str, len| beginning(piece, len).map(|range| sorted_range(&self.numbers, &range, |&n| n));
        let mut fitting: Vec<(u16, Vec<u32>)> = Vec::new();
        let mut add = |looseness, range: Option<Range<usize>>| {
            if let Some(range) = range.filter(|range| !range.is_empty()) {
                fitting.push((looseness, range.map(|at| at as u32).collect()));
            }
        };
        for national in typed.nationals() {
            match national.len() {
                10 => add(looseness::EXACT, parse(&format!("7{national}"), 11).and_then(whole_number)),
                MIN_PIECE..10 => add(looseness::BEGINNING, begun(&format!("7{national}"), 11)),
                _ => {}
            }
        }
        let digits = typed.digits.as_str();
        if let Some(digits) = typed.international() {
            add(looseness::EXACT, parse(digits, NUMBER_LEN).and_then(whole_number));
            if digits.len() >= MIN_PIECE {
                for len in digits.len() + 1..=NUMBER_LEN {
                    add(looseness::BEGINNING, begun(digits, len));
                }
            }
        }
        let places = |sorted: &[u32], range: Range<usize>| sorted[range].to_vec();
        if !typed.plus && (MIN_PIECE + 1..10).contains(&digits.len()) {
            let reversed: String = digits.chars().rev().collect();
            if let Some(range) = beginning(&reversed, NUMBER_LEN) {
                let range = sorted_range(&self.by_ending, &range, |&at| ending_key(self.numbers[at as usize]));
                let looseness = if digits.len() == LOCAL_LEN { looseness::EXACT } else { looseness::ENDING };
                fitting.push((looseness, places(&self.by_ending, range)));
            }
        }
        if !typed.plus
            && (MIN_PIECE..LOCAL_LEN).contains(&digits.len())
            && let Some(range) = beginning(digits, LOCAL_LEN)
        {
            let range = sorted_range(&self.by_local, &range, |&at| self.numbers[at as usize] % power(LOCAL_LEN));
            fitting.push((looseness::BEGINNING + 1, places(&self.by_local, range)));
        }
        for (_, numbers) in &mut fitting {
            numbers.sort_unstable();
        }
        fitting
    }

    /// Lines with this extension at this number.
    pub(super) fn by_number_and_ext(&self, at: &Digits, ext: &str) -> Fitting {
        let numbers = self.by_number(at);
        let mut fitting = Vec::new();
        for (of_ext, lines) in self.by_ext(ext) {
            for (of_number, numbers) in &numbers {
                let at_number = |line: &u32| numbers.binary_search(&self.lines[*line as usize].number).is_ok();
                fitting.push((of_ext.max(*of_number), lines.iter().copied().filter(at_number).collect()));
            }
        }
        fitting
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Phones, PhonesBuilder};
    use crate::directory::query::Digits;

    fn line(number: &str, ext: &str) -> Line {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Line { number: some(number), ext: some(ext) }
    }

    fn phones() -> (Vec<Vec<Line>>, Phones) {
        let persons = vec![
            vec![line("+74957802000", "1234"), line("+79161112233", "")],
            vec![line("", "0123")],
            vec![],
            vec![line("+74957802000", "1235"), line("+493012345678", "")],
        ];
        let mut phones = PhonesBuilder::default();
        persons.iter().for_each(|lines| phones.push(lines));
        let phones = phones.finish(&[0, 1, 2, 3]);
        (persons, phones)
    }

    #[test]
    fn telephones_come_back_as_they_were() {
        let (persons, phones) = phones();
        for (doc, lines) in (0..).zip(persons) {
            assert_eq!(phones.of(doc).collect::<Vec<_>>(), lines);
        }
    }

    #[test]
    fn a_number_is_found_whole_by_its_beginning_and_by_its_end() {
        let (_, phones) = phones();
        for (typed, plus, docs) in [
            ("84957802000", false, &[0, 3][..]),
            ("74957802000", true, &[0, 3]),
            ("4957802000", false, &[0, 3]),
            ("7802000", false, &[0, 3]),
            ("780200", false, &[0, 3]),
            ("8916111", false, &[0]),
            ("916111", false, &[0]),
            ("7916", true, &[0]),
            ("2233", false, &[0]),
            ("00780", false, &[]),
            ("493012345678", true, &[3]),
            ("00493012345678", false, &[3]),
            ("4930", true, &[3]),
            ("74957802001", true, &[]),
            ("12", false, &[]),
            ("12345678901234567890", false, &[]),
        ] {
            let typed = Digits { digits: typed.into(), plus };
            let numbers: Vec<_> = phones.by_number(&typed).into_iter().flat_map(|(_, numbers)| numbers).collect();
            let mut found: Vec<_> = numbers.iter().flat_map(|&number| phones.docs(number)).collect();
            found.sort_unstable();
            found.dedup();
            assert_eq!(found, docs, "{typed:?}");
            assert!(docs.iter().all(|&doc| numbers.iter().any(|&number| phones.has_any(doc, &[number]))));
        }
    }

    #[test]
    fn an_extension_keeps_its_zeros_and_may_be_begun() {
        let (_, phones) = phones();
        let found = |ext: &str| -> Vec<Vec<u32>> {
            phones
                .by_ext(ext)
                .into_iter()
                .map(|(_, lines)| lines.into_iter().map(|line| phones.doc(line)).collect())
                .collect()
        };
        assert_eq!(found("1234"), [vec![0], vec![]]);
        assert_eq!(found("123"), [vec![], vec![0, 3]]);
        assert_eq!(found("0123"), [vec![1], vec![]]);
        assert_eq!(found("12340"), [Vec::<u32>::new(), Vec::new()]);
        let company = Digits { digits: "4957802000".into(), plus: false };
        let both: Vec<_> =
            phones.by_number_and_ext(&company, "1235").into_iter().flat_map(|(_, lines)| lines).collect();
        assert_eq!(both.into_iter().map(|line| phones.doc(line)).collect::<Vec<_>>(), [3]);
    }
}
