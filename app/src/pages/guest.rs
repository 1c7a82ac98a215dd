//! For those whom Telegram knows and we do not: what this is, asking for access with one tap, and the way
//! in as soon as it is given.

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    backend::{Accounts as _, Backend},
    components::{Avatar, Button, ButtonSize, Icon, Page, Row, RowText, Section, Time, use_toasts},
    i18n::use_texts,
    live::{live, watch},
    session::use_session,
    telegram::{Haptic, use_telegram},
};

/// How often it looks whether access was given, while the page is in sight.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// The guest's page.
#[component]
pub fn Guest() -> impl IntoView {
    let t = use_texts();
    let session = use_session();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let accounts = expect_context::<Backend>().accounts();
    let asking = RwSignal::new(false);
    look_again();

    let user = Memo::new(move |_| session.user());
    let name = user.get_untracked().map(|user| user.name).unwrap_or_default();
    let first_name = name.split_whitespace().next().unwrap_or_default().to_owned();
    let ask = move |()| {
        let accounts = accounts.clone();
        asking.set(true);
        spawn_local(async move {
            match accounts.request_access().await {
                Ok(user) => {
                    telegram.haptic(Haptic::Success);
                    session.update(user);
                }
                Err(error) => {
                    telegram.haptic(Haptic::Error);
                    toasts.error(&error);
                }
            }
            let _ = asking.try_set(false);
        });
    };
    let asked_at = move || user.get().and_then(|user| user.access_requested_at);
    view! {
        <Page title=t.guest_title(&first_name)>
            <div class="guest">
                {live(move || match asked_at() {
                    None => {
                        view! {
                            <p class="guest__text">{t.guest_text()}</p>
                            <Button label=t.guest_ask() size=ButtonSize::Large busy=asking on_press=ask.clone() />
                        }
                            .into_any()
                    }
                    Some(at) => {
                        view! {
                            <div class="guest__asked" role="status">
                                <span class="guest__mark">{Icon::Check.view()}</span>
                                <p class="guest__title">{t.guest_asked_title()}</p>
                                <p class="guest__text">{t.guest_asked_text()}</p>
                                <p class="guest__when">
                                    <Time at=at />
                                </p>
                            </div>
                        }
                            .into_any()
                    }
                })}
            </div>
            {live(move || {
                user.get()
                    .map(|user| {
                        let id = user.telegram_id.to_string();
                        let number = [t.guest_telegram_id(), ": ", &id].concat();
                        view! {
                            <Section header=t.guest_who_title()>
                                <Row before=view! { <Avatar name=user.name.clone() seed=user.telegram_id /> }.into_any()>
                                    <RowText title=user.name.clone() subtitle=number />
                                </Row>
                            </Section>
                        }
                    })
            })}
        </Page>
    }
}

/// Looks whether access was given: when the page comes back into sight, and now and then while it is.
fn look_again() {
    let session = use_session();
    let accounts = expect_context::<Backend>().accounts();
    let look = move || {
        if document().hidden() {
            return;
        }
        let accounts = accounts.clone();
        spawn_local(async move {
            // A failure is no news: it looks again.
            if let Ok(user) = accounts.me().await
                && session.user_untracked().is_some_and(|before| before != user)
            {
                session.update(user);
            }
        });
    };
    watch(move || {
        let (on_focus, on_sight) = (look.clone(), look.clone());
        let focus = window_event_listener(ev::focus, move |_| on_focus());
        let sight = window_event_listener_untyped("visibilitychange", move |_| on_sight());
        let ticks = set_interval_with_handle(look.clone(), LOOK_AGAIN);
        on_cleanup(move || {
            focus.remove();
            sight.remove();
            if let Ok(ticks) = ticks {
                ticks.clear();
            }
        });
    });
}
