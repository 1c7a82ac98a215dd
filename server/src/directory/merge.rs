//! Two accounts of one person made one: rows of the same file, and a file against the stored record.
//!
//! Who is who is found by e-mail or ID before; nothing here looks anybody up.

use app::model::employee::{ChangeKind, Field, FieldChange};

use super::{
    fields::{Warning, Warnings, ip, phone, text},
    person::{Person, Phone, SCALARS, StoredIp, StoredPhone, differences, same_items},
};

/// Two people under one e-mail: both surname and first name differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmailConflict;

/// Completes somebody from a later row of the same file: gaps are filled, lists joined, and a value
/// that differs is ignored with a warning.
///
/// # Errors
/// [`EmailConflict`] when the row is somebody else; nothing is taken from it then.
pub fn join(first: &mut Person, later: &Person) -> Result<Warnings, EmailConflict> {
    let differs = |field: Field| match (first.scalar(field), later.scalar(field)) {
        (Some(one), Some(other)) => text::fold(&one) != text::fold(&other),
        _ => false,
    };
    if differs(Field::Surname) && differs(Field::Name) {
        return Err(EmailConflict);
    }
    let warnings = SCALARS.into_iter().filter(|field| differs(*field)).map(Warning::Conflict);
    let mut warnings: Warnings = warnings.collect();
    for field in SCALARS {
        if first.scalar(field).is_none() {
            first.copy_scalar(later, field);
        }
    }
    for phone in &later.phones {
        if !phone::add(&mut first.phones, phone.clone()) {
            warnings.insert(Warning::PhoneInvalid);
        }
    }
    for ip in &later.ips {
        if first.ips.contains(ip) {
        } else if first.ips.len() < ip::MOST {
            first.ips.push(ip.clone());
        } else {
            warnings.insert(Warning::IpInvalid);
        }
    }
    Ok(warnings)
}

/// A record as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its values, the lists included.
    pub person: Person,
    /// The telephones with their origin.
    pub phones: Vec<StoredPhone>,
    /// The addresses with their origin.
    pub ips: Vec<StoredIp>,
    /// Scalar fields edited by hand that no import has confirmed since.
    pub edited: Vec<Field>,
    /// Neither left nor deleted.
    pub active: bool,
}

/// What becomes of a record that a file names.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The record afterwards; always active.
    pub after: Stored,
    /// What is to be written, if anything.
    pub outcome: Outcome,
    /// Values edited by hand that the file contradicts.
    pub warnings: Warnings,
}

/// How the record differs afterwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Not at all.
    Unchanged,
    /// No value differs, but the file confirms what was edited by hand.
    Confirmed,
    /// Values differ, or it is back among the active ones.
    Changed {
        /// [`ChangeKind::Updated`] or [`ChangeKind::Restored`].
        kind: ChangeKind,
        /// Field by field; empty for somebody who is only back.
        fields: Vec<FieldChange>,
    },
}

/// Every value of the file replaces the stored one, except in fields edited by hand; what the file does
/// not know stays. Its lists replace those of earlier imports and leave alone what was added by hand.
#[must_use]
pub fn decide(stored: &Stored, incoming: &Person) -> Decision {
    let mut after = stored.clone();
    let mut warnings = Warnings::default();
    for field in SCALARS {
        let Some(value) = incoming.scalar(field) else {
            continue;
        };
        let equal = stored.person.scalar(field).as_ref() == Some(&value);
        if equal {
            after.edited.retain(|edited| *edited != field);
        } else if stored.edited.contains(&field) {
            warnings.insert(Warning::Conflict(field));
        } else {
            after.person.copy_scalar(incoming, field);
        }
    }
    after.phones = phones(&stored.phones, &incoming.phones);
    after.person.phones = after.phones.iter().map(StoredPhone::phone).collect();
    after.ips = ips(&stored.ips, &incoming.ips);
    after.person.ips = after.ips.iter().map(|ip| ip.ip.clone()).collect();
    after.active = true;
    let fields = differences(&stored.person, &after.person);
    let kind = if stored.active { ChangeKind::Updated } else { ChangeKind::Restored };
    let outcome = if !stored.active || !fields.is_empty() {
        Outcome::Changed { kind, fields }
    } else if after.edited != stored.edited {
        Outcome::Confirmed
    } else {
        Outcome::Unchanged
    };
    Decision { after, outcome, warnings }
}

fn phones(stored: &[StoredPhone], incoming: &[Phone]) -> Vec<StoredPhone> {
    if incoming.is_empty() {
        return stored.to_vec();
    }
    let by_hand: Vec<Phone> = stored.iter().filter(|phone| phone.by_hand).map(StoredPhone::phone).collect();
    let mut list = incoming.to_vec();
    for phone in &by_hand {
        // Beyond the greatest length the file's own give way: nobody typed them.
        if !phone::add(&mut list, phone.clone()) {
            list.pop();
            list.push(phone.clone());
        }
    }
    let before: Vec<Phone> = stored.iter().map(StoredPhone::phone).collect();
    if same_items(&before, &list) {
        return stored.to_vec();
    }
    let origin = |phone: Phone| {
        let hand = by_hand.contains(&phone);
        StoredPhone::new(phone, hand)
    };
    list.into_iter().map(origin).collect()
}

fn ips(stored: &[StoredIp], incoming: &[String]) -> Vec<StoredIp> {
    if incoming.is_empty() {
        return stored.to_vec();
    }
    let by_hand = |ip: &String| stored.iter().any(|other| other.by_hand && other.ip == *ip);
    let mut list: Vec<_> = incoming.iter().map(|ip| StoredIp { ip: ip.clone(), by_hand: by_hand(ip) }).collect();
    list.extend(stored.iter().filter(|other| other.by_hand && !incoming.contains(&other.ip)).cloned());
    let addresses = |list: &[StoredIp]| list.iter().map(|ip| ip.ip.clone()).collect::<Vec<_>>();
    if same_items(&addresses(stored), &addresses(&list)) { stored.to_vec() } else { list }
}

#[cfg(test)]
mod tests;
