//! For those who are not signed in: what to do, in one step. And the sheet over the screens when a
//! session has ended that cannot be renewed from here.

use leptos::prelude::*;

use crate::{
    components::{Button, ButtonKind, ButtonSize, EmptyState, ErrorNotice, Icon, Page, Sheet},
    i18n::{Texts, use_texts},
    live::live,
    model::Error,
    session::{Screens, use_session},
    start::Start,
    telegram::use_telegram,
};

/// Why one is not inside, and the way in.
#[component]
pub fn SignIn() -> impl IntoView {
    let t = use_texts();
    let screens = use_session().screens();
    view! {
        <Page title=t.common_app_name() hide_title=true>
            {live(move || match screens.get() {
                Screens::SignedOut => {
                    explain(t, Icon::SignOut, t.session_signed_out_title(), t.session_signed_out_text())
                }
                Screens::Failed(Error::Unauthenticated { .. } | Error::Unreadable { .. }) => {
                    explain(t, Icon::Clock, t.session_expired_title(), t.error_init_data_expired())
                }
                Screens::Failed(error) => {
                    let retry = Callback::new(|()| drop(window().location().reload()));
                    view! { <ErrorNotice error=error retry=retry /> }.into_any()
                }
                _ => explain(t, Icon::Telegram, t.session_outside_title(), t.session_outside_text()),
            })}
        </Page>
    }
}

fn explain(t: Texts, icon: Icon, title: &'static str, text: &'static str) -> AnyView {
    view! {
        <EmptyState icon=icon title=title text=text>
            <Reopen t=t />
        </EmptyState>
    }
    .into_any()
}

/// The one button: opens the app again from Telegram, which gives it new launch data.
#[component]
fn Reopen(t: Texts) -> impl IntoView {
    let link = use_context::<Start>().and_then(|start| start.app_link);
    let telegram = use_telegram();
    let Some(link) = link else {
        return view! { <p class="empty__text">{t.session_outside_no_bot()}</p> }.into_any();
    };
    // In Telegram its own link opens a new window of the app, and this one goes.
    let reopen = {
        let link = link.clone();
        move |()| {
            telegram.open_telegram_link(&link);
            telegram.close();
        }
    };
    let connected = telegram.connected();
    (move || {
        if connected.get() {
            let reopen = reopen.clone();
            view! { <Button label=t.session_reopen() size=ButtonSize::Large on_press=reopen /> }.into_any()
        } else {
            view! {
                <a class="button button--filled button--large" href=link.clone()>
                    {Icon::Telegram.view()}
                    <span class="button__label">{t.common_open_in_telegram()}</span>
                </a>
            }
            .into_any()
        }
    })
    .into_any()
}

/// Over the screens, which stay with all that is typed in them.
#[component]
pub fn ExpiredSheet() -> impl IntoView {
    let t = use_texts();
    let expired = use_session().expired();
    view! {
        <Sheet title=t.session_expired_title() open=expired>
            <p class="sheet__text">{t.session_expired_text()}</p>
            <div class="sheet__actions">
                <Reopen t=t />
                <Button
                    label=t.common_reload()
                    kind=ButtonKind::Plain
                    size=ButtonSize::Large
                    on_press=move |()| drop(window().location().reload())
                />
            </div>
        </Sheet>
    }
}
