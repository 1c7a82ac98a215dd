//! The app: what all screens share by context, and which screen is at which address.
//!
//! Built on the server for the first HTML and hydrated in the browser. Everything that needs a browser
//! happens in effects (`browser`, `frame`). A change of language, of user or of role builds the
//! screens anew (`gate`), so they read texts and role once.

#[cfg(feature = "hydrate")]
mod browser;
mod connection;
mod frame;
mod gate;
#[cfg(any(feature = "hydrate", test))]
mod keys;
mod shortcuts;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    components::{Clock, FirstPage, NativeMainAction, Toasts},
    i18n::CurrentLanguage,
    live::{channel::Channel, watch},
    model::user::Role,
    pages::{self, Administration, Finding, part::Part},
    session::Session,
    start::Start,
    telegram::Telegram,
};
use connection::Connection;
use frame::Frame;
use gate::{gate, only};

/// The whole app. Needs no context in the browser; for the server's see `crate::shell`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let start = Start::take();
    let language = CurrentLanguage::new(start.language);
    let session = Session::new(&start);
    provide_context(language);
    provide_context(session);
    provide_context(Clock { now: RwSignal::new(start.now), zone: RwSignal::new(start.zone()) });
    provide_context(Toasts::new(language));
    provide_context(NativeMainAction::new());
    provide_context(FirstPage::new());
    provide_context(Telegram::new());
    provide_context(Connection::new());
    provide_context(Channel::new(start.now));
    provide_context(pages::Summary::new());
    #[cfg(feature = "hydrate")]
    {
        provide_context(crate::session::launched());
        provide_context(crate::session::backend(session));
    }
    provide_context(start);

    // Who signs in is spoken to in his language; the texts on the screen follow it.
    watch(move || {
        if let Some(user) = session.user() {
            language.set(user.language);
        }
    });

    // Called on the server where nothing of this app's owner is at hand any more.
    let spoken = language.shared();
    let name = move |title: String| {
        let app = crate::i18n::texts(spoken.get()).common_app_name();
        if title.is_empty() { app.to_owned() } else { [&title, " · ", app].concat() }
    };
    // Pointers are of one type: the browser gets the code of a route once and not for each of them.
    let home: Screen = || gate(|| Part::Finding.view(|| pages::finding(Finding::Home)));
    let employees: Screen = || gate(|| Part::Finding.view(|| pages::finding(Finding::Employees)));
    let servers: Screen = || gate(|| Part::Servers.view(pages::servers));
    let alerts: Screen = || gate(|| Part::Alerts.view(pages::alerts));
    let settings: Screen = || gate(|| Part::Settings.view(pages::settings));
    let admin: Screen = || gate(|| administration(Administration::Overview));
    let accounts: Screen = || gate(|| administration(Administration::Accounts));
    let import: Screen = || gate(|| administration(Administration::Import));
    let sign_in: Screen = || view! { <pages::SignIn /> }.into_any();
    view! {
        <Title formatter=name text="" />
        <Router>
            <Frame>
                <FlatRoutes fallback=|| gate(|| view! { <pages::NotFound /> }.into_any())>
                    <Route path=path!("/") ssr=SsrMode::Async view=home />
                    <Route path=path!("/employees/*opened") ssr=SsrMode::Async view=employees />
                    // Never chosen, for the one above fits first and keeps the list while cards come and go;
                    // but without it the server would not answer at the bare address.
                    <Route path=path!("/employees") ssr=SsrMode::Async view=employees />
                    <Route path=path!("/servers/*opened") ssr=SsrMode::Async view=servers />
                    <Route path=path!("/servers") ssr=SsrMode::Async view=servers />
                    <Route path=path!("/alerts/:id?") ssr=SsrMode::Async view=alerts />
                    <Route path=path!("/admin/import") ssr=SsrMode::Async view=import />
                    <Route path=path!("/settings") ssr=SsrMode::Async view=settings />
                    <Route path=path!("/admin") ssr=SsrMode::Async view=admin />
                    <Route path=path!("/admin/accounts/:id?") ssr=SsrMode::Async view=accounts />
                    <Route path=path!("/sign-in") view=sign_in />
                </FlatRoutes>
            </Frame>
        </Router>
    }
}

/// What is shown at an address.
type Screen = fn() -> AnyView;

fn administration(page: Administration) -> AnyView {
    only(Role::Admin, move || Part::Administration.view(move || pages::administration(page)))
}
