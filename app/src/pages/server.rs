//! A server: what is wrong with it and since when, what is watched, its past, who is responsible, and what may be done.
//!
//! Three answers stand beside each other: the server with who is responsible for it, its latencies, its incidents.

mod about;
mod chart;
mod head;
mod incidents;
mod monitors;
pub mod mute;
mod tools;
mod uptime;

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    backend::{Backend, Employees as _, Servers as _},
    components::{EmptyState, ErrorNotice, Icon, LinkButton, LiveStatus, Page, SkeletonRows, use_clock},
    fleet::links::{Filter, list},
    i18n::use_texts,
    live::{channel::use_channel, live, now_and_then, together},
    model::{
        Error, Result,
        employee::Employee,
        ids::{MonitorId, ServerId},
        monitor::{Kind, Monitor},
        server::{Server, ServerRow},
    },
    pages::{
        Fetched, Last,
        part::through,
        server_edit::{load_monitor_sheet, monitor_sheet},
        servers::roster::Roster,
    },
    start::refuse,
};
use mute::Mute;

/// Figures that no event tells of are asked for so often, while the page is looked at.
const REFRESH: Duration = Duration::from_secs(15);
/// What happens together is asked for together.
const TOGETHER: Duration = Duration::from_millis(250);

/// A server and who is responsible for it.
type Known = (Server, Option<Employee>);

/// The data of `server.changed`.
#[derive(serde::Deserialize)]
struct Changed {
    id: ServerId,
}

/// The monitor whose latencies are shown; nothing is the one that tells most.
pub type Shown = RwSignal<Option<(MonitorId, Kind)>>;

/// A server's page.
#[component]
pub fn ServerPage(
    /// Whose.
    id: ServerId,
) -> impl IntoView {
    let t = use_texts();
    let now = use_clock().now.get_untracked();
    let known = known(id);
    let shown: Shown = RwSignal::new(None);
    let muting = RwSignal::new(false);
    let target = RwSignal::new(None::<mute::Target>);
    keep_current(id, known);
    let editing = RwSignal::new(None::<Option<Monitor>>);
    // Few ever change a monitor: what it takes is fetched when somebody does, and stays.
    let changing = Memo::new(move |before: Option<&bool>| before == Some(&true) || editing.with(Option::is_some));
    let roster = expect_context::<Roster>();
    // Around what is asked for again and again: the heading takes the focus when it is made.
    let title = RwSignal::new(roster.known(id).map(|row| row.name.clone()).unwrap_or_default());
    let (last, last_rest) = (Last::none(), Last::none());
    let head = move |answer: Result<Known>| match last.or(answer) {
        Ok((server, _)) => {
            let Server { name, .. } = &server;
            if title.with_untracked(|title| title != name) {
                title.set(name.clone());
            }
            view! {
                <head::Head server=server.clone() />
                <tools::Tools server=server.clone() known=known muting=muting target=target />
                <monitors::Told id=id />
                <monitors::Monitors server=server shown=shown editing=editing />
            }
            .into_any()
        }
        Err(Error::NotFound) => {
            refuse(&Error::NotFound);
            view! { <Gone /> }.into_any()
        }
        Err(error) => {
            refuse(&error);
            view! { <ErrorNotice error=error retry=move |()| known.refetch() /> }.into_any()
        }
    };
    let rest = move |answer: Result<Known>| match last_rest.or(answer) {
        Ok((server, responsible)) => view! { <about::About server=server responsible=responsible /> }.into_any(),
        Err(_) => ().into_any(),
    };
    view! {
        <Page title=title hide_title=true>
            <article class="server live" aria-label=t.servers_title()>
                <LiveStatus as_of=now />
                {known.either(|| view! { <SkeletonRows rows=4 plain=true /> }.into_any(), head)}
                <chart::Past id=id shown=shown />
                <incidents::Incidents id=id />
                {known.either(|| ().into_any(), rest)}
                <Mute open=muting target=target />
                {live(move || {
                    changing.get().then(|| through(load_monitor_sheet, move || monitor_sheet(id, known, editing)))
                })}
            </article>
        </Page>
    }
}

/// The server; who is responsible is asked for with it, for nothing that waits stands within what waits.
pub fn known(id: ServerId) -> Fetched<Known> {
    let backend = expect_context::<Backend>();
    Fetched::new(move || {
        let backend = backend.clone();
        async move {
            let server = backend.servers().server(id).await?;
            let responsible = match server.responsible_id {
                // Whoever has left the directory is nobody's contact.
                Some(id) => backend.employees().employee(id).await.ok(),
                None => None,
            };
            Ok((server, responsible))
        }
    })
}

/// Asks again when the channel tells of this server, and now and then.
fn keep_current(id: ServerId, known: Fetched<Known>) {
    let soon = together(TOGETHER, move || known.refetch());
    use_channel().listen(move |heard| {
        let mine = || match &*heard.event {
            "server.state" => heard.read::<ServerRow>().is_some_and(|row| row.id == id),
            "server.changed" => heard.read::<Changed>().is_none_or(|changed| changed.id == id),
            _ => false,
        };
        if heard.is_anew() || mine() {
            soon.run(());
        }
    });
    now_and_then(REFRESH, move || soon.run(()));
}

#[component]
fn Gone() -> impl IntoView {
    let t = use_texts();
    view! {
        <EmptyState icon=Icon::Server title=t.server_gone_title() text=t.server_gone_text()>
            <LinkButton label=t.server_to_list() href=list(&Filter::default()) />
        </EmptyState>
    }
}
