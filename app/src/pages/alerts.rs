//! Incidents: the open ones first, the closed ones below; beside the list whichever was opened.

mod actions;
mod incident;
mod row;
mod timeline;

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_split_helpers::wasm_split;

pub use row::IncidentRow;

use crate::{
    backend::{Backend, Incidents as _},
    components::{
        Button, ButtonKind, EmptyState, Icon, LiveStatus, Page, Section, SkeletonRows, TwoPanes, use_clock, use_toasts,
    },
    i18n::use_texts,
    live::{channel::use_channel, live},
    model::{
        ids::IncidentId,
        incident::{Incident, IncidentQuery, IncidentState},
        page::{Page as Piece, PageRequest},
    },
    pages::{Fetched, NotFound, part::Entered, section},
};

/// Enters the part of the app that shows incidents.
#[wasm_split(alerts, fallible, preload(#[doc = "Fetches it."] load_alerts))]
pub fn alerts() -> Entered {
    Ok(view! { <Alerts /> }.into_any())
}

/// More open ones at a time than anybody reads.
const OPEN: u32 = 100;
/// A piece of the closed ones.
const CLOSED: u32 = 20;

/// What the page begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Opening {
    open: Piece<Incident>,
    closed: Piece<Incident>,
}

/// The list as signals.
#[derive(Clone, Copy)]
struct Desk {
    open: RwSignal<Vec<Incident>>,
    closed: RwSignal<Vec<Incident>>,
    next: RwSignal<Option<String>>,
}

/// Incidents and the chosen one.
#[component]
pub fn Alerts() -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    // Nothing inside: the address names what is no incident.
    let opened = section::Section::Alerts.opened(|id| (!id.is_empty()).then(|| id.parse::<IncidentId>().ok()));
    let id = Memo::new(move |_| opened.get().flatten());
    let desk = Desk { open: RwSignal::new(Vec::new()), closed: RwSignal::new(Vec::new()), next: RwSignal::new(None) };
    let opening = Fetched::new(move || {
        let backend = backend.clone();
        async move {
            let page = |limit| PageRequest { limit, cursor: None };
            let open = backend.incidents().list(IncidentQuery::Open, None, page(OPEN)).await?;
            let closed = backend.incidents().list(IncidentQuery::Closed, None, page(CLOSED)).await?;
            Ok(Opening { open, closed })
        }
    });
    use_channel().listen(move |heard| {
        if heard.is_anew() {
            opening.refetch();
        } else if heard.event.starts_with("incident.")
            && let Some(incident) = heard.read::<Incident>()
        {
            desk.take(incident);
        }
    });
    let list = view! { <List opening=opening desk=desk chosen=id /> }.into_any();
    view! {
        <TwoPanes detail_open=Signal::derive(move || opened.get().is_some()) list=list>
            {live(move || match (id.get(), opened.get().is_some()) {
                (Some(id), _) => view! { <incident::IncidentPage id=id /> }.into_any(),
                (None, true) => view! { <NotFound /> }.into_any(),
                (None, false) => {
                    view! { <EmptyState icon=Icon::Bell title=t.alerts_choose_title() text=t.alerts_choose_text() /> }.into_any()
                }
            })}
        </TwoPanes>
    }
}

impl Desk {
    fn begin(self, opening: Opening) {
        self.open.set(opening.open.items);
        self.closed.set(opening.closed.items);
        self.next.set(opening.closed.next);
    }

    /// Puts what the channel brought in its place: the latest is above.
    fn take(self, incident: Incident) {
        let id = incident.id;
        let (into, from) = match incident.state {
            IncidentState::Open => (self.open, self.closed),
            IncidentState::Closed => (self.closed, self.open),
        };
        if from.with_untracked(|list| list.iter().any(|known| known.id == id)) {
            from.update(|list| list.retain(|known| known.id != id));
        }
        into.update(|list| match list.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = incident,
            None => list.insert(0, incident),
        });
    }
}

#[component]
fn List(opening: Fetched<Opening>, desk: Desk, chosen: Memo<Option<IncidentId>>) -> impl IntoView {
    let t = use_texts();
    let now = use_clock().now.get_untracked();
    view! {
        <Page title=t.alerts_title()>
            <LiveStatus as_of=now />
            {opening.view(
                || view! { <SkeletonRows rows=5 plain=true /> }.into_any(),
                move |opening| {
                    desk.begin(opening);
                    view! {
                        <div class="alerts live">
                            <Open desk=desk chosen=chosen />
                            <Closed desk=desk chosen=chosen />
                        </div>
                    }
                        .into_any()
                },
            )}
        </Page>
    }
}

#[component]
fn Open(desk: Desk, chosen: Memo<Option<IncidentId>>) -> impl IntoView {
    let t = use_texts();
    live(move || {
        let open = desk.open.get();
        if open.is_empty() {
            return view! {
                <div class="section">
                    <EmptyState icon=Icon::Check title=t.alerts_none_title() text=t.alerts_none_text() />
                </div>
            }
            .into_any();
        }
        view! { <Section header=t.alerts_open()>{rows(open, chosen)}</Section> }.into_any()
    })
}

#[component]
fn Closed(desk: Desk, chosen: Memo<Option<IncidentId>>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let backend = expect_context::<Backend>();
    let busy = RwSignal::new(false);
    let more = Callback::new(move |()| {
        let backend = backend.clone();
        let page = PageRequest { limit: CLOSED, cursor: desk.next.get_untracked() };
        busy.set(true);
        spawn_local(async move {
            match backend.incidents().list(IncidentQuery::Closed, None, page).await {
                Ok(page) => {
                    let _ = desk.closed.try_update(|closed| closed.extend(page.items));
                    let _ = desk.next.try_set(page.next);
                }
                Err(error) => toasts.error(&error),
            }
            let _ = busy.try_set(false);
        });
    });
    live(move || {
        let closed = desk.closed.get();
        let none = closed.is_empty();
        let more = desk
            .next
            .with(Option::is_some)
            .then(|| view! { <Button label=t.common_more() kind=ButtonKind::Plain busy=busy on_press=more /> });
        view! {
            <Section header=t.alerts_closed()>
                {none.then(|| view! { <p class="server__none">{t.alerts_no_closed()}</p> }.into_any())}
                {rows(closed, chosen)}
            </Section>
            {more}
        }
        .into_any()
    })
}

fn rows(incidents: Vec<Incident>, chosen: Memo<Option<IncidentId>>) -> AnyView {
    incidents
        .into_iter()
        .map(|incident| {
            let id = incident.id;
            let selected = Signal::derive(move || chosen.get() == Some(id));
            view! { <IncidentRow incident=incident selected=selected /> }.into_any()
        })
        .collect_view()
        .into_any()
}
