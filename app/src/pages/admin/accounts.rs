//! All accounts: who asks for access first. Beside the list, or in its place on a phone, one account.

use leptos::{prelude::*, task::spawn_local};

use super::account::AccountCard;
use crate::{
    backend::{Administration as _, Backend},
    components::{
        Avatar, Badge, Button, ButtonKind, EmptyState, Icon, Page, Row, Section, SkeletonRows, Time, Tone, TwoPanes,
        use_toasts,
    },
    i18n::use_texts,
    live::live,
    model::{
        ids::AccountId,
        page::PageRequest,
        user::{Account, Role},
    },
    pages::{Fetched, section, settings::role_name},
};

const PIECE: u32 = 50;

/// Accounts and the chosen one.
#[component]
pub fn Accounts() -> impl IntoView {
    let t = use_texts();
    let id = section::Section::Accounts.opened(|id| id.parse::<AccountId>().ok());
    // Counts changes made in the card, so that the list is Fetched again.
    let changes = RwSignal::new(0_u32);
    view! {
        <TwoPanes
            detail_open=Signal::derive(move || id.get().is_some())
            list=view! {
                <Page title=t.admin_accounts()>
                    <List chosen=id changes=changes />
                </Page>
            }
                .into_any()
        >
            {live(move || match id.get() {
                Some(id) => view! { <AccountCard id=id on_change=Callback::new(move |()| changes.update(|n| *n += 1)) /> }.into_any(),
                None => view! { <EmptyState icon=Icon::Shield title=t.admin_accounts() text=t.admin_accounts_hint() /> }.into_any(),
            })}
        </TwoPanes>
    }
}

#[component]
fn List(chosen: Memo<Option<AccountId>>, changes: RwSignal<u32>) -> impl IntoView {
    let t = use_texts();
    let accounts = expect_context::<Backend>().administration();
    let first = {
        let accounts = accounts.clone();
        Fetched::again(
            move || changes.get(),
            move || {
                let accounts = accounts.clone();
                async move { accounts.accounts(PageRequest { limit: PIECE, cursor: None }).await }
            },
        )
    };
    first.view(
        || view! { <SkeletonRows /> }.into_any(),
        move |page| {
            if page.items.is_empty() {
                return view! { <EmptyState icon=Icon::People title=t.admin_no_accounts() text=t.admin_no_accounts_text() /> }
                    .into_any();
            }
            let (asking, others): (Vec<_>, Vec<_>) =
                page.items.into_iter().partition(|account| account.access_requested_at.is_some());
            let asking = (!asking.is_empty()).then(|| {
                view! { <Section header=t.admin_requests()>{rows(asking, chosen)}</Section> }
            });
            view! {
                {asking}
                {(!others.is_empty()).then(|| view! { <Section header=t.admin_others()>{rows(others, chosen)}</Section> })}
                <More cursor=page.next chosen=chosen />
            }
            .into_any()
        },
    )
}

/// The pieces after the first one, on demand.
#[component]
fn More(cursor: Option<String>, chosen: Memo<Option<AccountId>>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let accounts = expect_context::<Backend>().administration();
    let cursor = RwSignal::new(cursor);
    let items = RwSignal::new(Vec::<Account>::new());
    let busy = RwSignal::new(false);
    let load = Callback::new(move |()| {
        let accounts = accounts.clone();
        let request = PageRequest { limit: PIECE, cursor: cursor.get_untracked() };
        busy.set(true);
        spawn_local(async move {
            match accounts.accounts(request).await {
                Ok(page) => {
                    let _ = items.try_update(|items| items.extend(page.items));
                    let _ = cursor.try_set(page.next);
                }
                Err(error) => toasts.error(&error),
            }
            let _ = busy.try_set(false);
        });
    });
    view! {
        {live(move || {
            let items = items.get();
            (!items.is_empty()).then(|| view! { <Section>{rows(items, chosen)}</Section> })
        })}
        {live(move || {
            cursor
                .with(Option::is_some)
                .then(|| view! { <Button label=t.common_more() kind=ButtonKind::Tinted busy=busy on_press=load /> })
        })}
    }
}

fn rows(accounts: Vec<Account>, chosen: Memo<Option<AccountId>>) -> impl IntoView {
    accounts.into_iter().map(|account| view! { <AccountRow account=account chosen=chosen /> }).collect_view()
}

#[component]
fn AccountRow(account: Account, chosen: Memo<Option<AccountId>>) -> impl IntoView {
    let t = use_texts();
    let id = account.id;
    let tone = if account.role == Role::Admin { Tone::Accent } else { Tone::Neutral };
    let when = account.access_requested_at.or(account.last_seen_at);
    view! {
        <Row
            href=["/admin/accounts/", &id.to_string()].concat()
            selected=Signal::derive(move || chosen.get() == Some(id))
            before=view! { <Avatar name=shown_name(&account) seed=account.telegram_id /> }.into_any()
            after=view! { <Badge text=role_name(t, account.role) tone=tone /> }.into_any()
        >
            <span class="row__title">{shown_name(&account)}</span>
            <span class="row__subtitle">
                {match when {
                    Some(at) => view! { <Time at=at /> }.into_any(),
                    None => t.admin_never_seen().into_any(),
                }}
            </span>
        </Row>
    }
}

/// The name of an account, or what stands for it before its first sign-in.
pub(super) fn shown_name(account: &Account) -> String {
    match (&account.employee_name, account.name.as_str()) {
        (_, name) if !name.is_empty() => name.to_owned(),
        (Some(name), _) => name.clone(),
        (None, _) => account.telegram_id.to_string(),
    }
}
