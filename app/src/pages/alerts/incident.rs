//! An incident: its cause, who knows, what went down, what happened, what may be done.

use leptos::prelude::*;

use super::{
    actions::Actions,
    row::{Standing, cause, span},
    timeline::Timeline,
};
use crate::{
    backend::{Backend, Incidents as _},
    components::{
        EmptyState, ErrorNotice, Icon, IconTile, LinkButton, LiveStatus, Page, Row, RowText, Section, SkeletonRows,
        StateMark, Time, use_clock,
    },
    fleet::links::{Filter, server},
    i18n::use_texts,
    live::{channel::use_channel, live_text},
    model::{
        Error,
        ids::IncidentId,
        incident::{Incident, IncidentState, Member},
        server::State,
    },
    pages::Fetched,
    start::refuse,
};

/// An incident's page.
#[component]
pub fn IncidentPage(
    /// Which.
    id: IncidentId,
) -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let now = use_clock().now.get_untracked();
    let known = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.incidents().incident(id).await }
    });
    use_channel().listen(move |heard| {
        let mine = || heard.read::<Incident>().is_some_and(|incident| incident.id == id);
        if heard.is_anew() || heard.event.starts_with("incident.") && mine() {
            known.refetch();
        }
    });
    // They outlive a new answer, so that nothing that is typed is lost with it.
    let silencing = RwSignal::new(false);
    let comment = RwSignal::new(String::new());
    // Around what is asked for again: the heading takes the focus when it is made.
    let title = RwSignal::new(String::new());
    let show = move |answer| match answer {
        Ok(incident) => {
            let cause = cause(t, &incident);
            if title.with_untracked(|title| *title != cause) {
                title.set(cause);
            }
            view! { <Whole incident=incident known=known silencing=silencing comment=comment /> }.into_any()
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
    view! {
        <Page title=title hide_title=true>
            <article class="incident live">
                <LiveStatus as_of=now />
                {known.either(|| view! { <SkeletonRows rows=5 plain=true /> }.into_any(), show)}
            </article>
        </Page>
    }
}

#[component]
fn Whole(
    incident: Incident,
    known: Fetched<Incident>,
    silencing: RwSignal<bool>,
    comment: RwSignal<String>,
) -> impl IntoView {
    let t = use_texts();
    let title = cause(t, &incident);
    let href = server(incident.server_id, &Filter::default());
    let members = incident.members.clone();
    let tile = view! { <IconTile icon=Icon::Server colour=5 /> }.into_any();
    view! {
        <Head incident=incident.clone() title=title />
        <Actions incident=incident.clone() known=known silencing=silencing comment=comment />
        <Section>
            <Row href=href leads=true before=tile>
                <RowText title=incident.server_name.clone() subtitle=t.alerts_server() />
            </Row>
        </Section>
        <Members members=members />
        <Timeline events=incident.events />
    }
}

#[component]
fn Head(incident: Incident, title: String) -> impl IntoView {
    let t = use_texts();
    let clock = use_clock();
    let open = incident.state == IncidentState::Open;
    let (opened_at, closed_at) = (incident.opened_at, incident.closed_at);
    let lasting = move || match closed_at {
        Some(closed_at) => t.alerts_lasted(&span(t, closed_at - opened_at)),
        None => t.alerts_for(&span(t, clock.now.get() - opened_at)),
    };
    let class = if open { "server__head server__head--down" } else { "server__head server__head--up" };
    let reason = t.reason(&incident.reason);
    let why =
        incident.silenced.as_ref().filter(|_| open).map(|silenced| [&silenced.by, ": ", &silenced.reason].concat());
    view! {
        <header class=class>
            <p class="server__name">{title}</p>
            <p class="server__state">
                <StateMark state=if open { State::Down } else { State::Up } />
                <span>{live_text(lasting)}</span>
                <span class="incident__at">
                    <Time at=opened_at />
                </span>
            </p>
            <p class="server__cause">{reason}</p>
            <p class="alert__foot">
                <Standing incident=incident />
            </p>
            {why.map(|why| view! { <p class="incident__silence">{why}</p> }.into_any())}
        </header>
    }
}

#[component]
fn Members(members: Vec<Member>) -> impl IntoView {
    let t = use_texts();
    (!members.is_empty()).then(|| {
        let rows = members.into_iter().map(move |member| {
            let mark = if member.recovered_at.is_some() { State::Up } else { State::Down };
            let title = [&member.server_name, " · ", t.kind(member.kind)].concat();
            let href = server(member.server_id, &Filter::default());
            let before = view! { <StateMark state=mark /> }.into_any();
            let when = member.recovered_at.unwrap_or(member.joined_at);
            view! {
                <Row href=href before=before>
                    <span class="row__title">{title}</span>
                    <span class="row__subtitle">{t.reason(&member.reason)} " · " <Time at=when /></span>
                </Row>
            }
            .into_any()
        });
        view! { <Section header=t.alerts_members()>{rows.collect_view()}</Section> }
    })
}

#[component]
fn Gone() -> impl IntoView {
    let t = use_texts();
    view! {
        <EmptyState icon=Icon::Bell title=t.alerts_gone_title() text=t.alerts_gone_text()>
            <LinkButton label=t.alerts_to_list() href="/alerts" />
        </EmptyState>
    }
}
