//! The chosen department above its people: leave it, or narrow it to a unit.

use leptos::prelude::*;

use super::{finder::Finder, start::Overview};
use crate::{
    components::Icon,
    directory::links::{Search, list},
    i18n::use_texts,
    live::live,
    model::employee::Unit,
    pages::Fetched,
};

/// The department that is searched, if only one is.
#[component]
pub fn ChosenDepartment() -> impl IntoView {
    let finder = expect_context::<Finder>();
    live(move || finder.department.get().map(|name| view! { <Chosen name=name /> }))
}

#[component]
fn Chosen(name: String) -> impl IntoView {
    let t = use_texts();
    let finder = expect_context::<Finder>();
    let overview = expect_context::<Fetched<Overview>>();
    let searched = StoredValue::new(name.clone());
    let names = RwSignal::new(Vec::<String>::new());
    // A unit that was chosen here is left with its department, what was typed is kept.
    let leave = move || {
        let text = finder.text.get();
        let chosen = names.with(|names| names.iter().any(|name| name == text.trim()));
        list(&Search { text: if chosen { String::new() } else { text }, department: None })
    };
    view! {
        <div class="department">
            <div class="department__head">
                <span class="department__name">{name}</span>
                <a
                    class="department__leave"
                    href=leave
                    aria-label=t.directory_department_leave()
                    title=t.directory_department_leave()
                >
                    {Icon::Close.view()}
                </a>
            </div>
            {overview.either(
                || ().into_any(),
                move |overview| {
                    let name = searched.get_value();
                    let departments = overview.map(|overview| overview.departments).unwrap_or_default();
                    let units = departments.into_iter().find(|department| department.name == name);
                    let units = units.map(|department| department.units).unwrap_or_default();
                    names.set(units.iter().map(|unit| unit.name.clone()).collect());
                    (!units.is_empty()).then(|| view! { <Units name=name units=units /> }).into_any()
                },
            )}
        </div>
    }
}

/// The units as filters; pressing the chosen one shows all again.
#[component]
fn Units(name: String, units: Vec<Unit>) -> impl IntoView {
    let finder = expect_context::<Finder>();
    let chips = units.into_iter().map(|unit| {
        let department = name.clone();
        let label = unit.name.clone();
        let chosen = Memo::new(move |_| finder.text.with(|text| text.trim() == label));
        let label = unit.name.clone();
        let href = move || {
            let text = if chosen.get() { String::new() } else { label.clone() };
            list(&Search { text, department: Some(department.clone()) })
        };
        view! {
            <li class="chip" class:chip--on=chosen>
                <a class="chip__link" href=href aria-current=move || chosen.get().then_some("true")>
                    <span class="chip__name">{unit.name}</span>
                    <span class="chip__count">{unit.employees}</span>
                </a>
            </li>
        }
        .into_any()
    });
    view! { <ul class="chips chips--line">{chips.collect_view()}</ul> }
}
