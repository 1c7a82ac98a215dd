//! Administration: what there is to administer. The import has a file of its own.

mod account;
mod accounts;
mod employee_link;

use leptos::prelude::*;

pub use accounts::Accounts;

use crate::{
    components::{Icon, IconTile, Page, Row, RowText, Section},
    i18n::use_texts,
};

/// The list of what there is.
#[component]
pub fn Admin() -> impl IntoView {
    let t = use_texts();
    view! {
        <Page title=t.admin_title()>
            <Section>
                <Row
                    href="/admin/accounts"
                    before=view! { <IconTile icon=Icon::Shield colour=1 /> }.into_any()
                    leads=true
                >
                    <RowText title=t.admin_accounts() subtitle=t.admin_accounts_hint() />
                </Row>
                <Row
                    href="/servers/manage"
                    before=view! { <IconTile icon=Icon::Server colour=5 /> }.into_any()
                    leads=true
                >
                    <RowText title=t.admin_servers() subtitle=t.admin_servers_hint() />
                </Row>
                <Row
                    href="/admin/import"
                    before=view! { <IconTile icon=Icon::Upload colour=4 /> }.into_any()
                    leads=true
                >
                    <RowText title=t.admin_import() subtitle=t.admin_export_hint() />
                </Row>
            </Section>
        </Page>
    }
}
