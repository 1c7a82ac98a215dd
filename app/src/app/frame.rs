//! What stands around every page: navigation (tabs below on a phone, a column beside on a wide screen),
//! the offline banner, messages, and the sheet of an ended session.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    connection::OfflineBanner,
    shortcuts::{ShortcutsSheet, ShortcutsShown},
};
use crate::{
    components::{Back, Icon, ToastHost},
    i18n::{Texts, texts, use_language},
    live::live,
    model::user::Role,
    pages::{ExpiredSheet, Summary},
    session::{Screens, use_session},
    start::Start,
};

/// The frame around the pages.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let language = use_language();
    let screens = use_session().screens();
    provide_context(ShortcutsShown(RwSignal::new(false)));
    provide_context(Back::follow());
    #[cfg(feature = "hydrate")]
    super::browser::start();
    view! {
        <div class="app">
            {live(move || {
                let t = texts(language.get());
                match screens.get() {
                    Screens::Inside(_, role) => {
                        view! {
                            <a class="skip" href="#content" rel="external">
                                {t.common_skip_to_content()}
                            </a>
                            <Navigation t=t role=role />
                        }
                            .into_any()
                    }
                    _ => ().into_any(),
                }
            })}
            <main class="main" id="content" tabindex="-1">
                <OfflineBanner />
                {children()}
            </main>
            <ToastHost />
            {live(move || {
                let _ = language.get();
                view! {
                    <ExpiredSheet />
                    <ShortcutsSheet />
                }
            })}
        </div>
    }
    .into_any()
}

/// The sections of the app.
#[component]
fn Navigation(t: Texts, role: Role) -> impl IntoView {
    let path = use_location().pathname;
    let tickets = use_context::<Start>().is_some_and(|start| start.tickets);
    let apart = |address: &str| address == "/admin" && tickets;
    let tab = move |address: &'static str, icon: Icon, name: &'static str| {
        let here = move || is_within(&path.get(), address);
        view! {
            <li class:nav__apart=apart(address)>
                <a class="tab" href=address aria-current=Signal::derive(move || here().then_some("page"))>
                    <span class="tab__icon">
                        {icon.view()} {(icon == Icon::Bell).then(|| view! { <OpenIncidents t=t /> })}
                    </span>
                    <span class="tab__name">{name}</span>
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <nav class="nav" aria-label=t.nav_label()>
            <p class="nav__name" aria-hidden="true">
                {t.common_app_name()}
            </p>
            <ul class="nav__tabs">
                {tab("/", Icon::Home, t.nav_home())} {tab("/employees", Icon::People, t.nav_employees())}
                {(tickets && role >= Role::Operator).then(|| tab("/tickets", Icon::Ticket, t.nav_tickets()))}
                {tab("/servers", Icon::Server, t.nav_servers())} {tab("/alerts", Icon::Bell, t.nav_alerts())}
                {(role >= Role::Admin).then(|| tab("/admin", Icon::Shield, t.nav_admin()))}
                {tab("/settings", Icon::Settings, t.nav_settings())}
            </ul>
        </nav>
    }
    .into_any()
}

/// How many incidents nobody has taken, on the tab of alerts.
#[component]
fn OpenIncidents(t: Texts) -> impl IntoView {
    let summary = expect_context::<Summary>();
    live(move || {
        let count = summary.known.with(|known| known.as_ref().map_or(0, |known| known.unacknowledged));
        (count > 0).then(|| {
            let shown = if count > 99 { "99+".to_owned() } else { count.to_string() };
            view! {
                <span class="tab__badge" aria-label=t.nav_alerts_open(count.into()) role="img">
                    {shown}
                </span>
            }
            .into_any()
        })
    })
}

/// Whether a path belongs to the section at this address.
fn is_within(path: &str, address: &str) -> bool {
    path == address || (address != "/" && path.strip_prefix(address).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_section_holds_what_is_below_it() {
        assert!(is_within("/", "/"));
        assert!(!is_within("/settings", "/"));
        assert!(is_within("/employees", "/employees"));
        assert!(is_within("/employees/7", "/employees"));
        assert!(!is_within("/employees-old", "/employees"));
    }
}
