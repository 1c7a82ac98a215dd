//! Two people edited one record: what arrived meanwhile is taken over where nobody else typed, and
//! where both did, the one who is here chooses.

use super::form::Form;
use crate::model::employee::Field;

/// A field both changed, each differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Which field.
    pub field: Field,
    /// What is typed here.
    pub mine: String,
    /// What is stored meanwhile.
    pub theirs: String,
}

/// A field only the other one changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Which field.
    pub field: Field,
    /// Its text when the form was opened.
    pub before: String,
    /// Its text now.
    pub after: String,
}

/// What comes of both edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Both edits together; in a clash mine stands until another choice.
    pub form: Form,
    /// Taken over without asking, to be shown.
    pub arrived: Vec<Arrived>,
    /// To be chosen.
    pub clashes: Vec<Clash>,
}

/// Brings together what was `seen` when the form was opened, what is typed (`mine`) and what is stored
/// meanwhile (`theirs`).
#[must_use]
pub fn reconcile(seen: &Form, mine: &Form, theirs: &Form) -> Outcome {
    let mut outcome = Outcome { form: mine.clone(), arrived: Vec::new(), clashes: Vec::new() };
    for field in theirs.differences(seen) {
        if mine.agrees(theirs, field) {
            continue;
        }
        if mine.agrees(seen, field) {
            outcome.form.take(field, theirs);
            outcome.arrived.push(Arrived { field, before: seen.text(field), after: theirs.text(field) });
        } else {
            outcome.clashes.push(Clash { field, mine: mine.text(field), theirs: theirs.text(field) });
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::reconcile;
    use crate::{
        directory::{form::Form, row::tests::ivanov},
        model::employee::Field,
    };

    fn with(field: Field, text: &str) -> Form {
        let mut form = Form::of(&ivanov());
        form.set(field, text.into());
        form
    }

    #[test]
    fn edits_of_different_fields_go_together() {
        let seen = Form::of(&ivanov());
        let outcome = reconcile(&seen, &with(Field::Room, "Б-215"), &with(Field::Position, "Кассир"));
        assert_eq!(outcome.form.text(Field::Room), "Б-215");
        assert_eq!(outcome.form.text(Field::Position), "Кассир");
        assert_eq!(outcome.arrived.len(), 1);
        assert_eq!(outcome.arrived[0].before, "Бухгалтер");
        assert_eq!(outcome.clashes, []);
    }

    #[test]
    fn the_same_edit_twice_is_no_clash() {
        let seen = Form::of(&ivanov());
        let outcome = reconcile(&seen, &with(Field::Room, "Б-215"), &with(Field::Room, " Б-215"));
        assert_eq!((outcome.arrived.len(), outcome.clashes.len()), (0, 0));
    }

    #[test]
    fn a_clash_keeps_mine_until_chosen() {
        let seen = Form::of(&ivanov());
        let theirs = with(Field::Room, "305");
        let mut outcome = reconcile(&seen, &with(Field::Room, "Б-215"), &theirs);
        assert_eq!(outcome.clashes[0].theirs, "305");
        assert_eq!(outcome.form.text(Field::Room), "Б-215");
        outcome.form.take(Field::Room, &theirs);
        assert_eq!(outcome.form.text(Field::Room), "305");
    }

    #[test]
    fn telephones_clash_as_a_whole() {
        let seen = Form::of(&ivanov());
        let mut mine = seen.clone();
        mine.phones.truncate(1);
        let mut theirs = seen.clone();
        theirs.phones.clear();
        let outcome = reconcile(&seen, &mine, &theirs);
        assert_eq!(outcome.clashes[0].field, Field::Phones);
        assert_eq!(outcome.clashes[0].mine, "+7 (495) 780-20-00 1234");
    }
}
