//! What a user may set: the language, where he is signed in; and who he is here.

use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::wasm_split;

use super::Fetched;
use crate::{
    backend::{Backend, Settings as _},
    components::{
        Avatar, Button, ButtonKind, ButtonSize, Icon, Page, Row, RowText, Section, Segmented, SkeletonRows, use_toasts,
    },
    i18n::{Texts, texts, use_language, use_texts},
    model::user::{Language, Role, Session},
    pages::{employee_edit::forget_drafts, part::Entered, session_row::SessionRow},
    session::{use_role, use_session},
    start::{LANGUAGE_COOKIE, Start},
    telegram::{Haptic, use_telegram},
};

/// Enters the part that holds this page.
#[wasm_split(settings, fallible, preload(#[doc = "Fetches it."] load_settings))]
pub fn settings() -> Entered {
    Ok(view! { <Settings /> }.into_any())
}

/// Settings.
#[component]
fn Settings() -> impl IntoView {
    let t = use_texts();
    let version = use_context::<Start>().map(|start| start.version).unwrap_or_default();
    view! {
        <Page title=t.settings_title()>
            <Profile />
            <LanguageChoice />
            <Sessions />
            <More />
            <Section header=t.settings_about()>
                <Row after=view! { <span class="row__value">{version}</span> }.into_any()>
                    <RowText title=t.settings_version() />
                </Row>
            </Section>
            <SignOut />
        </Page>
    }
}

/// Who one is here.
#[component]
fn Profile() -> impl IntoView {
    let t = use_texts();
    let user = use_session().user_untracked();
    user.map(|user| {
        let employee = user.employee_id.map(|id| {
            view! {
                <Row href=["/employees/", &id.to_string()].concat() leads=true>
                    <RowText title=t.settings_employee() />
                </Row>
            }
        });
        let telegram_id = user.telegram_id.to_string();
        view! {
            <Section>
                <Row before=view! { <Avatar name=user.name.clone() seed=user.telegram_id /> }.into_any()>
                    <RowText title=user.name.clone() subtitle=role_name(t, user.role) />
                </Row>
                {employee}
                <Row after=view! { <span class="row__value">{telegram_id}</span> }.into_any()>
                    <RowText title=t.settings_telegram_id() />
                </Row>
            </Section>
        }
    })
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let t = use_texts();
    let language = use_language();
    let session = use_session();
    let toasts = use_toasts();
    let mine = expect_context::<Backend>().settings();
    let chosen = Signal::derive(move || language.get());
    let choose = move |new: Language| {
        let before = language.now();
        let mine = mine.clone();
        // At once on the screen; put back if the server does not take it.
        remember(new);
        language.set(new);
        spawn_local(async move {
            match mine.set_language(new).await {
                Ok(user) => {
                    session.update(user);
                    toasts.show(texts(new).settings_language_saved());
                }
                Err(error) => {
                    remember(before);
                    language.set(before);
                    toasts.error(&error);
                }
            }
        });
    };
    let options = [Language::Ru, Language::En].map(|option| (option, t.language_name(option).to_owned()));
    view! {
        <Section header=t.settings_language()>
            <div class="section__inset">
                <Segmented
                    label=t.settings_language()
                    name="language"
                    options=options.to_vec()
                    chosen=chosen
                    on_choose=choose
                />
            </div>
        </Section>
    }
}

/// Keeps the language for the first HTML of somebody who is not signed in.
fn remember(language: Language) {
    let cookie = [LANGUAGE_COOKIE, "=", language.as_str(), "; path=/; max-age=31536000; samesite=lax"].concat();
    let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
}

#[component]
fn Sessions() -> impl IntoView {
    let t = use_texts();
    let mine = expect_context::<Backend>().settings();
    let sessions = {
        let mine = mine.clone();
        Fetched::new(move || {
            let mine = mine.clone();
            async move { mine.sessions().await }
        })
    };
    let toasts = use_toasts();
    let end = Callback::new(move |session: Session| {
        let mine = mine.clone();
        spawn_local(async move {
            match mine.end_session(session.id).await {
                Ok(()) => {
                    toasts.show(t.settings_session_ended());
                    sessions.refetch();
                }
                Err(error) => toasts.error(&error),
            }
        });
    });
    view! {
        <Section header=t.settings_sessions() footer=t.settings_sessions_hint()>
            {sessions.view(
                || view! { <SkeletonRows rows=2 /> }.into_any(),
                move |sessions| {
                    sessions
                        .into_iter()
                        .map(|session| view! { <SessionRow session=session on_end=end /> })
                        .collect_view()
                        .into_any()
                },
            )}
        </Section>
    }
}

/// What is set elsewhere: the login in OTRS; for administrators what there is to administer, which a phone with tickets has no
/// tab for.
#[component]
fn More() -> impl IntoView {
    let t = use_texts();
    let role = use_role();
    let tickets = use_context::<Start>().is_some_and(|start| start.tickets);
    (tickets && role >= Role::Operator).then(|| {
        view! {
            <Section>
                <Row href="/tickets/link" leads=true>
                    <RowText title=t.tickets_link_title() />
                </Row>
                {(role >= Role::Admin)
                    .then(|| {
                        view! {
                            <Row href="/tickets/settings" leads=true>
                                <RowText title=t.tickets_settings() />
                            </Row>
                            <Row href="/admin" leads=true>
                                <RowText title=t.nav_admin() />
                            </Row>
                        }
                    })}
            </Section>
        }
    })
}

#[component]
fn SignOut() -> impl IntoView {
    let t = use_texts();
    let session = use_session();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let mine = expect_context::<Backend>().settings();
    let busy = RwSignal::new(false);
    let sign_out = move |()| {
        let mine = mine.clone();
        busy.set(true);
        spawn_local(async move {
            match mine.sign_out().await {
                Ok(()) => {
                    telegram.haptic(Haptic::Success);
                    if let Some(user) = session.user_untracked() {
                        forget_drafts(user.id);
                    }
                    session.forget();
                }
                Err(error) => toasts.error(&error),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <section class="section">
            <Button
                label=t.settings_sign_out()
                icon=Icon::SignOut
                kind=ButtonKind::Destructive
                size=ButtonSize::Large
                busy=busy
                on_press=sign_out
            />
            <p class="section__footer">{t.settings_sign_out_hint()}</p>
        </section>
    }
}

/// The name of a role.
pub fn role_name(t: Texts, role: Role) -> &'static str {
    match role {
        Role::Guest => t.role_guest(),
        Role::Employee => t.role_employee(),
        Role::Operator => t.role_operator(),
        Role::Admin => t.role_admin(),
    }
}
