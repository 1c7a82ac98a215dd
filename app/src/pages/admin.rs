//! Administration: what there is to administer. The import has a file of its own.

mod account;
mod accounts;
mod employee_link;

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use accounts::Accounts;

use super::{import::Import, part::Entered};
use crate::{
    components::{Icon, IconTile, Page, Row, RowText, Section},
    i18n::use_texts,
    start::Start,
};

/// A page of the administration.
#[derive(Clone, Copy, Debug)]
pub enum Administration {
    /// What there is.
    Overview,
    /// Accounts.
    Accounts,
    /// The import.
    Import,
}

/// Enters the part that holds these pages.
#[wasm_split(administration, fallible, preload(#[doc = "Fetches it."] load_administration))]
pub fn administration(page: Administration) -> Entered {
    Ok(match page {
        Administration::Overview => view! { <Admin /> }.into_any(),
        Administration::Accounts => view! { <Accounts /> }.into_any(),
        Administration::Import => view! { <Import /> }.into_any(),
    })
}

/// The list of what there is.
#[component]
fn Admin() -> impl IntoView {
    let t = use_texts();
    let tickets = use_context::<Start>().is_some_and(|start| start.tickets);
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
                {tickets
                    .then(|| {
                        view! {
                            <Row
                                href="/tickets/settings"
                                before=view! { <IconTile icon=Icon::Ticket colour=3 /> }.into_any()
                                leads=true
                            >
                                <RowText title=t.admin_tickets() subtitle=t.admin_tickets_hint() />
                            </Row>
                        }
                    })}
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
