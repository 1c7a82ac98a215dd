//! Who sits next to somebody: the same unit, the same address, the same computer.

use leptos::prelude::*;

use crate::{
    backend::{Backend, Employees as _},
    components::{Section, SkeletonRows},
    directory::links::{Search, card},
    i18n::use_texts,
    model::{
        employee::{Employee, Neighbours as Nearby},
        ids::EmployeeId,
    },
    pages::{
        Fetched,
        employees::{finder::Finder, person_row::PersonRow},
    },
};

/// The neighbours below a card; without an answer nothing, for the card is what was asked for.
#[component]
pub fn Neighbours(
    /// Of whom.
    id: EmployeeId,
) -> impl IntoView {
    let backend = expect_context::<Backend>();
    let nearby = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.employees().neighbours(id).await }
    });
    let t = use_texts();
    view! {
        <div class="neighbours">
            {nearby.either(
                || view! { <SkeletonRows rows=3 /> }.into_any(),
                move |nearby| {
                    let Ok(Nearby { department, ip, workstation }) = nearby else { return ().into_any() };
                    let shared = department.first().and_then(|one| one.unit.clone().or_else(|| one.department.clone()));
                    view! {
                        <Group header=t.card_neighbours_workstation().to_owned() people=workstation />
                        <Group header=t.card_neighbours_ip().to_owned() people=ip />
                        <Group header=t.card_neighbours_unit(&shared.unwrap_or_default()) people=department />
                    }
                        .into_any()
                },
            )}
        </div>
    }
}

#[component]
fn Group(header: String, people: Vec<Employee>) -> impl IntoView {
    let search = use_context::<Finder>().map(Finder::search_now).unwrap_or_default();
    (!people.is_empty()).then(|| {
        view! {
            <Section header=header>
                {people
                    .into_iter()
                    .map(|person| {
                        let href = card(person.id, &Search { ..search.clone() });
                        view! { <PersonRow person=person href=href /> }
                    })
                    .collect_view()}
            </Section>
        }
    })
}
