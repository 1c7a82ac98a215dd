//! Which of the screens somebody gets at an address: the page itself, or what stands in its place while
//! it is not known who is asking, for guests, and for those who are not signed in.

use leptos::prelude::*;

use crate::{
    components::{Page, SkeletonRows},
    i18n::{use_language, use_texts},
    model::user::Role,
    pages,
    session::{Screens, use_role, use_session},
};

/// The page for those who are inside; built anew when language, user or role change.
pub fn gate(page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let language = use_language();
    let screens = use_session().screens();
    (move || {
        // Tracked: the page reads its texts once.
        let _ = language.get();
        match screens.get() {
            Screens::Inside(..) => page(),
            Screens::Pending => view! { <Pending /> }.into_any(),
            Screens::Guest(_) => view! { <pages::Guest /> }.into_any(),
            Screens::Outside | Screens::SignedOut | Screens::Failed(_) => view! { <pages::SignIn /> }.into_any(),
        }
    })
    .into_any()
}

/// The page for this role and above; others read that they may not. The server refuses the data anyway.
pub fn only(role: Role, page: impl FnOnce() -> AnyView) -> AnyView {
    if use_role() >= role {
        return page();
    }
    let t = use_texts();
    view! {
        <Page title=t.error_title() hide_title=true>
            <pages::Forbidden />
        </Page>
    }
    .into_any()
}

/// What the first HTML shows to nobody in particular: the shape of what is coming, in the right colours.
#[component]
fn Pending() -> impl IntoView {
    let t = use_texts();
    view! {
        <Page title=t.session_signing_in() hide_title=true>
            <div class="pending">
                <span class="skeleton__line skeleton__line--title"></span>
                <SkeletonRows rows=1 plain=true />
                <SkeletonRows rows=5 />
            </div>
        </Page>
    }
}
