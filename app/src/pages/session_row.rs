//! One sign-in as a row, for its owner and for administrators.

use leptos::prelude::*;

use crate::{
    components::{Badge, Button, ButtonKind, ButtonSize, Icon, IconTile, Row, Time, Tone},
    i18n::use_texts,
    model::user::Session,
};

/// A session with its device, when it was used, and a button that ends it unless it is the one asking.
#[component]
pub fn SessionRow(
    /// The session.
    session: Session,
    /// It shall end.
    on_end: Callback<Session>,
) -> impl IntoView {
    let t = use_texts();
    let (current, device, used) = (session.current, session.device.clone(), session.last_used_at);
    let after = if current {
        view! { <Badge text=t.settings_session_current() tone=Tone::Good /> }.into_any()
    } else {
        view! {
            <Button
                label=t.settings_session_end()
                kind=ButtonKind::Plain
                size=ButtonSize::Small
                on_press=move |()| on_end.run(session.clone())
            />
        }
        .into_any()
    };
    view! {
        <Row before=view! { <IconTile icon=Icon::Device colour=5 /> }.into_any() after=after>
            <span class="row__title">{device}</span>
            <span class="row__subtitle">
                <Time at=used />
            </span>
        </Row>
    }
    .into_any()
}
