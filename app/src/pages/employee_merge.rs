//! Two records of one person become one: choose the other, see the result, confirm.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Records as _},
    components::{Back, Button, ButtonKind, MainAction, Page, Section, SkeletonRows, use_toasts},
    directory::{
        links::card,
        merge::{Line, preview},
    },
    i18n::use_texts,
    live::live,
    model::{employee::Employee, ids::EmployeeId},
    pages::{
        employee::record,
        employees::{
            finder::Finder,
            person_row::{PersonRow, field_name},
        },
        person_picker::PersonPicker,
    },
    telegram::{Haptic, use_telegram},
};

/// Merging another record into the one the address names.
#[component]
pub fn EmployeeMerge(
    /// Whose record.
    id: EmployeeId,
) -> impl IntoView {
    let t = use_texts();
    let record = record(id);
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
            None => {
                view! {
                    <p class="merge__hint">{t.merge_pick()}</p>
                    <PersonPicker not=stays.get().id on_pick=move |picked| other.set(Some(picked)) />
                }
                    .into_any()
            }
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
    let back = expect_context::<Back>();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let busy = RwSignal::new(false);
    let merge = move |()| {
        let backend = backend.clone();
        busy.set(true);
        spawn_local(async move {
            let merged = backend.records().merge(stays, other).await;
            let _ = busy.try_set(false);
            match merged {
                Ok(person) => {
                    telegram.haptic(Haptic::Success);
                    toasts.show(t.merge_done());
                    finder.refresh();
                    back.leave_for(&card(person.id, &finder.search_now()));
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
