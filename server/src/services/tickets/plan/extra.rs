//! Type, service, SLA and additional fields as part of what a ticket shall be like. Pure.

use std::collections::BTreeMap;

use app::model::ticket::asked::{DYNAMIC, FieldValue};
use serde::{Deserialize, Serialize};

use crate::{
    integrations::otrs::{Change, Field, Reference, Ticket},
    services::tickets::asked::{SERVICE, SLA, TYPE},
};

/// What a ticket shall hold besides the usual. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extra {
    /// The name of its type.
    pub kind: Option<String>,
    /// The name of its service.
    pub service: Option<String>,
    /// The name of its service level agreement.
    pub sla: Option<String>,
    /// Additional fields by name; no values: it is empty.
    pub fields: BTreeMap<String, Vec<String>>,
}

impl Extra {
    /// What somebody filled in. OTRS knows no way to take type, service and SLA away.
    pub fn of(given: &[FieldValue]) -> Self {
        let one = |name: &str| given.iter().find(|field| field.name == name)?.values.first().cloned();
        let additional =
            |field: &FieldValue| Some((field.name.strip_prefix(DYNAMIC)?.to_owned(), field.values.clone()));
        Self {
            kind: one(TYPE),
            service: one(SERVICE),
            sla: one(SLA),
            fields: given.iter().filter_map(additional).collect(),
        }
    }

    /// What of it is not so yet.
    pub fn missing(&self, ticket: &Ticket) -> Self {
        let other = |wanted: &Option<String>, now: Option<&str>| {
            let same = |wanted: &String| now.is_some_and(|now| now.to_lowercase() == wanted.to_lowercase());
            wanted.clone().filter(|wanted| !same(wanted))
        };
        let holds = |name: &str, values: &[String]| {
            let now = ticket.fields.iter().find(|field| field.name == name);
            alike(values, now.map_or(&[], |field| &field.values))
        };
        let fields = self.fields.iter().filter(|(name, values)| !holds(name, values));
        let service = other(&self.service, ticket.service.as_ref().map(|service| &*service.name));
        let sla = other(&self.sla, ticket.sla.as_ref().map(|sla| &*sla.name));
        Self {
            kind: other(&self.kind, ticket.kind.as_ref().map(|kind| &*kind.name)),
            // An agreement belongs to a service, so it is named again with it.
            sla: if service.is_some() { self.sla.clone() } else { sla },
            service,
            fields: fields.map(|(name, values)| (name.clone(), values.clone())).collect(),
        }
    }

    /// A change that asks for it as well.
    pub fn put(&self, mut change: Change) -> Change {
        let named = |name: &Option<String>| name.clone().map(Reference::Name);
        let field = |(name, values): (&String, &Vec<String>)| Field { name: name.clone(), values: values.clone() };
        change.kind = named(&self.kind).or(change.kind);
        change.service = named(&self.service);
        change.sla = named(&self.sla);
        change.fields.extend(self.fields.iter().map(field));
        change
    }

    /// It for people.
    pub fn listed(&self) -> impl Iterator<Item = String> {
        let usual = [(TYPE, &self.kind), (SERVICE, &self.service), (SLA, &self.sla)];
        let usual = usual.into_iter().filter_map(|(what, value)| Some(format!("{what}: {}", value.as_ref()?)));
        usual.chain(self.fields.iter().map(|(name, values)| format!("{name}: {}", values.join(", "))))
    }
}

/// Whether OTRS holds these values: it orders them as it likes, trims texts, and has nothing where a box is not ticked.
fn alike(wanted: &[String], now: &[String]) -> bool {
    let plain = |values: &[String]| {
        let mut values: Vec<String> =
            values.iter().map(|value| value.replace("\r\n", "\n").trim().to_owned()).collect();
        values.retain(|value| !value.is_empty() && value != "0");
        values.sort_unstable();
        values
    };
    plain(wanted) == plain(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_as_otrs_keeps_them() {
        let values = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>();
        for (wanted, now, expected) in [
            (&["0"][..], &[][..], true),
            (&["1"], &[], false),
            (&["vpn", "mail"], &["mail", "vpn"], true),
            (&["vpn"], &["mail", "vpn"], false),
            (&[" a\r\nb "], &["a\nb"], true),
            (&[], &["a"], false),
        ] {
            assert_eq!(alike(&values(wanted), &values(now)), expected, "{wanted:?} {now:?}");
        }
    }
}
