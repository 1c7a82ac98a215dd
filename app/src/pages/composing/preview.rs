//! A picture, large, and the way to save it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Tickets as _},
    components::{Button, ButtonKind, ButtonSize, Icon, use_toasts},
    i18n::use_texts,
    live::live,
    model::ids::TicketId,
    pages::{employee::use_download, ticket::Looked},
};

/// The picture that is looked at.
#[component]
pub fn Picture(
    /// Of which ticket.
    id: TicketId,
    /// Which.
    looked: Looked,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let backend = StoredValue::new(expect_context::<Backend>());
    let save = use_download();
    let n = looked.n.get_value();
    let url = RwSignal::new(String::new());
    spawn_local(async move {
        match backend.get_value().tickets().attachment_download(id, n).await {
            Ok(download) => drop(url.try_set(download.url)),
            Err(error) => {
                let _ = looked.open.try_set(false);
                toasts.error(&error);
            }
        }
    });
    let download = move |()| {
        let backend = backend.get_value();
        save.run(Box::pin(async move { backend.tickets().attachment_download(id, n).await }));
    };
    view! {
        <div class="preview">
            {live(move || match url.get() {
                url if url.is_empty() => {
                    view! { <div class="preview__picture preview__picture--coming"></div> }.into_any()
                }
                url => view! { <img class="preview__picture" src=url alt=looked.name.get_untracked() /> }.into_any(),
            })}
            <Button
                label=t.import_download()
                kind=ButtonKind::Tinted
                size=ButtonSize::Large
                icon=Icon::Download
                on_press=download
            />
        </div>
    }
}
