//! Two records of one person become one: choose the other, see the result, confirm.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use crate::{
    backend::Backend,
    components::{
        Button, ButtonKind, EmptyState, ErrorNotice, Icon, MainAction, Page, SearchField, Section, SkeletonRows,
        use_toasts,
    },
    device,
    directory::{
        latest::Latest,
        links::card,
        merge::{Line, preview},
    },
    i18n::use_texts,
    live::{live, watch},
    model::{
        Error,
        employee::{Employee, EmployeeQuery},
        ids::EmployeeId,
        page::PageRequest,
    },
    pages::Fetched,
    pages::employees::{
        Way,
        finder::Finder,
        person_row::{PersonRow, field_name},
    },
    telegram::{Haptic, use_telegram},
};

/// How long typing must pause before it is asked for, in milliseconds.
const PAUSE_MS: i32 = 120;

/// Merging another record into the one the address names.
#[component]
pub fn EmployeeMerge(
    /// Whose record.
    id: EmployeeId,
) -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let record = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.employees.employee(id).await }
    });
    view! {
        <Page title=t.merge_title()>
            {record.view(
                || view! { <SkeletonRows rows=2 /> }.into_any(),
                |person| view! { <Merging person=person /> }.into_any(),
            )}
        </Page>
    }
}

#[component]
fn Merging(person: Employee) -> impl IntoView {
    let t = use_texts();
    let stays = RwSignal::new(person);
    let other = RwSignal::new(None::<Employee>);
    let swap = move |()| {
        if let Some(was_other) = other.get_untracked() {
            other.set(Some(stays.get_untracked()));
            stays.set(was_other);
        }
    };
    view! {
        <Section header=t.merge_stays()>{live(move || view! { <PersonRow person=stays.get() /> })}</Section>
        {live(move || match other.get() {
            None => view! { <Picker not=stays.get().id on_pick=move |picked| other.set(Some(picked)) /> }.into_any(),
            Some(chosen) => {
                let lines = preview(&stays.get(), &chosen);
                let id = chosen.id;
                view! {
                    <Section header=t.merge_other()>
                        <PersonRow person=chosen />
                    </Section>
                    <div class="merge__choices">
                        <Button label=t.merge_swap() kind=ButtonKind::Tinted on_press=swap />
                        <Button label=t.merge_pick_again() kind=ButtonKind::Plain on_press=move |()| other.set(None) />
                    </div>
                    <Preview lines=lines />
                    <Confirm stays=stays.get().id other=id />
                }
                    .into_any()
            }
        })}
    }
}

/// The search for the other record.
#[component]
fn Picker(not: EmployeeId, #[prop(into)] on_pick: Callback<Employee>) -> impl IntoView {
    let t = use_texts();
    let text = RwSignal::new(String::new());
    let found = found(text, not);
    view! {
        <p class="merge__hint">{t.merge_pick()}</p>
        <SearchField label=t.merge_pick_search() value=text name="other" />
        {live(move || match found.get() {
            None => ().into_any(),
            Some(Err(error)) => view! { <ErrorNotice error=error /> }.into_any(),
            Some(Ok(people)) if people.is_empty() => {
                view! { <EmptyState icon=Icon::Search title=t.merge_pick_nobody() /> }.into_any()
            }
            Some(Ok(people)) => {
                let rows = people.into_iter().map(|person| {
                    let picked = Employee { matches: Vec::new(), ..person.clone() };
                    view! { <PersonRow person=person on_press=Callback::new(move |()| on_pick.run(picked.clone())) /> }
                });
                view! {
                    <div class="section">
                        <div class="section__body">{rows.collect_view()}</div>
                    </div>
                }
                    .into_any()
            }
        })}
    }
}

type Found = Option<Result<Vec<Employee>, Error>>;

/// The people who fit what is typed, except this one.
fn found(text: RwSignal<String>, not: EmployeeId) -> RwSignal<Found> {
    let found: RwSignal<Found> = RwSignal::new(None);
    let backend = expect_context::<Backend>();
    let latest = Latest::default();
    on_cleanup({
        let latest = latest.clone();
        move || latest.stop()
    });
    watch(move || {
        let typed = text.get().trim().to_owned();
        if typed.is_empty() {
            latest.stop();
            found.set(None);
            return;
        }
        let backend = backend.clone();
        let turn = latest.run(async move {
            device::sleep(PAUSE_MS).await;
            let query = EmployeeQuery { text: typed, department: None };
            backend.employees.search(query, PageRequest { limit: 10, cursor: None }).await
        });
        spawn_local(async move {
            if let Some(answer) = turn.await {
                found.set(Some(answer.map(|page| page.items.into_iter().filter(|person| person.id != not).collect())));
            }
        });
    });
    found
}

/// The result field by field.
#[component]
fn Preview(lines: Vec<Line>) -> impl IntoView {
    let t = use_texts();
    let rows = lines.into_iter().map(move |line| {
        view! {
            <div class="difference">
                <dt class="difference__field">{field_name(t, line.field)}</dt>
                <dd class="difference__values">
                    {(!line.kept.is_empty()).then(|| view! { <span>{line.kept}</span> }.into_any())}
                    {line
                        .gained
                        .map(|text| {
                            view! {
                                <ins class="difference__after">
                                    {text} <span class="difference__remark">{t.merge_gained()}</span>
                                </ins>
                            }.into_any()
                        })}
                    {line
                        .dropped
                        .map(|text| {
                            view! {
                                <span class="difference__dropped">
                                    <del class="difference__before">{text}</del>
                                    <span class="difference__remark">{t.merge_dropped()}</span>
                                </span>
                            }.into_any()
                        })}
                </dd>
            </div>
        }
        .into_any()
    });
    view! {
        <Section header=t.merge_result() footer=t.merge_warning()>
            <dl class="differences">{rows.collect_view()}</dl>
        </Section>
    }
}

#[component]
fn Confirm(stays: EmployeeId, other: EmployeeId) -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let finder = expect_context::<Finder>();
    let way = expect_context::<Way>();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let navigate = use_navigate();
    let busy = RwSignal::new(false);
    let merge = move |()| {
        let (backend, navigate) = (backend.clone(), navigate.clone());
        busy.set(true);
        spawn_local(async move {
            let merged = backend.employees.merge(stays, other).await;
            let _ = busy.try_set(false);
            match merged {
                Ok(person) => {
                    telegram.haptic(Haptic::Success);
                    toasts.show(t.merge_done());
                    finder.refresh();
                    way.to_card(person.id, &card(person.id, &finder.search_now()), navigate);
                }
                Err(error) => {
                    telegram.haptic(Haptic::Error);
                    toasts.problem(t.error(&error));
                }
            }
        });
    };
    view! { <MainAction label=t.merge_confirm() on_press=merge busy=busy /> }
}
