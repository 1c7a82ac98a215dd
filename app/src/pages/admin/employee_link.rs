//! Which person of the directory an account is: shown, chosen in a sheet with a search, taken away.

use leptos::{prelude::*, task::spawn_local};

use super::account::Change;
use crate::{
    backend::Backend,
    components::{
        Avatar, Button, ButtonKind, ButtonSize, Icon, IconTile, Row, RowText, SearchField, Section, Sheet, SkeletonRows,
    },
    i18n::use_texts,
    live::{live, watch},
    model::{
        employee::{Employee, EmployeeQuery},
        ids::EmployeeId,
        page::PageRequest,
        user::{Account, AccountPatch},
    },
};

const SHOWN: u32 = 20;

fn link(employee: Option<EmployeeId>) -> AccountPatch {
    AccountPatch { employee_id: Some(employee), ..AccountPatch::default() }
}

/// The employee of an account.
#[component]
pub(super) fn EmployeeLink(
    /// The account.
    account: Account,
    /// Changes it.
    change: Change,
) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    let before = account.employee_id;
    let choose = Callback::new(move |employee: Employee| {
        open.set(false);
        change.apply(link(Some(employee.id)), t.admin_employee_linked(&employee.full_name), Some(link(before)));
    });
    let unlink = move |()| change.apply(link(None), t.admin_employee_unlinked(), Some(link(before)));
    let current = match (account.employee_id, account.employee_name) {
        (Some(id), name) => view! {
            <Row
                href=["/employees/", &id.to_string()].concat()
                before=view! { <IconTile icon=Icon::Person colour=3 /> }.into_any()
                leads=true
            >
                <RowText title=name.unwrap_or_else(|| id.to_string()) />
            </Row>
        }
        .into_any(),
        (None, _) => view! {
            <Row>
                <span class="row__subtitle">{t.admin_employee_none()}</span>
            </Row>
        }
        .into_any(),
    };
    view! {
        <Section header=t.admin_employee()>
            {current}
            <div class="section__inset section__inset--actions">
                <Button
                    label=if before.is_some() { t.admin_employee_change() } else { t.admin_employee_link() }
                    kind=ButtonKind::Tinted
                    on_press=move |()| open.set(true)
                />
                {before
                    .map(|_| {
                        view! {
                            <Button
                                label=t.admin_employee_unlink()
                                kind=ButtonKind::Destructive
                                size=ButtonSize::Medium
                                on_press=unlink
                            />
                        }
                    })}
            </div>
        </Section>
        <Sheet title=t.admin_employee_link() open=open>
            <Choice on_choose=choose />
        </Sheet>
    }
}

/// A search for the person.
#[component]
fn Choice(on_choose: Callback<Employee>) -> impl IntoView {
    let t = use_texts();
    let employees = expect_context::<Backend>().employees;
    let query = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<Employee>>);
    watch(move || {
        let text = query.get();
        let employees = employees.clone();
        spawn_local(async move {
            let asked = EmployeeQuery { text: text.clone(), department: None };
            let answer = employees.search(asked, PageRequest { limit: SHOWN, cursor: None }).await;
            // An answer to what is no longer asked is dropped.
            if query.try_get_untracked() == Some(text) {
                let _ = found.try_set(Some(answer.map(|page| page.items).unwrap_or_default()));
            }
        });
    });
    view! {
        <SearchField label=t.admin_employee_search() value=query />
        <div class="sheet__scroll">
            {live(move || match found.get() {
                None => view! { <SkeletonRows rows=4 /> }.into_any(),
                Some(people) if people.is_empty() => {
                    view! { <p class="sheet__text">{t.admin_employee_nobody()}</p> }.into_any()
                }
                Some(people) => {
                    people
                        .into_iter()
                        .map(|person| {
                            let (name, seed) = (person.full_name.clone(), person.id.get());
                            let position = person.position.clone().unwrap_or_default();
                            view! {
                                <Row
                                    before=view! { <Avatar name=name.clone() seed=seed /> }.into_any()
                                    on_press=Callback::new(move |()| on_choose.run(person.clone()))
                                >
                                    <RowText title=name subtitle=position />
                                </Row>
                            }
                        })
                        .collect_view()
                        .into_any()
                }
            })}
        </div>
    }
}
