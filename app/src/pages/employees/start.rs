//! What stands below an empty search field: recent searches, favourites, departments.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{favourites::FavouritePeople, person_row::PersonRow, recent::RecentSearches};
use crate::{
    backend::{Backend, Employees as _},
    components::{EmptyState, Icon, LinkButton, Row, Section, SkeletonRows},
    directory::links::{Search, card, list},
    i18n::use_texts,
    model::{
        Result,
        employee::{Department, Employee, EmployeeQuery},
        page::PageRequest,
        user::Role,
    },
    pages::Fetched,
    session::use_role,
};

/// The directory before anything is searched for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// All departments.
    pub departments: Vec<Department>,
    /// Where nobody has a department: people by name.
    pub people: Vec<Employee>,
}

impl Overview {
    /// Asks for it.
    pub async fn load(backend: Backend) -> Result<Self> {
        let departments = backend.employees().departments().await?;
        let people = if departments.is_empty() {
            backend.employees().search(EmployeeQuery::default(), PageRequest { limit: 100, cursor: None }).await?.items
        } else {
            Vec::new()
        };
        Ok(Self { departments, people })
    }
}

/// The start of the directory.
#[component]
pub fn Start() -> impl IntoView {
    let overview = expect_context::<Fetched<Overview>>();
    view! {
        <RecentSearches />
        <FavouritePeople />
        {overview.view(
            || view! { <SkeletonRows rows=8 plain=true /> }.into_any(),
            |overview| {
                if !overview.departments.is_empty() {
                    view! { <Departments departments=overview.departments /> }.into_any()
                } else if !overview.people.is_empty() {
                    view! { <ByName people=overview.people /> }.into_any()
                } else {
                    view! { <EmptyDirectory /> }.into_any()
                }
            },
        )}
    }
}

#[component]
fn Departments(departments: Vec<Department>) -> impl IntoView {
    let t = use_texts();
    view! {
        <Section header=t.directory_departments()>
            {departments
                .into_iter()
                .map(|department| {
                    let href = list(&Search { text: String::new(), department: Some(department.name.clone()) });
                    let units: Vec<String> = department.units.into_iter().map(|unit| unit.name).collect();
                    let count = t.directory_people(u64::from(department.employees));
                    let after = view! {
                        <span class="row__value" aria-hidden="true">
                            {department.employees}
                        </span>
                        <span class="visually-hidden">{count}</span>
                    };
                    let units = units.join(" · ");
                    view! {
                        <Row href=href leads=true after=after.into_any()>
                            <span class="row__title">{department.name}</span>
                            {(!units.is_empty())
                                .then(|| {
                                    view! { <span class="row__subtitle row__subtitle--clip">{units}</span> }.into_any()
                                })}
                        </Row>
                    }
                })
                .collect_view()}
        </Section>
    }
}

#[component]
fn ByName(people: Vec<Employee>) -> impl IntoView {
    let t = use_texts();
    view! {
        <Section header=t.directory_everybody()>
            {people
                .into_iter()
                .map(|person| {
                    let href = card(person.id, &Search::default());
                    view! { <PersonRow person=person href=href /> }
                })
                .collect_view()}
        </Section>
    }
}

#[component]
fn EmptyDirectory() -> impl IntoView {
    let t = use_texts();
    if use_role() < Role::Admin {
        return view! {
            <EmptyState icon=Icon::People title=t.directory_empty_title() text=t.directory_empty_text() />
        }
        .into_any();
    }
    view! {
        <EmptyState icon=Icon::People title=t.directory_empty_title() text=t.directory_empty_text_admin()>
            <LinkButton label=t.directory_empty_import() href="/admin/import" icon=Icon::Upload />
        </EmptyState>
    }
    .into_any()
}
