//! Where employees fit a query: the pieces of their fields to mark, and what was guessed.
//!
//! It asks an index of just these people, so it cannot disagree with the search. One index for a whole page:
//! making one and reading the query cost more than looking somebody up.

mod numbers;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use app::model::{
    employee::{Employee, Field, Match},
    ids::EmployeeId,
};

use super::index::{Fitting, Record, Spot, fittings};

/// A piece of a field's shown text, `[from, to)` in UTF-16 units.
type Range = [u32; 2];

/// Fills in `matches` of these people; each comes once.
pub fn mark(text: &str, employees: &mut [Employee]) {
    let mut fittings: HashMap<EmployeeId, Vec<Fitting>> =
        fittings(text, employees.iter().map(Record::from)).into_iter().collect();
    for employee in employees {
        employee.matches = matches(employee, fittings.remove(&employee.id).unwrap_or_default());
    }
}

/// All fields that fit, in the order of the fields. Empty if the employee does not fit the query.
fn matches(employee: &Employee, fittings: Vec<Fitting>) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    for Fitting { place, guess } in fittings {
        for (field, index, ranges) in marked(employee, &place) {
            match matches.iter_mut().find(|of| of.field == field && of.index == index) {
                // What was read directly needs no explanation, whatever else fits in the same field.
                Some(of) => {
                    of.guess = of.guess.and(guess);
                    of.ranges.extend(ranges);
                }
                None => matches.push(Match { field, index, ranges, guess }),
            }
        }
    }
    for of in &mut matches {
        of.ranges = united(std::mem::take(&mut of.ranges));
    }
    matches.retain(|of| !of.ranges.is_empty());
    matches.sort_by_key(|of| (of.field, of.index));
    matches
}

fn marked(employee: &Employee, place: &Spot) -> Vec<(Field, Option<u32>, Vec<Range>)> {
    let some = |field, index, ranges: Vec<Range>| (!ranges.is_empty()).then_some((field, index, ranges));
    match place {
        Spot::Word { field, word, letters } => {
            let Some(text) = words::text(employee, *field) else { return Vec::new() };
            some(*field, None, words::places(*field, text, word, *letters)).into_iter().collect()
        }
        Spot::Domain { word, letters } => {
            let email = employee.email.as_deref().unwrap_or_default();
            some(Field::Email, None, words::domain_places(email, word, *letters)).into_iter().collect()
        }
        Spot::Email { letters } => {
            let email = employee.email.as_deref().unwrap_or_default();
            some(Field::Email, None, words::first_signs(email, *letters)).into_iter().collect()
        }
        Spot::Workstation { letters } => {
            let name = employee.workstation.as_deref().unwrap_or_default();
            some(Field::Workstation, None, words::first_letters(name, *letters)).into_iter().collect()
        }
        Spot::Phone { number, ext } => (0..)
            .zip(&employee.phones)
            .filter_map(|(at, phone)| {
                some(Field::Phones, Some(at), numbers::phone(phone, number.as_ref(), ext.as_deref()))
            })
            .collect(),
        Spot::Ip(network) => (0..)
            .zip(&employee.ips)
            .filter_map(|(at, ip)| some(Field::Ips, Some(at), numbers::ip(ip, network)))
            .collect(),
    }
}

/// In order, and those that overlap as one.
fn united(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_unstable();
    let mut united: Vec<Range> = Vec::new();
    for range in ranges.into_iter().filter(|range| range[0] < range[1]) {
        match united.last_mut() {
            Some(last) if range[0] <= last[1] => last[1] = last[1].max(range[1]),
            _ => united.push(range),
        }
    }
    united
}
