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

use leptos::{prelude::*, task::spawn_local};
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};

use crate::{
    components::{Clock, FirstPage, NativeMainAction, Toasts},
    i18n::CurrentLanguage,
    live::{channel::Channel, live, watch},
    model::user::Role,
    pages::{self, Administration, part::Part, section::Section},
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
    provide_context(pages::Acts::new());
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
    view! {
        <Title formatter=name text="" />
        <Router>
            <Frame>
                // Which page is where is known to `Section`; the router only follows the address.
                <FlatRoutes fallback=|| ()>
                    <Route path=path!("/*path") ssr=SsrMode::Async view=screen />
                </FlatRoutes>
            </Frame>
        </Router>
    }
}

/// What is shown at the address, built anew when that is of another section.
fn screen() -> AnyView {
    let path = use_location().pathname;
    let named = move |path: &String| Section::at(path).map(|(section, _)| section);
    let section = RwSignal::new(path.with_untracked(named));
    // A turn later: what follows the address on the old page has run by then, and does not run when the page is gone.
    watch(move || {
        let next = path.with(named);
        spawn_local(async move {
            if section.try_get_untracked().is_some_and(|shown| shown != next) {
                section.set(next);
            }
        });
    });
    live(move || match section.get() {
        Some(Section::SignIn) => view! { <pages::SignIn /> }.into_any(),
        section => gate(move || page(section)),
    })
}

fn page(section: Option<Section>) -> AnyView {
    match section {
        Some(Section::Home) => Part::Home.view(pages::home),
        Some(Section::Employees) => Part::Employees.view(pages::employees),
        Some(Section::Servers) => Part::Servers.view(pages::servers),
        Some(Section::Tickets) => only(Role::Operator, || Part::Tickets.view(pages::tickets)),
        Some(Section::Statistics) => only(Role::Operator, || Part::Statistics.view(pages::statistics)),
        Some(Section::Alerts) => Part::Alerts.view(pages::alerts),
        Some(Section::Settings) => Part::Settings.view(pages::settings),
        Some(Section::Admin) => administration(Administration::Overview),
        Some(Section::Accounts) => administration(Administration::Accounts),
        Some(Section::Import) => administration(Administration::Import),
        Some(Section::SignIn) | None => view! { <pages::NotFound /> }.into_any(),
    }
}

fn administration(page: Administration) -> AnyView {
    only(Role::Admin, move || Part::Administration.view(move || pages::administration(page)))
}
