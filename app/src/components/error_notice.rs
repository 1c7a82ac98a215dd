//! A failure as people read it: what happened, what to do, the number to find it by.

use leptos::prelude::*;

use super::{Button, ButtonKind, Icon};
use crate::{i18n::use_texts, model::Error};

/// A failure in place of what could not be loaded or done.
#[component]
pub fn ErrorNotice(
    /// What went wrong.
    error: Error,
    /// Tries again; without it there is no such button.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let t = use_texts();
    let icon = if matches!(error, Error::Unavailable { .. }) { Icon::Offline } else { Icon::Warning };
    let reference = match &error {
        Error::Internal(reference) if !reference.0.is_empty() => Some(t.common_reference(&reference.0)),
        _ => None,
    };
    view! {
        <div class="empty" role="alert">
            <span class="empty__icon empty__icon--bad">{icon.view()}</span>
            <p class="empty__title">{t.error_title()}</p>
            <p class="empty__text">{t.error(&error)}</p>
            {retry
                .map(|retry| {
                    view! {
                        <div class="empty__action">
                            <Button label=t.common_retry() kind=ButtonKind::Tinted on_press=retry />
                        </div>
                    }.into_any()
                })}
            {reference.map(|text| view! { <p class="empty__reference">{text}</p> }.into_any())}
        </div>
    }
    .into_any()
}
