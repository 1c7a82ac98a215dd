//! Which person of the directory an account is: shown, chosen in a sheet with a search, taken away.

use leptos::prelude::*;

use super::account::Change;
use crate::{
    components::{Button, ButtonKind, ButtonSize, Icon, IconTile, Row, RowText, Section, Sheet},
    i18n::use_texts,
    model::{
        employee::Employee,
        ids::EmployeeId,
        user::{Account, AccountPatch},
    },
    pages::person_picker::PersonPicker,
};

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
            <div class="sheet__scroll">
                <PersonPicker on_pick=choose />
            </div>
        </Sheet>
    }
}
