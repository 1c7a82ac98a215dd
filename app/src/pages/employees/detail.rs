//! What stands beside the list, or in its place on a phone: the address says it.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use crate::{
    components::{EmptyState, Icon},
    i18n::use_texts,
    live::live,
    model::{ids::EmployeeId, user::Role},
    pages::{
        Forbidden, NotFound,
        employee::EmployeeCard,
        employee_edit::{EmployeeEdit, EmployeeNew},
        employee_history::EmployeeHistory,
        employee_merge::EmployeeMerge,
        part::{Entered, Part},
    },
    session::use_role,
};

/// What is opened beside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Nothing.
    Nobody,
    /// A card.
    Card(EmployeeId),
    /// A page of the part that changes records.
    Changing(Changing),
    /// No such page.
    Unknown,
}

/// What is opened of the part that changes records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changing {
    /// The form for somebody new.
    New,
    /// The form of a record.
    Edit(EmployeeId),
    /// Who changed it.
    History(EmployeeId),
    /// Merging another record into it.
    Merge(EmployeeId),
}

/// Enters the part that shows a card.
#[wasm_split(employee, fallible, preload(#[doc = "Fetches it."] load_employee))]
pub fn employee(id: EmployeeId) -> Entered {
    Ok(view! { <EmployeeCard id=id /> }.into_any())
}

/// Enters the part that changes records.
#[wasm_split(editing, fallible, preload(#[doc = "Fetches it."] load_editing))]
pub fn editing(page: Changing) -> Entered {
    Ok(match page {
        Changing::New => view! { <EmployeeNew /> }.into_any(),
        Changing::Edit(id) => view! { <EmployeeEdit id=id /> }.into_any(),
        Changing::History(id) => view! { <EmployeeHistory id=id /> }.into_any(),
        Changing::Merge(id) => view! { <EmployeeMerge id=id /> }.into_any(),
    })
}

impl Opened {
    /// What is opened at this path below the list.
    pub fn at(path: &str) -> Self {
        let path = path.trim_matches('/');
        let (name, page) = path.split_once('/').unwrap_or((path, ""));
        match (name.parse(), page) {
            _ if path.is_empty() => Self::Nobody,
            _ if path == "new" => Self::Changing(Changing::New),
            (Ok(id), "") => Self::Card(id),
            (Ok(id), "edit") => Self::Changing(Changing::Edit(id)),
            (Ok(id), "history") => Self::Changing(Changing::History(id)),
            (Ok(id), "merge") => Self::Changing(Changing::Merge(id)),
            _ => Self::Unknown,
        }
    }

    /// The parts of the app that it takes.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Nobody | Self::Unknown => &[Part::Employees],
            Self::Card(_) => &[Part::Employees, Part::Employee],
            Self::Changing(_) => &[Part::Employees, Part::Editing],
        }
    }

    /// The role it takes; the server refuses the data anyway.
    const fn role(self) -> Role {
        match self {
            Self::Nobody | Self::Card(_) | Self::Unknown => Role::Employee,
            Self::Changing(Changing::Merge(_)) => Role::Admin,
            Self::Changing(_) => Role::Operator,
        }
    }
}

/// The page that is opened.
#[component]
pub fn Detail(
    /// Which.
    opened: Memo<Opened>,
) -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    live(move || match opened.get() {
        opened if role < opened.role() => view! { <Forbidden /> }.into_any(),
        Opened::Nobody => {
            view! { <EmptyState icon=Icon::Person title=t.directory_choose_title() text=t.directory_choose_text() /> }
                .into_any()
        }
        Opened::Card(id) => Part::Employee.view(move || employee(id)),
        Opened::Changing(page) => Part::Editing.view(move || editing(page)),
        Opened::Unknown => view! { <NotFound /> }.into_any(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Changing, Opened};

    #[test]
    fn each_address_opens_its_page() {
        assert_eq!(Opened::at(""), Opened::Nobody);
        assert_eq!(Opened::at("new"), Opened::Changing(Changing::New));
        assert_eq!(Opened::at("7"), Opened::Card(7.into()));
        assert_eq!(Opened::at("7/"), Opened::Card(7.into()));
        assert_eq!(Opened::at("7/merge"), Opened::Changing(Changing::Merge(7.into())));
    }

    #[test]
    fn anything_else_is_no_page() {
        for path in ["new/edit", "7/delete", "seven", "7e3", "7/edit/more"] {
            assert_eq!(Opened::at(path), Opened::Unknown, "{path}");
        }
    }
}
