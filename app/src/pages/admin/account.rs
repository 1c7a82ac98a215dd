//! One account: its role, its employee, its sessions, its request for access.

use leptos::{prelude::*, task::spawn_local};

use super::{accounts::shown_name, employee_link::EmployeeLink};
use crate::{
    backend::{Administration as _, Backend},
    components::{
        Avatar, Button, ButtonKind, ButtonSize, Choice, ChoiceRows, Page, Row, RowText, Section, SkeletonRows, Time,
        use_toasts,
    },
    i18n::{Texts, use_texts},
    model::{
        ids::AccountId,
        user::{Account, AccountPatch, Role, Session},
    },
    pages::{Fetched, session_row::SessionRow, settings::role_name},
    telegram::{Haptic, use_telegram},
};

/// Changes the account; shared by the parts of the card.
#[derive(Clone, Copy)]
pub(super) struct Change(Callback<(AccountPatch, String, Option<AccountPatch>)>);

impl Change {
    /// Applies `patch` and says `done`, with "undo" that applies `back`.
    pub(super) fn apply(self, patch: AccountPatch, done: impl Into<String>, back: Option<AccountPatch>) {
        self.0.run((patch, done.into(), back));
    }
}

/// One account.
#[component]
pub(super) fn AccountCard(
    /// Which.
    id: AccountId,
    /// Something about it changed.
    on_change: Callback<()>,
) -> impl IntoView {
    let accounts = expect_context::<Backend>().administration();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let account = {
        let accounts = accounts.clone();
        Fetched::new(move || {
            let accounts = accounts.clone();
            // One answer for both: what is drawn of an answer asks for nothing more.
            async move { Ok((accounts.account(id).await?, accounts.account_sessions(id).await?)) }
        })
    };
    let send = Callback::new(move |(patch, done): (AccountPatch, Option<(String, Option<AccountPatch>, Change)>)| {
        let accounts = accounts.clone();
        spawn_local(async move {
            match accounts.change_account(id, patch).await {
                Ok(changed) => {
                    telegram.haptic(Haptic::Success);
                    match done {
                        Some((text, Some(back), change)) => {
                            toasts.undo(text, move || change.apply(back.clone(), String::new(), None));
                        }
                        Some((text, None, _)) if !text.is_empty() => toasts.show(text),
                        _ => {}
                    }
                    if let Some((_, sessions)) = account.known() {
                        account.set((changed, sessions));
                    }
                }
                Err(error) => {
                    telegram.haptic(Haptic::Error);
                    toasts.error(&error);
                    // What was shown before the answer goes back to what is true.
                    account.refetch();
                }
            }
            on_change.run(());
        });
    });
    let change = StoredValue::new(None::<Change>);
    let apply = Change(Callback::new(move |(patch, done, back)| {
        let done = change.get_value().map(|change| (done, back, change));
        send.run((patch, done));
    }));
    change.set_value(Some(apply));
    account.view(
        || view! { <SkeletonRows rows=4 plain=true /> }.into_any(),
        move |(shown, sessions): (Account, Vec<Session>)| {
            let reload = Callback::new(move |()| account.refetch());
            view! { <Card account=shown sessions=sessions change=apply on_end=reload /> }.into_any()
        },
    )
}

#[component]
fn Card(account: Account, sessions: Vec<Session>, change: Change, on_end: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let name = shown_name(&account);
    let handle = account.username.as_ref().map(|name| ["@", name].concat()).unwrap_or_default();
    let number = [t.guest_telegram_id(), " ", &account.telegram_id.to_string()].concat();
    view! {
        <Page title=name.clone()>
            <Section>
                <Row before=view! { <Avatar name=name.clone() seed=account.telegram_id /> }.into_any()>
                    <RowText
                        title=if handle.is_empty() { number.clone() } else { handle.clone() }
                        subtitle=if handle.is_empty() { String::new() } else { number }
                    />
                    <span class="row__subtitle">
                        {match account.last_seen_at {
                            Some(at) => view! { <Time at=at /> }.into_any(),
                            None => t.admin_never_seen().into_any(),
                        }}
                    </span>
                </Row>
            </Section>
            <Request account=account.clone() change=change />
            <RoleChoice account=account.clone() change=change />
            <EmployeeLink account=account.clone() change=change />
            <Sessions id=account.id sessions=sessions on_end=on_end />
        </Page>
    }
}

/// The answer to a request for access: with one press it is given.
#[component]
fn Request(account: Account, change: Change) -> impl IntoView {
    let t = use_texts();
    account.access_requested_at.map(|at| {
        let grant = move |()| {
            let patch = AccountPatch { role: Some(Role::Employee), ..AccountPatch::default() };
            change.apply(patch, t.admin_role_changed(t.role_employee()), Some(role_patch(Role::Guest)));
        };
        let decline = move |()| {
            change.apply(AccountPatch { decline_request: true, ..AccountPatch::default() }, t.admin_declined(), None);
        };
        view! {
            <Section header=t.admin_requests()>
                <Row>
                    <span class="row__title">
                        <Time at=at />
                    </span>
                </Row>
                <div class="section__inset section__inset--actions">
                    <Button label=t.admin_grant() on_press=grant />
                    <Button label=t.admin_decline() kind=ButtonKind::Destructive on_press=decline />
                </div>
            </Section>
        }
    })
}

fn role_patch(role: Role) -> AccountPatch {
    AccountPatch { role: Some(role), ..AccountPatch::default() }
}

#[component]
fn RoleChoice(account: Account, change: Change) -> impl IntoView {
    let t = use_texts();
    let before = account.role;
    let chosen = RwSignal::new(before);
    let choose = move |role: Role| {
        chosen.set(role);
        change.apply(role_patch(role), t.admin_role_changed(role_name(t, role)), Some(role_patch(before)));
    };
    let options = Role::ALL.map(|role| Choice {
        value: role,
        title: role_name(t, role).into(),
        subtitle: role_hint(t, role).into(),
    });
    view! {
        <Section
            header=t.admin_role()
            footer=if account.role_fixed { t.admin_role_fixed() } else { "" }
        >
            <ChoiceRows
                label=t.admin_role()
                name="role"
                options=options.to_vec()
                chosen=chosen
                on_choose=choose
                disabled=account.role_fixed
            />
        </Section>
    }
}

fn role_hint(t: Texts, role: Role) -> &'static str {
    match role {
        Role::Guest => t.role_guest_hint(),
        Role::Employee => t.role_employee_hint(),
        Role::Operator => t.role_operator_hint(),
        Role::Admin => t.role_admin_hint(),
    }
}

#[component]
fn Sessions(id: AccountId, sessions: Vec<Session>, on_end: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let accounts = expect_context::<Backend>().administration();
    let toasts = use_toasts();
    let end = Callback::new(move |session: Option<Session>| {
        let accounts = accounts.clone();
        spawn_local(async move {
            match accounts.end_account_sessions(id, session.map(|session| session.id)).await {
                Ok(()) => {
                    toasts.show(t.admin_sessions_ended());
                    let _ = on_end.try_run(());
                }
                Err(error) => toasts.error(&error),
            }
        });
    });
    let none = sessions.is_empty().then(|| {
        view! {
            <Row>
                <span class="row__subtitle">{t.admin_sessions_none()}</span>
            </Row>
        }
    });
    let all = (sessions.len() > 1).then(|| {
        view! {
            <div class="section__inset">
                <Button
                    label=t.admin_sessions_end_all()
                    kind=ButtonKind::Destructive
                    size=ButtonSize::Medium
                    on_press=move |()| end.run(None)
                />
            </div>
        }
        .into_any()
    });
    let rows = sessions.into_iter().map(move |session| {
        view! { <SessionRow session=session on_end=Callback::new(move |s| end.run(Some(s))) /> }
    });
    view! { <Section header=t.admin_sessions_title()>{none} {rows.collect_view()} {all}</Section> }
}
