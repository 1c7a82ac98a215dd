//! What is typed, field by field, as signals.

use leptos::prelude::*;

use crate::{
    directory::form::{Form, PhoneText, TEXTS},
    model::employee::Field,
};

/// A line of the telephones.
#[derive(Clone, Copy)]
pub struct PhoneLine {
    /// Tells the lines apart while some are removed.
    pub key: u32,
    /// The number in any spelling.
    pub number: RwSignal<String>,
    /// The extension.
    pub ext: RwSignal<String>,
}

/// All fields of the form.
#[derive(Clone, Copy)]
pub struct Fields {
    texts: StoredValue<Vec<(Field, RwSignal<String>)>>,
    /// The telephones in order.
    pub phones: RwSignal<Vec<PhoneLine>>,
    next_key: StoredValue<u32>,
    owner: StoredValue<Owner>,
}

impl Fields {
    /// Fields that hold this form.
    pub fn of(form: &Form) -> Self {
        let texts = TEXTS.map(|field| (field, RwSignal::new(form.text(field)))).to_vec();
        let fields = Self {
            texts: StoredValue::new(texts),
            phones: RwSignal::new(Vec::new()),
            next_key: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        fields.fill_phones(&form.phones);
        fields
    }

    /// The signal of a field of [`TEXTS`].
    pub fn text(self, field: Field) -> RwSignal<String> {
        self.texts
            .with_value(|texts| texts.iter().find(|(known, _)| *known == field).map(|(_, text)| *text))
            .unwrap_or_default()
    }

    /// Everything that is typed; tracked.
    pub fn form(self) -> Form {
        let mut form = Form::default();
        self.texts.with_value(|texts| {
            for (field, text) in texts {
                form.set(*field, text.get());
            }
        });
        form.phones = self.phones.with(|phones| {
            phones.iter().map(|line| PhoneText { number: line.number.get(), ext: line.ext.get() }).collect()
        });
        form
    }

    /// Types this form into the fields.
    pub fn fill(self, form: &Form) {
        self.texts.with_value(|texts| {
            for (field, text) in texts {
                text.set(form.text(*field));
            }
        });
        if untrack(|| self.form()).phones != form.phones {
            self.fill_phones(&form.phones);
        }
    }

    /// Types one field of this form into its field.
    pub fn take(self, field: Field, from: &Form) {
        let mut form = untrack(|| self.form());
        form.take(field, from);
        self.fill(&form);
    }

    /// Adds an empty telephone.
    pub fn add_phone(self) {
        let line = self.line(&PhoneText::default());
        self.phones.update(|phones| phones.push(line));
    }

    /// Removes a telephone.
    pub fn remove_phone(self, key: u32) {
        self.phones.update(|phones| phones.retain(|line| line.key != key));
    }

    fn fill_phones(self, phones: &[PhoneText]) {
        let lines: Vec<_> = phones.iter().map(|phone| self.line(phone)).collect();
        self.phones.set(lines);
    }

    fn line(self, phone: &PhoneText) -> PhoneLine {
        let key = self.next_key.get_value();
        self.next_key.set_value(key + 1);
        // Signals of a line live as long as the form, whoever adds the line.
        let signals = || (RwSignal::new(phone.number.clone()), RwSignal::new(phone.ext.clone()));
        let (number, ext) = self.owner.with_value(|owner| owner.with(signals));
        PhoneLine { key, number, ext }
    }
}
