//! As whom I act in OTRS: with a login of my own, or through the service agent, in whose articles it then says for whom.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, OtrsLinks as _},
    components::{
        Badge, Button, ButtonKind, ButtonSize, ErrorNotice, Page, Row, RowText, Section, TextField, Tone, use_toasts,
    },
    i18n::{Texts, use_texts},
    live::live,
    model::{
        Error, Result,
        otrs_link::{LinkState, OtrsLink, OtrsSignIn},
    },
    pages::tickets::desk::Desk,
    telegram::{Haptic, use_telegram},
};

/// The page.
#[component]
pub fn LinkPage() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    view! {
        <Page title=t.tickets_link_title()>
            {live(move || desk.shelf.with(|shelf| shelf.link.clone()).map(|link| view! { <Standing link=link /> }.into_any()))}
            <SignIn />
        </Page>
    }
}

#[component]
fn Standing(link: OtrsLink) -> impl IntoView {
    let t = use_texts();
    let (words, tone) = match link.state {
        LinkState::None => (t.tickets_link_none(), Tone::Neutral),
        LinkState::Linked => (t.tickets_link_linked(), Tone::Good),
        LinkState::Ended => (t.tickets_link_ended(), Tone::Warning),
    };
    let login = link.login.clone().unwrap_or_else(|| t.tickets_link_service().to_owned());
    let badge = view! { <Badge text=words tone=tone /> }.into_any();
    let none = link.queues.is_empty();
    let queues = link.queues.into_iter().map(|queue| view! { <Row><RowText title=queue /></Row> }.into_any());
    view! {
        <Section header=t.tickets_link_who() footer=hint(t, link.state)>
            <Row after=badge>
                <RowText title=login />
            </Row>
        </Section>
        <Section header=t.tickets_link_queues()>
            {queues.collect_view()}
            {none.then(|| view! { <p class="server__none">{t.tickets_link_no_queues()}</p> }.into_any())}
        </Section>
    }
    .into_any()
}

fn hint(t: Texts, state: LinkState) -> &'static str {
    match state {
        LinkState::None => t.tickets_link_none_hint(),
        LinkState::Linked => t.tickets_link_linked_hint(),
        LinkState::Ended => t.tickets_link_ended_hint(),
    }
}

#[component]
fn SignIn() -> impl IntoView {
    let t = use_texts();
    let desk = expect_context::<Desk>();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let backend = StoredValue::new(expect_context::<Backend>());
    let login = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Error>);
    let settle = move |answer: Result<OtrsLink>, done: &'static str| {
        let _ = busy.try_set(false);
        let _ = password.try_set(String::new());
        match answer {
            Ok(link) => {
                telegram.haptic(Haptic::Success);
                toasts.show(done);
                let _ = failure.try_set(None);
                if desk.shelf.try_update(|shelf| shelf.link = Some(link)).is_some() {
                    // Other queues may be seen now.
                    desk.again();
                    desk.ask_beside();
                }
            }
            Err(error) => {
                telegram.haptic(Haptic::Error);
                let _ = failure.try_set(Some(error));
            }
        }
    };
    let sign_in = move |()| {
        let typed = OtrsSignIn { login: login.get_untracked().trim().to_owned(), password: password.get_untracked() };
        if typed.login.is_empty() || typed.password.is_empty() {
            return;
        }
        let backend = backend.get_value();
        busy.set(true);
        spawn_local(async move { settle(backend.otrs_links().sign_in(typed).await, t.tickets_link_done()) });
    };
    let sign_out = move |()| {
        let backend = backend.get_value();
        busy.set(true);
        spawn_local(async move { settle(backend.otrs_links().sign_out().await, t.tickets_link_undone()) });
    };
    let linked = Memo::new(move |_| {
        desk.shelf.with(|shelf| shelf.link.as_ref().is_some_and(|link| link.state == LinkState::Linked))
    });
    live(move || {
        if linked.get() {
            return view! {
                <section class="section">
                    <Button
                        label=t.tickets_link_sign_out()
                        kind=ButtonKind::Destructive
                        size=ButtonSize::Large
                        busy=busy
                        on_press=sign_out
                    />
                </section>
            }
            .into_any();
        }
        view! {
            <form
                on:submit=move |event| {
                    event.prevent_default();
                    sign_in(());
                }
            >
                <Section header=t.tickets_sign_in() footer=t.tickets_link_password_hint()>
                    <TextField label=t.tickets_link_login() value=login name="otrs-login" />
                    <TextField label=t.tickets_link_password() value=password name="otrs-password" kind="password" />
                    <div class="section__inset">
                        <Button label=t.tickets_sign_in() size=ButtonSize::Large busy=busy on_press=sign_in />
                    </div>
                </Section>
                // Enter in a field presses the first button that submits.
                <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
            </form>
            {live(move || failure.get().map(|error| view! { <ErrorNotice error=error /> }.into_any()))}
        }
        .into_any()
    })
}
