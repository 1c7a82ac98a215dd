//! Somebody else saved the record meanwhile: what came with it, and the choice where both typed.

use leptos::prelude::*;

use super::fields::Fields;
use crate::{
    components::{Choice as Value, ChoiceRows, Icon},
    directory::{
        conflict::{Clash, Outcome},
        form::Form,
    },
    i18n::use_texts,
    live::live,
    model::employee::FieldChange,
    pages::{employee_history::Differences, employees::person_row::field_name},
};

/// Both edits brought together, and the record as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What comes of both.
    pub outcome: Outcome,
    /// What is stored.
    pub theirs: Form,
}

/// Which of two values stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Mine,
    Theirs,
}

/// The notice above the form, as long as there is a conflict.
#[component]
pub fn Panel(
    /// The conflict, if there is one.
    conflict: RwSignal<Option<Conflict>>,
    /// Where a choice is typed.
    fields: Fields,
) -> impl IntoView {
    let t = use_texts();
    live(move || {
        let Conflict { outcome, theirs } = conflict.get()?;
        let text = if outcome.clashes.is_empty() { t.edit_conflict_clean() } else { t.edit_conflict_text() };
        let arrived: Vec<FieldChange> = outcome
            .arrived
            .into_iter()
            .map(|arrived| FieldChange {
                field: arrived.field,
                before: Some(arrived.before).filter(|text| !text.is_empty()),
                after: Some(arrived.after).filter(|text| !text.is_empty()),
            })
            .collect();
        let mine = outcome.form;
        let clashes = outcome
            .clashes
            .into_iter()
            .map(|clash| {
                let (mine, theirs) = (mine.clone(), theirs.clone());
                view! { <Choice clash=clash mine=mine theirs=theirs fields=fields /> }
            })
            .collect_view();
        Some(view! {
            <section class="conflict" role="alert">
                <h2 class="conflict__title">{Icon::Warning.view()} {t.edit_conflict_title()}</h2>
                <p class="conflict__text">{text}</p>
                {clashes}
                {(!arrived.is_empty()).then(|| view! { <h3 class="conflict__arrived">{t.edit_conflict_arrived()}</h3> }.into_any())}
                <Differences fields=arrived />
            </section>
        })
    })
}

#[component]
fn Choice(clash: Clash, mine: Form, theirs: Form, fields: Fields) -> impl IntoView {
    let t = use_texts();
    let side = RwSignal::new(Side::Mine);
    let field = clash.field;
    let shown = move |text: String| if text.is_empty() { t.edit_empty_value().to_owned() } else { text };
    let option = |value, title: &str, text| Value { value, title: title.to_owned(), subtitle: shown(text) };
    let options = vec![
        option(Side::Mine, t.edit_conflict_mine(), clash.mine),
        option(Side::Theirs, t.edit_conflict_theirs(), clash.theirs),
    ];
    let choose = move |chosen: Side| {
        side.set(chosen);
        fields.take(field, if chosen == Side::Mine { &mine } else { &theirs });
    };
    view! {
        <div class="conflict__choice">
            <span class="conflict__field">{field_name(t, field)}</span>
            <ChoiceRows
                label=field_name(t, field)
                name=field.as_str()
                options=options
                chosen=side
                on_choose=Callback::new(choose)
            />
        </div>
    }
}
