//! What an OTRS wants to know of a ticket beyond the usual: type, service, SLA and additional fields, as an administrator names
//! them, for no operation of OTRS lists them. Checked by the form and again by the server.

use serde::{Deserialize, Serialize};

/// What a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum FieldKind {
    /// Any text.
    #[default]
    Text,
    /// One of the choices.
    Choice,
    /// Several of the choices.
    Multiple,
    /// A day.
    Date,
    /// `1` or `0`.
    Checkbox,
}

impl FieldKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Text, Self::Choice, Self::Multiple, Self::Date, Self::Checkbox];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Choice => "choice",
            Self::Multiple => "multiple",
            Self::Date => "date",
            Self::Checkbox => "checkbox",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name).unwrap_or_default()
    }
}

/// Whether something is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Need {
    /// It is not.
    #[default]
    No,
    /// It may be left open.
    Offered,
    /// It may not.
    Required,
}

impl Need {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::No, Self::Offered, Self::Required];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Offered => "offered",
            Self::Required => "required",
        }
    }

    /// The need of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|need| need.as_str() == name).unwrap_or_default()
    }
}

/// When it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A ticket is made.
    Create,
    /// A ticket is closed, successfully or not.
    Close,
}

/// Something that is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AskedField {
    /// `Type`, `Service`, `SLA`, or the name of an additional field behind `DynamicField_`, as OTRS itself writes it.
    pub name: String,
    /// What people read; empty: the name.
    pub label: String,
    /// What a value is.
    pub kind: FieldKind,
    /// The values of a choice as OTRS knows them; empty for type, service and SLA: those that tickets have named.
    pub choices: Vec<String>,
    /// Whether it is asked when a ticket is made.
    pub create: Need,
    /// Whether it is asked when one is closed.
    pub close: Need,
}

/// What stands before the name of an additional field.
pub const DYNAMIC: &str = "DynamicField_";
/// Characters of a text that OTRS keeps.
const LONGEST: usize = 3_800;

impl AskedField {
    /// What people read.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self.label.as_str() {
            "" => self.name.strip_prefix(DYNAMIC).unwrap_or(&self.name),
            label => label,
        }
    }

    /// Whether it is asked then.
    #[must_use]
    pub const fn need(&self, moment: Moment) -> Need {
        match moment {
            Moment::Create => self.create,
            Moment::Close => self.close,
        }
    }

    /// What of a value cannot be: a code for [`crate::model::Error::Invalid`].
    ///
    /// # Errors
    /// `required`, `too_long` or `invalid`.
    pub fn check(&self, moment: Moment, values: &[String]) -> Result<(), &'static str> {
        let given: Vec<&str> = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
        let is_empty = given.is_empty() || self.kind == FieldKind::Checkbox && given == ["0"];
        if is_empty {
            return if self.need(moment) == Need::Required { Err("required") } else { Ok(()) };
        }
        let is_known = |value: &&str| self.choices.is_empty() || self.choices.iter().any(|choice| choice == value);
        let is_one = given.len() == 1;
        let fits = match self.kind {
            FieldKind::Text if given.iter().any(|value| value.chars().count() > LONGEST) => return Err("too_long"),
            FieldKind::Text => is_one && !given[0].contains('\0'),
            FieldKind::Choice => is_one && given.iter().all(is_known),
            FieldKind::Multiple => given.iter().all(is_known),
            FieldKind::Date => is_one && is_day(given[0]),
            FieldKind::Checkbox => given == ["1"],
        };
        if fits { Ok(()) } else { Err("invalid") }
    }
}

/// `2026-11-20`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let fits = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if !fits(year, 4) || !fits(month, 2) || !fits(day, 2) {
        return false;
    }
    let month = month.parse::<u8>().ok().and_then(|month| time::Month::try_from(month).ok());
    let date = |month| time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok();
    month.and_then(date).is_some()
}

/// What somebody fills in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FieldValue {
    /// As in [`AskedField`].
    pub name: String,
    /// None clears an additional field.
    pub values: Vec<String>,
}

/// The values of a field among those of a form.
#[must_use]
pub fn values<'a>(fields: &'a [FieldValue], name: &str) -> &'a [String] {
    fields.iter().find(|field| field.name == name).map_or(&[], |field| &field.values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, choices, need, what is given, what comes of it.
    type Case<'a> = (FieldKind, &'a [&'a str], Need, &'a [&'a str], Result<(), &'a str>);

    #[test]
    fn a_value_fits_its_field() {
        let field = |kind, choices: &[&str], create| AskedField {
            kind,
            choices: choices.iter().map(|&choice| choice.to_owned()).collect(),
            create,
            ..AskedField::default()
        };
        let table: [Case<'_>; 18] = [
            (FieldKind::Text, &[], Need::Offered, &[], Ok(())),
            (FieldKind::Text, &[], Need::Required, &["  "], Err("required")),
            (FieldKind::Text, &[], Need::Required, &["a"], Ok(())),
            (FieldKind::Text, &[], Need::Required, &["a", "b"], Err("invalid")),
            (FieldKind::Choice, &["a", "b"], Need::Required, &["b"], Ok(())),
            (FieldKind::Choice, &["a", "b"], Need::Required, &["c"], Err("invalid")),
            (FieldKind::Choice, &[], Need::Required, &["c"], Ok(())),
            (FieldKind::Choice, &["a", "b"], Need::Offered, &["a", "b"], Err("invalid")),
            (FieldKind::Multiple, &["a", "b"], Need::Required, &["a", "b"], Ok(())),
            (FieldKind::Multiple, &["a", "b"], Need::Required, &["a", "c"], Err("invalid")),
            (FieldKind::Date, &[], Need::Required, &["2028-02-29"], Ok(())),
            (FieldKind::Date, &[], Need::Required, &["2027-02-29"], Err("invalid")),
            (FieldKind::Date, &[], Need::Required, &["20.11.2026"], Err("invalid")),
            (FieldKind::Date, &[], Need::Required, &["+202-1-1"], Err("invalid")),
            (FieldKind::Checkbox, &[], Need::Required, &["0"], Err("required")),
            (FieldKind::Checkbox, &[], Need::Offered, &["0"], Ok(())),
            (FieldKind::Checkbox, &[], Need::Required, &["1"], Ok(())),
            (FieldKind::Checkbox, &[], Need::Offered, &["yes"], Err("invalid")),
        ];
        for (kind, choices, need, given, expected) in table {
            let given: Vec<String> = given.iter().map(|&value| value.to_owned()).collect();
            assert_eq!(field(kind, choices, need).check(Moment::Create, &given), expected, "{kind:?} {given:?}");
        }
        let long = vec!["я".repeat(3_801)];
        assert_eq!(field(FieldKind::Text, &[], Need::Offered).check(Moment::Create, &long), Err("too_long"));
        assert_eq!(field(FieldKind::Text, &[], Need::Required).check(Moment::Close, &[]), Ok(()), "not asked then");
    }
}
