//! What may be done with a record: at once, with "undo" for ten seconds, and put back if it failed.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Employees as _},
    components::{Back, Icon, IconTile, Row, RowText, Section, Toasts, use_toasts},
    directory::links::{about, list},
    i18n::{Texts, use_texts},
    model::{
        Error,
        employee::{Employee, EmployeePatch, EmployeeState},
        ids::EmployeeId,
        user::Role,
    },
    pages::{Fetched, employees::finder::Finder},
    session::use_role,
    telegram::{Haptic, Telegram, use_telegram},
};

/// The actions this account may take on a record.
#[component]
pub fn Actions(
    /// The record.
    person: Employee,
    /// Where it comes from, to show the outcome.
    record: Fetched<Employee>,
) -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    let tile = |icon, colour| view! { <IconTile icon=icon colour=colour /> }.into_any();
    let search = expect_context::<Finder>().search_now();
    let page = move |page| about(person.id, page, &search);
    (role >= Role::Operator).then(|| {
        let left = person.state == EmployeeState::Left;
        let leave_label = if left { t.card_come_back() } else { t.card_leave() };
        let leave = leave(person.clone(), record);
        let admin = (role >= Role::Admin).then(|| {
            view! {
                <Row href=page("merge") leads=true before=tile(Icon::Merge, 2)>
                    <RowText title=t.card_merge() />
                </Row>
                <Row on_press=delete(person.id) destructive=true before=tile(Icon::Delete, 0)>
                    <RowText title=t.card_delete() />
                </Row>
            }
        });
        view! {
            <Section header=t.card_actions()>
                <Row href=page("edit") leads=true before=tile(Icon::Edit, 5)>
                    <RowText title=t.card_edit() />
                </Row>
                <Row href=page("history") leads=true before=tile(Icon::Clock, 3)>
                    <RowText title=t.card_history() />
                </Row>
                <Row on_press=leave before=tile(Icon::SignOut, 1)>
                    <RowText title=leave_label />
                </Row>
                {admin}
            </Section>
        }
    })
}

/// Marks somebody as left, or as back; the toast offers the way back.
fn leave(person: Employee, record: Fetched<Employee>) -> Callback<()> {
    let t = use_texts();
    let desk = Desk::new(Some(record));
    Callback::new(move |()| {
        let was = person.state;
        let now = if was == EmployeeState::Active { EmployeeState::Left } else { EmployeeState::Active };
        let done = if now == EmployeeState::Left { t.card_left_done() } else { t.card_came_back() };
        let back = desk.clone();
        desk.set_state(person.clone(), now, move |after| {
            let toasts = back.toasts;
            toasts.undo(done, move || {
                back.set_state(after.clone(), was, move |_| toasts.show(t.card_undone()));
            });
        });
    })
}

/// Takes the record out of the directory; the toast brings it back.
fn delete(id: EmployeeId) -> Callback<()> {
    let desk = Desk::new(None);
    let back = expect_context::<Back>();
    Callback::new(move |()| {
        back.leave_for(&list(&desk.finder.search_now()));
        desk.clone().delete(id);
    })
}

/// Everything an action needs to the end: it outlives the card, because "undo" is pressed later.
#[derive(Clone)]
struct Desk {
    t: Texts,
    backend: Backend,
    finder: Finder,
    toasts: Toasts,
    telegram: Telegram,
    record: Option<Fetched<Employee>>,
}

impl Desk {
    fn new(record: Option<Fetched<Employee>>) -> Self {
        Self {
            t: use_texts(),
            backend: expect_context(),
            finder: expect_context(),
            toasts: use_toasts(),
            telegram: use_telegram(),
            record,
        }
    }

    /// Shows the new state at once, saves it, and puts the old one back with a word if that failed.
    fn set_state(&self, before: Employee, state: EmployeeState, done: impl FnOnce(Employee) + 'static) {
        let desk = self.clone();
        desk.telegram.haptic(Haptic::Impact);
        desk.show(&Employee { state, ..before.clone() });
        spawn_local(async move {
            let patch = EmployeePatch { version: before.version, state: Some(state), ..EmployeePatch::default() };
            match desk.backend.employees().change(before.id, patch).await {
                Ok(after) => {
                    desk.show(&after);
                    desk.telegram.haptic(Haptic::Success);
                    desk.finder.refresh();
                    done(after);
                }
                Err(error) => {
                    desk.show(&error.current().unwrap_or(before));
                    desk.failed(&error);
                }
            }
        });
    }

    fn delete(self, id: EmployeeId) {
        self.telegram.haptic(Haptic::Impact);
        spawn_local(async move {
            if let Err(error) = self.backend.employees().delete(id).await {
                self.failed(&error);
                return;
            }
            self.telegram.haptic(Haptic::Success);
            self.finder.refresh();
            let desk = self.clone();
            self.toasts.undo(self.t.card_deleted(), move || desk.clone().restore(id));
        });
    }

    fn restore(self, id: EmployeeId) {
        spawn_local(async move {
            match self.backend.employees().restore(id).await {
                Ok(_) => self.toasts.show(self.t.card_undone()),
                Err(error) => self.failed(&error),
            }
            self.finder.refresh();
        });
    }

    fn failed(&self, error: &Error) {
        self.telegram.haptic(Haptic::Error);
        self.toasts.problem(self.t.error(error));
    }

    /// Puts this state of the record on the card, unless another card is open by now.
    fn show(&self, person: &Employee) {
        if let Some(record) = self.record
            && record.known().is_some_and(|shown| shown.id == person.id)
        {
            record.set(person.clone());
        }
    }
}
