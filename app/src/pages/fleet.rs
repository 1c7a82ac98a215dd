//! Setting up servers beyond a single one: loading a list, groups, planned windows.

mod groups;
mod import;
mod import_report;
mod maintenance;
mod plan;
mod settings;

use leptos::prelude::*;

pub use groups::Groups;
pub use import::FleetImport;
pub use maintenance::Maintenances;
pub use settings::FleetSettings;

use crate::{
    components::{Icon, IconTile, Page, Row, RowText, Section},
    i18n::use_texts,
};

/// The list of what there is to set up.
#[component]
pub fn Manage() -> impl IntoView {
    let t = use_texts();
    let row = |href: &'static str, icon, colour, title: &'static str, about: &'static str| {
        let tile = view! { <IconTile icon=icon colour=colour /> }.into_any();
        view! {
            <Row href=href before=tile leads=true>
                <RowText title=title subtitle=about />
            </Row>
        }
        .into_any()
    };
    view! {
        <Page title=t.servers_manage()>
            <Section>
                {row("/servers/new", Icon::Add, 3, t.servers_add(), "")}
                {row("/servers/import", Icon::Upload, 4, t.fleet_import(), t.fleet_import_hint())}
                {row("/servers/groups", Icon::Server, 5, t.fleet_groups(), t.fleet_groups_hint())}
                {row("/servers/maintenance", Icon::Clock, 1, t.fleet_maintenance(), t.fleet_maintenance_hint())}
                {row("/servers/settings", Icon::Settings, 2, t.fleet_settings(), t.fleet_settings_hint())}
            </Section>
        </Page>
    }
}
