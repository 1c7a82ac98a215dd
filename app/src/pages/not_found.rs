//! An address with nothing behind it.

use leptos::prelude::*;

use crate::{
    components::{ButtonKind, EmptyState, Icon, LinkButton, Page},
    i18n::use_texts,
};

/// Nothing here.
#[component]
pub fn NotFound() -> impl IntoView {
    let t = use_texts();
    view! {
        <Page title=t.not_found_title() hide_title=true>
            <EmptyState icon=Icon::Search title=t.not_found_title() text=t.not_found_text()>
                <LinkButton label=t.not_found_home() href="/" kind=ButtonKind::Tinted />
            </EmptyState>
        </Page>
    }
}
