//! The incidents a server was in, open ones first.

use leptos::prelude::*;

use crate::{
    backend::{Backend, Incidents as _},
    components::{Section, SkeletonRows},
    i18n::use_texts,
    live::channel::use_channel,
    model::{ids::ServerId, incident::IncidentQuery, page::PageRequest},
    pages::{Fetched, alerts::IncidentRow},
};

/// More are found on the page of alerts.
const SHOWN: u32 = 10;

/// The incidents of a server.
#[component]
pub fn Incidents(
    /// Of which.
    id: ServerId,
) -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let incidents = Fetched::new(move || {
        let backend = backend.clone();
        let page = PageRequest { limit: SHOWN, cursor: None };
        async move { backend.incidents().list(IncidentQuery::All, Some(id), page).await }
    });
    use_channel().listen(move |heard| {
        if heard.is_anew() || heard.event.starts_with("incident.") {
            incidents.refetch();
        }
    });
    incidents.either(
        || view! { <SkeletonRows rows=2 plain=true /> }.into_any(),
        move |answer| {
            // The server is what was asked for: without its incidents it is shown all the same.
            let Ok(page) = answer else { return ().into_any() };
            let none = page.items.is_empty();
            let rows = page
                .items
                .into_iter()
                .map(|incident| view! { <IncidentRow incident=incident selected=false /> }.into_any());
            view! {
                <Section header=t.server_incidents()>
                    {none.then(|| view! { <p class="server__none">{t.server_no_incidents()}</p> }.into_any())}
                    {rows.collect_view()}
                </Section>
            }
            .into_any()
        },
    )
}
