//! A picture, large, and the way to save it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Tickets as _},
    components::{Button, ButtonKind, ButtonSize, Icon, use_toasts},
    i18n::use_texts,
    live::live,
    model::{Error, ids::TicketId},
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
    let page = looked.page.get_value();
    let url = RwSignal::new(String::new());
    let none = RwSignal::new(false);
    spawn_local(async move {
        let backend = backend.get_value();
        let answer = if page {
            backend.tickets().attachment_preview(id, n).await
        } else {
            backend.tickets().attachment_download(id, n).await
        };
        match answer {
            Ok(download) => drop(url.try_set(download.url)),
            // A page that cannot be shown can still be saved.
            Err(Error::NotFound | Error::Unsupported { .. }) if page => drop(none.try_set(true)),
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
                _ if none.get() => view! { <p class="preview__none">{t.tickets_preview_none()}</p> }.into_any(),
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
