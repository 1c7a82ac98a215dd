//! Files of an article: pictures are shown here, everything else is handed to the device.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Tickets as _},
    components::{Button, ButtonKind, ButtonSize, Icon, Sheet, use_toasts},
    format,
    i18n::{Texts, use_texts},
    live::live,
    model::{ids::TicketId, ticket::Attachment},
    pages::employee::use_download,
};

/// A smaller picture within a text is a sign of somebody's mail program, not what he shows.
const WORTH_SEEING: u64 = 20_000;

/// The picture that is looked at; the page of the ticket provides it by context.
#[derive(Clone, Copy)]
pub struct Preview {
    open: RwSignal<bool>,
    file: RwSignal<Option<Attachment>>,
    url: RwSignal<Option<String>>,
}

impl Preview {
    /// None.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), file: RwSignal::new(None), url: RwSignal::new(None) }
    }
}

/// The files as buttons.
pub fn files(t: Texts, ticket: TicketId, attachments: &[Attachment]) -> AnyView {
    let shown: Vec<Attachment> =
        attachments.iter().filter(|file| !file.inline || file.size >= WORTH_SEEING).cloned().collect();
    if shown.is_empty() {
        return ().into_any();
    }
    let preview = expect_context::<Preview>();
    let toasts = use_toasts();
    let backend = StoredValue::new(expect_context::<Backend>());
    let save = use_download();
    let rows = shown.into_iter().map(|file| {
        let icon = if is_picture(&file) { Icon::Eye } else { Icon::Clip };
        let size = format::size(t, file.size);
        let name = file.name.clone();
        let press = move |_| {
            let backend = backend.get_value();
            let n = file.n;
            if !is_picture(&file) {
                return save.run(Box::pin(async move { backend.tickets().attachment_download(ticket, n).await }));
            }
            preview.url.set(None);
            preview.file.set(Some(file.clone()));
            preview.open.set(true);
            spawn_local(async move {
                match backend.tickets().attachment_download(ticket, n).await {
                    Ok(download) => drop(preview.url.try_set(Some(download.url))),
                    Err(error) => {
                        let _ = preview.open.try_set(false);
                        toasts.error(&error);
                    }
                }
            });
        };
        view! {
            <li>
                <button type="button" class="file" on:click=press>
                    {icon.view()}
                    <bdi class="file__name">{name}</bdi>
                    <span class="file__size">{size}</span>
                </button>
            </li>
        }
        .into_any()
    });
    view! { <ul class="files">{rows.collect_view()}</ul> }.into_any()
}

fn is_picture(file: &Attachment) -> bool {
    matches!(file.kind.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// The picture, large, and the way to save it.
#[component]
pub fn PreviewSheet(
    /// Of which ticket.
    id: TicketId,
) -> impl IntoView {
    let t = use_texts();
    let preview = expect_context::<Preview>();
    let backend = StoredValue::new(expect_context::<Backend>());
    let save = use_download();
    let title = Signal::derive(move || {
        preview.file.with(|file| file.as_ref().map(|file| file.name.clone()).unwrap_or_default())
    });
    let download = move |()| {
        let Some(file) = preview.file.get_untracked() else { return };
        let backend = backend.get_value();
        save.run(Box::pin(async move { backend.tickets().attachment_download(id, file.n).await }));
    };
    view! {
        <Sheet title=title open=preview.open>
            <div class="preview">
                {live(move || match preview.url.get() {
                    Some(url) => view! { <img class="preview__picture" src=url alt=title.get_untracked() /> }.into_any(),
                    None => view! { <div class="preview__picture preview__picture--coming"></div> }.into_any(),
                })}
                <Button
                    label=t.import_download()
                    kind=ButtonKind::Tinted
                    size=ButtonSize::Large
                    icon=Icon::Download
                    on_press=download
                />
            </div>
        </Sheet>
    }
}
