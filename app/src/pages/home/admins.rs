//! What waits for administrators.

use leptos::prelude::*;

use crate::{
    backend::{Accounts as _, Backend},
    components::{Badge, Icon, IconTile, Row, RowText, Section, SkeletonRows, Tone},
    i18n::use_texts,
    pages::Fetched,
};

/// Requests for access, and the import.
#[component]
pub fn ForAdmins() -> impl IntoView {
    let t = use_texts();
    let accounts = expect_context::<Backend>().accounts();
    let requests = Fetched::new(move || {
        let accounts = accounts.clone();
        async move { accounts.access_requests().await }
    });
    view! {
        <Section header=t.home_admin_title()>
            {requests.view(
                || view! { <SkeletonRows rows=1 /> }.into_any(),
                move |count| {
                    let title = if count == 0 {
                        t.home_no_access_requests().to_owned()
                    } else {
                        t.home_access_requests(count.into())
                    };
                    let badge = (count > 0)
                        .then(|| view! { <Badge text=count.to_string() tone=Tone::Accent /> }.into_any());
                    view! {
                        <Row
                            href="/admin/accounts"
                            before=view! { <IconTile icon=Icon::PersonAdd colour=1 /> }.into_any()
                            after=badge.into_any()
                            leads=true
                        >
                            <RowText title=title />
                        </Row>
                    }
                        .into_any()
                },
            )}
            <Row
                href="/admin/import"
                before=view! { <IconTile icon=Icon::Upload colour=4 /> }.into_any()
                leads=true
            >
                <RowText title=t.home_import() subtitle=t.home_import_hint() />
            </Row>
        </Section>
    }
}
