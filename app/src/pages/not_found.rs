//! An address with nothing behind it, or nothing for this role.

use leptos::prelude::*;

use crate::{
    components::{ButtonKind, EmptyState, ErrorNotice, Icon, LinkButton, Page},
    i18n::use_texts,
    model::Error,
    start::refuse,
};

/// Nothing here.
#[component]
pub fn NotFound() -> impl IntoView {
    let t = use_texts();
    refuse(&Error::NotFound);
    view! {
        <Page title=t.not_found_title() hide_title=true>
            <EmptyState icon=Icon::Search title=t.not_found_title() text=t.not_found_text()>
                <LinkButton label=t.not_found_home() href="/" kind=ButtonKind::Tinted />
            </EmptyState>
        </Page>
    }
}

/// Not for this role.
#[component]
pub fn Forbidden() -> impl IntoView {
    let error = Error::forbidden();
    refuse(&error);
    view! { <ErrorNotice error=error /> }
}
