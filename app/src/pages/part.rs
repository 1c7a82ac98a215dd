//! Parts of the app that the browser fetches when they are first needed. They are entered by functions
//! marked `wasm_split`, which the build cuts out with all that nothing else uses: each part by one for its pages
//! ([`Part::view`]), and by another one for a sheet of it that opens over other pages ([`through`]).
//!
//! The server has all of them. The browser gets the part of the first page before it hydrates
//! ([`Part::at`]), so a page of a part is the same HTML on both sides.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
};

use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::SplitLoaderError;

use super::section::Section;
use crate::{
    components::{Button, ButtonKind, EmptyState, Icon, SkeletonRows},
    i18n::use_texts,
    live::live,
};

/// The part could not be fetched: there is no connection, or a newer version is installed on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// What the function that enters a part returns.
pub type Entered = Result<AnyView, NotLoaded>;

/// A part of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Accounts and the import into the directory.
    Administration,
    /// Incidents.
    Alerts,
    /// What administrators set of tickets.
    Arranging,
    /// Whatever is done to tickets.
    Composing,
    /// Whatever sets up servers.
    Configuring,
    /// Whatever changes a record of the directory.
    Editing,
    /// A card of the directory.
    Employee,
    /// The directory.
    Employees,
    /// The first page.
    Home,
    /// The import of servers.
    Importing,
    /// A server.
    Server,
    /// The list of servers.
    Servers,
    /// Settings.
    Settings,
    /// Figures of the work with tickets.
    Statistics,
    /// A ticket.
    Ticket,
    /// Whatever is rarely done with tickets.
    Ticketing,
    /// The list of tickets.
    Tickets,
}

type Soon<T> = Pin<Box<dyn Future<Output = T>>>;

impl Part {
    /// Its name, which its file has as well.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Administration => "administration",
            Self::Alerts => "alerts",
            Self::Arranging => "arranging",
            Self::Composing => "composing",
            Self::Configuring => "configuring",
            Self::Editing => "editing",
            Self::Employee => "employee",
            Self::Employees => "employees",
            Self::Home => "home",
            Self::Importing => "importing",
            Self::Server => "server",
            Self::Servers => "servers",
            Self::Settings => "settings",
            Self::Statistics => "statistics",
            Self::Ticket => "ticket",
            Self::Ticketing => "ticketing",
            Self::Tickets => "tickets",
        }
    }

    /// The parts that the page at this path needs.
    #[must_use]
    pub fn at(path: &str) -> &'static [Self] {
        Section::at(path).map_or(&[], |(section, opened)| section.parts(opened))
    }

    /// Fetches it, unless it is here.
    ///
    /// # Errors
    /// When it cannot be fetched; the next time is a new try.
    pub fn load(self) -> Soon<Result<(), NotLoaded>> {
        match self {
            Self::Administration => soon(super::load_administration()),
            Self::Alerts => soon(super::load_alerts()),
            Self::Arranging => soon(super::load_arranging()),
            Self::Composing => soon(super::load_actions()),
            Self::Configuring => soon(super::load_configuring()),
            Self::Editing => soon(super::load_editing()),
            Self::Employee => soon(super::load_employee()),
            Self::Employees => soon(super::load_employees()),
            Self::Home => soon(super::load_home()),
            Self::Importing => soon(super::load_importing()),
            Self::Server => soon(super::load_server()),
            Self::Servers => soon(super::load_servers()),
            Self::Settings => soon(super::load_settings()),
            Self::Statistics => soon(super::load_statistics()),
            Self::Ticket => soon(super::load_ticket()),
            Self::Ticketing => soon(super::load_ticketing()),
            Self::Tickets => soon(super::load_tickets()),
        }
    }

    /// What `enter` makes of it, as soon as it is here.
    pub fn view<F>(self, enter: impl Fn() -> F + Send + 'static) -> AnyView
    where
        F: Future<Output = Entered> + 'static,
    {
        through_soon(Box::new(move || self.load()), Box::new(move || Box::pin(enter())))
    }
}

/// What `enter` makes of it, as soon as `load` has fetched the part that this entrance leads into. An entrance is open
/// when its own `load` is done, whoever fetched the part before.
pub fn through<L, F>(load: impl Fn() -> L + Send + 'static, enter: impl Fn() -> F + Send + 'static) -> AnyView
where
    L: Future<Output = Result<(), SplitLoaderError>> + 'static,
    F: Future<Output = Entered> + 'static,
{
    through_soon(Box::new(move || soon(load())), Box::new(move || Box::pin(enter())))
}

fn soon(load: impl Future<Output = Result<(), SplitLoaderError>> + 'static) -> Soon<Result<(), NotLoaded>> {
    Box::pin(async { Ok(load.await?) })
}

type Load = Box<dyn Fn() -> Soon<Result<(), NotLoaded>> + Send>;

fn through_soon(load: Load, enter: Box<dyn Fn() -> Soon<Entered> + Send>) -> AnyView {
    let failed = RwSignal::new(false);
    let not_there = move || view! { <NotThere on_retry=move |()| failed.set(false) /> }.into_any();
    live(move || {
        if failed.get() {
            return not_there();
        }
        let mut loading = load();
        if now(loading.as_mut()).is_some() {
            return now(enter().as_mut()).and_then(Result::ok).unwrap_or_else(not_there);
        }
        spawn_local(async move {
            let missing = loading.await.is_err();
            // Whoever waited may have gone on to another page.
            let _ = failed.try_set(missing);
        });
        view! { <SkeletonRows rows=5 /> }.into_any()
    })
}

/// The result of what needs no waiting.
fn now<T>(future: Pin<&mut dyn Future<Output = T>>) -> Option<T> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// In the place of a page whose part is not here.
#[component]
fn NotThere(#[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let reload = move |()| {
        let _ = window().location().reload();
    };
    view! {
        <div role="alert">
            <EmptyState icon=Icon::Offline title=t.error_title() text=t.error_part_failed()>
                <Button label=t.common_retry() kind=ButtonKind::Tinted on_press=on_retry />
                <Button label=t.common_reload() kind=ButtonKind::Plain on_press=reload />
            </EmptyState>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn an_address_says_which_parts_its_page_needs() {
        for (path, parts) in [
            ("/admin", &[Part::Administration][..]),
            ("/admin/accounts/7", &[Part::Administration]),
            ("/admin/import", &[Part::Administration]),
            ("/settings", &[Part::Settings]),
            ("/", &[Part::Home]),
            ("/employees", &[Part::Employees]),
            ("/employees/7", &[Part::Employees, Part::Employee]),
            ("/employees/new", &[Part::Employees, Part::Editing]),
            ("/employees/7/edit/", &[Part::Employees, Part::Editing]),
            ("/employees/7/history", &[Part::Employees, Part::Editing]),
            ("/servers", &[Part::Servers]),
            ("/servers/7", &[Part::Servers, Part::Server]),
            ("/servers/7/edit", &[Part::Servers, Part::Configuring]),
            ("/servers/import", &[Part::Servers, Part::Importing]),
            ("/servers/groups/", &[Part::Servers, Part::Configuring]),
            ("/tickets", &[Part::Tickets]),
            ("/tickets/7", &[Part::Tickets, Part::Ticket]),
            ("/tickets/actions", &[Part::Tickets, Part::Composing]),
            ("/tickets/new", &[Part::Tickets, Part::Ticketing]),
            ("/tickets/statistics", &[Part::Statistics]),
            ("/tickets/replies", &[Part::Tickets, Part::Arranging]),
            ("/alerts/7", &[Part::Alerts]),
        ] {
            assert_eq!(Part::at(path), parts, "{path}");
        }
        for path in ["/administer", "/settings/more", "/sign-in"] {
            assert!(Part::at(path).is_empty(), "{path}");
        }
    }
}
