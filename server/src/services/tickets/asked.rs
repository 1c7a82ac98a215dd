//! What this OTRS wants to know of a ticket beyond the usual: as an administrator says it, completed by what tickets have
//! named, and whether what somebody filled in fits.

use std::collections::HashSet;

use app::model::{
    Error, Result,
    ticket::asked::{AskedField, DYNAMIC, FieldKind, FieldValue, Moment, Need, values},
};

use super::Tickets;
use crate::{
    auth::policy::Action,
    store::{self, tickets::one::DetailRow},
};

/// Fields that are not additional ones.
pub(super) const TYPE: &str = "Type";
pub(super) const SERVICE: &str = "Service";
pub(super) const SLA: &str = "SLA";
/// So many fields a form may have, and so many choices a field.
const FIELDS: usize = 50;
const CHOICES: usize = 500;

/// With the type, which is offered when a ticket is made wherever there are several, unless it is said otherwise.
fn with_type(fields: &[AskedField]) -> Vec<AskedField> {
    let mut all = fields.to_vec();
    if all.iter().all(|field| field.name != TYPE) {
        let name = TYPE.to_owned();
        all.insert(0, AskedField { name, kind: FieldKind::Choice, create: Need::Offered, ..AskedField::default() });
    }
    all
}

/// What forms ask for, with what there is to choose from.
pub(super) fn offered(
    fields: &[AskedField],
    kinds: &[String],
    services: &[String],
    slas: &[String],
) -> Vec<AskedField> {
    let is_said = |name: &str| fields.iter().any(|field| field.name == name);
    let complete = |mut field: AskedField| {
        let known = match &*field.name {
            TYPE => kinds,
            SERVICE => services,
            SLA => slas,
            _ => &[],
        };
        if field.choices.is_empty() {
            field.choices = known.to_vec();
        }
        field
    };
    let fields = with_type(fields).into_iter().filter(|field| is_said(&field.name) || kinds.len() > 1);
    fields.map(complete).collect()
}

/// What somebody filled in, as OTRS takes it. `now` is what the ticket holds already.
pub(super) fn checked(
    fields: &[AskedField],
    moment: Moment,
    given: &[FieldValue],
    now: Option<&DetailRow>,
) -> Result<Vec<FieldValue>> {
    let fields = with_type(fields);
    let wrong = |name: &str, code: &'static str| Error::invalid(format!("fields.{name}"), code);
    let mut seen = HashSet::new();
    for value in given {
        let is_asked = |field: &AskedField| field.name == value.name && field.need(moment) != Need::No;
        if !fields.iter().any(is_asked) || !seen.insert(&value.name) {
            return Err(wrong(&value.name, "invalid"));
        }
    }
    for field in fields.iter().filter(|field| !seen.contains(&field.name)) {
        if field.need(moment) == Need::Required && !now.is_some_and(|now| holds(now, &field.name)) {
            return Err(wrong(&field.name, "required"));
        }
    }
    let taken = |value: &FieldValue| {
        let field = fields.iter().find(|field| field.name == value.name)?;
        Some(
            field
                .check(moment, &value.values)
                .map(|()| as_taken(field, value))
                .map_err(|code| wrong(&field.name, code)),
        )
    };
    given.iter().filter_map(taken).collect()
}

/// Whether a ticket holds something in a field.
fn holds(now: &DetailRow, name: &str) -> bool {
    let is_set = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    match name {
        TYPE => is_set(&now.kind),
        SERVICE => is_set(&now.service),
        SLA => is_set(&now.sla),
        _ => {
            let fields: Vec<FieldValue> = serde_json::from_value(now.fields.clone()).unwrap_or_default();
            values(&fields, name.strip_prefix(DYNAMIC).unwrap_or(name)).iter().any(|value| !value.is_empty())
        }
    }
}

/// A day is midnight there, and nothing clears.
fn as_taken(field: &AskedField, value: &FieldValue) -> FieldValue {
    let given = value.values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
    let values = given.map(|value| match field.kind {
        FieldKind::Date => format!("{value} 00:00:00"),
        _ => value.to_owned(),
    });
    FieldValue { name: value.name.clone(), values: values.collect() }
}

/// Whether an administrator may ask for these.
pub(super) fn check_asked(fields: &mut [AskedField]) -> Result<()> {
    let wrong = |at: usize, what: &str, code: &'static str| Error::invalid(format!("fields.{at}.{what}"), code);
    if fields.len() > FIELDS {
        return Err(Error::invalid("fields", "too_many"));
    }
    let mut names = HashSet::new();
    for (at, field) in fields.iter_mut().enumerate() {
        field.name = field.name.trim().to_owned();
        field.label = field.label.trim().to_owned();
        let is_usual = matches!(&*field.name, TYPE | SERVICE | SLA);
        let additional = field.name.strip_prefix(DYNAMIC);
        let is_name =
            |name: &str| !name.is_empty() && name.len() <= 200 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_usual && !additional.is_some_and(is_name) || !names.insert(field.name.clone()) {
            return Err(wrong(at, "name", "invalid"));
        }
        if field.label.chars().count() > 100 {
            return Err(wrong(at, "label", "too_long"));
        }
        if is_usual {
            field.kind = FieldKind::Choice;
        }
        let mut known = HashSet::new();
        field.choices.retain(|choice| !choice.trim().is_empty() && known.insert(choice.clone()));
        let chooses = matches!(field.kind, FieldKind::Choice | FieldKind::Multiple);
        if !chooses {
            field.choices.clear();
        } else if field.choices.is_empty() && !is_usual {
            return Err(wrong(at, "choices", "required"));
        }
        if field.choices.len() > CHOICES || field.choices.iter().any(|choice| choice.chars().count() > 200) {
            return Err(wrong(at, "choices", "too_many"));
        }
    }
    Ok(())
}

impl Tickets {
    pub(super) async fn learnt_fields(&self) -> Result<Vec<FieldValue>> {
        self.caller.may(Action::ConfigureTickets)?;
        self.line()?;
        let mut db = self.connection().await?;
        let read = async {
            let names = store::tickets::names::choices(&mut db).await?;
            Ok((names, store::tickets::names::field_values(&mut db).await?))
        };
        let (names, rows) = read.await.map_err(|error| self.failed(error))?;
        let usual = [(TYPE, "kind"), (SERVICE, "service"), (SLA, "sla")].map(|(name, what)| FieldValue {
            name: name.to_owned(),
            values: names.iter().filter(|row| row.what == what).map(|row| row.name.clone()).collect(),
        });
        let mut fields: Vec<FieldValue> = usual.into_iter().filter(|field| !field.values.is_empty()).collect();
        for row in rows {
            let name = format!("{DYNAMIC}{}", row.name);
            match fields.last_mut().filter(|last| last.name == name) {
                Some(last) => last.values.push(row.value),
                None => fields.push(FieldValue { name, values: vec![row.value] }),
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn asked() -> Vec<AskedField> {
        serde_json::from_value(json!([
            { "name": "Service", "kind": "choice", "close": "required" },
            { "name": "DynamicField_Impact", "kind": "choice", "choices": ["low", "high"], "create": "required" },
            { "name": "DynamicField_DueAt", "kind": "date", "create": "offered" },
        ]))
        .expect("fields")
    }

    fn given(from: serde_json::Value) -> Vec<FieldValue> {
        serde_json::from_value(from).expect("values")
    }

    #[test]
    fn what_is_filled_in_is_checked_and_becomes_what_otrs_takes() {
        let good = given(json!([
            { "name": "DynamicField_Impact", "values": [" low "] }, { "name": "DynamicField_DueAt", "values": ["2026-11-20"] },
            { "name": "Type", "values": ["Incident"] },
        ]));
        let taken = checked(&asked(), Moment::Create, &good, None).expect("it fits");
        assert_eq!((&*taken[0].values[0], &*taken[1].values[0]), ("low", "2026-11-20 00:00:00"));
        for (wrong, field, code) in [
            (json!([]), "fields.DynamicField_Impact", "required"),
            (json!([{ "name": "DynamicField_Impact", "values": [""] }]), "fields.DynamicField_Impact", "required"),
            (
                json!([{ "name": "DynamicField_Impact", "values": ["middling"] }]),
                "fields.DynamicField_Impact",
                "invalid",
            ),
            (json!([{ "name": "DynamicField_Secret", "values": ["1"] }]), "fields.DynamicField_Secret", "invalid"),
            (json!([{ "name": "Service", "values": ["Printing"] }]), "fields.Service", "invalid"),
        ] {
            let error = checked(&asked(), Moment::Create, &given(wrong.clone()), None).expect_err("it does not");
            assert_eq!(error, Error::invalid(field, code), "{wrong}");
        }
    }

    #[test]
    fn what_a_ticket_holds_already_need_not_be_said() {
        let row = |service: Option<&str>| DetailRow {
            kind: None,
            service: service.map(str::to_owned),
            sla: None,
            customer_company: None,
            fields: json!([]),
            first_response_due: None,
            update_due: None,
            solution_due: None,
            closed_at: None,
            merged_into: None,
        };
        assert_eq!(checked(&asked(), Moment::Close, &[], Some(&row(Some("Printing")))), Ok(Vec::new()));
        assert!(checked(&asked(), Moment::Close, &[], Some(&row(None))).is_err());
    }

    #[test]
    fn types_are_offered_where_there_are_several() {
        let kinds = ["Incident".to_owned(), "Unclassified".to_owned()];
        let fields = offered(&asked(), &kinds, &["Printing".to_owned()], &[]);
        assert_eq!((&*fields[0].name, &*fields[0].choices, fields[0].create), ("Type", &kinds[..], Need::Offered));
        assert_eq!(fields[1].choices, ["Printing"]);
        assert!(offered(&[], &kinds[..1], &[], &[]).is_empty());
    }
}
