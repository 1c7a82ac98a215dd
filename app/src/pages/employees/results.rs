//! The people that fit: the list, its end, and what is said when nobody does.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;

use super::{
    finder::{Finder, Mode},
    more::More,
    person_row::PersonRow,
};
use crate::{
    components::{Button, ButtonKind, ButtonSize, EmptyState, ErrorNotice, Icon, LinkButton, SkeletonRows},
    directory::{
        links::{Search, card, list},
        row::fingerprint,
    },
    i18n::use_texts,
    live::live,
    model::user::Role,
    session::use_role,
};

/// Everything below the search field.
#[component]
pub fn Results() -> impl IntoView {
    let finder = expect_context::<Finder>();
    let mode = Memo::new(move |_| finder.mode());
    live(move || match mode.get() {
        Mode::Start => ().into_any(),
        Mode::Waiting => view! { <SkeletonRows rows=8 /> }.into_any(),
        Mode::Failed(error) => view! { <ErrorNotice error=error retry=move |()| finder.again() /> }.into_any(),
        Mode::People => view! { <People /> }.into_any(),
        Mode::Nobody(search) => view! { <Nobody search=search /> }.into_any(),
    })
}

#[component]
fn People() -> impl IntoView {
    let finder = expect_context::<Finder>();
    let path = use_location().pathname;
    let people =
        move || finder.shown.with(|shown| shown.as_ref().map(|shown| shown.people.clone()).unwrap_or_default());
    view! {
        <Stale />
        <div class="section people" class:people--stale=Signal::derive(move || finder.loading.get() && !finder.is_current())>
            <div class="section__body">
                <For
                    each=people
                    key=fingerprint
                    children=move |person| {
                        let id = person.id;
                        let open = ["/employees/", &id.to_string()].concat();
                        let prefix = [open.as_str(), "/"].concat();
                        let selected = Signal::derive(move || {
                            path.with(|path| *path == open || path.starts_with(&prefix))
                        });
                        // The address changes with what is typed; the row leads where it was shown.
                        let href = card(id, &finder.search_now());
                        view! { <PersonRow person=person href=href selected=selected /> }
                    }
                />
            </div>
        </div>
        <More />
    }
}

/// The last question has no answer and an older one is still shown.
#[component]
fn Stale() -> impl IntoView {
    let t = use_texts();
    let finder = expect_context::<Finder>();
    live(move || {
        finder.failed.get().map(|error| {
            view! {
                <div class="people__notice" role="alert">
                    <span class="people__notice-text">
                        <span>{t.directory_stale()}</span>
                        <span class="people__notice-why">{t.error(&error)}</span>
                    </span>
                    <Button
                        label=t.common_retry()
                        kind=ButtonKind::Tinted
                        size=ButtonSize::Small
                        on_press=move |()| finder.again()
                    />
                </div>
            }
            .into_any()
        })
    })
}

#[component]
fn Nobody(search: Search) -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    let text = search.text.trim().to_owned();
    let title = if text.is_empty() { t.directory_nothing_here() } else { t.directory_nothing_title() };
    let digits = text.chars().any(|letter| letter.is_ascii_digit());
    let hint = if digits { t.directory_nothing_digits() } else { t.directory_nothing_shorter() };
    let everywhere = search.department.clone().map(|department| {
        let href = list(&Search { text: text.clone(), department: None });
        view! {
            <p class="empty__text">{t.directory_nothing_department(&department)}</p>
            <LinkButton label=t.directory_department_leave() href=href kind=ButtonKind::Tinted />
        }
        .into_any()
    });
    let tried = if text.is_empty() { String::new() } else { [&t.directory_nothing_tried(&text), " ", hint].concat() };
    view! {
        <EmptyState icon=Icon::Search title=title text=tried>
            {everywhere}
            {(role >= Role::Operator)
                .then(|| {
                    view! {
                        <LinkButton
                            label=t.directory_add()
                            href="/employees/new"
                            kind=ButtonKind::Plain
                            icon=Icon::PersonAdd
                        />
                    }
                })}
        </EmptyState>
    }
}

/// Keeps a link for those without scripts and does the same in place with them.
pub fn in_place(work: impl Fn() + 'static) -> impl Fn(ev::MouseEvent) + 'static {
    move |event| {
        event.prevent_default();
        work();
    }
}
