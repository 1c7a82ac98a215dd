//! Files of an article: pictures and first pages are shown here, everything else is handed to the device.

use leptos::prelude::*;

use crate::{
    backend::{Backend, Tickets as _},
    components::{Icon, Sheet},
    format,
    i18n::Texts,
    model::{ids::TicketId, ticket::Attachment},
    pages::{
        composing::{load_preview, picture},
        employee::use_download,
        part::through,
    },
};

/// A smaller picture within a text is a sign of somebody's mail program, not what he shows.
const WORTH_SEEING: u64 = 20_000;

/// The picture that is looked at; the page of the ticket provides it by context.
#[derive(Clone, Copy)]
pub struct Looked {
    /// Whether its sheet is open.
    pub open: RwSignal<bool>,
    /// What it is called.
    pub name: RwSignal<String>,
    /// Its number.
    pub n: StoredValue<u32>,
    /// Only its first page is shown.
    pub page: StoredValue<bool>,
}

impl Looked {
    /// None.
    pub fn new() -> Self {
        let name = RwSignal::new(String::new());
        Self { open: RwSignal::new(false), name, n: StoredValue::new(0), page: StoredValue::new(false) }
    }
}

/// The files as buttons.
pub fn files(t: Texts, ticket: TicketId, attachments: &[Attachment]) -> AnyView {
    let shown = attachments.iter().filter(|file| !file.inline || file.size >= WORTH_SEEING);
    let looked = expect_context::<Looked>();
    let backend = expect_context::<Backend>();
    let save = use_download();
    let rows = shown.map(|file| {
        let (picture, page) = (is_picture(&file.kind) || file.preview, file.preview);
        let icon = if picture { Icon::Eye } else { Icon::Clip };
        let (n, name) = (file.n, file.name.clone());
        let backend = backend.clone();
        let press = move |_| {
            if picture {
                looked.n.set_value(n);
                looked.page.set_value(page);
                looked.name.set(name.clone());
                looked.open.set(true);
            } else {
                let backend = backend.clone();
                save.run(Box::pin(async move { backend.tickets().attachment_download(ticket, n).await }));
            }
        };
        view! {
            <button type="button" class="file" on:click=press>
                {icon.view()}
                <span class="file__name" dir="auto">{file.name.clone()}</span>
                <span class="file__size">{format::size(t, file.size)}</span>
            </button>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    if rows.is_empty() { ().into_any() } else { view! { <div class="files">{rows}</div> }.into_any() }
}

/// What a browser shows and does not run.
fn is_picture(kind: &str) -> bool {
    matches!(kind, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// The sheet with the picture.
#[component]
pub fn PreviewSheet(
    /// Of which ticket.
    id: TicketId,
) -> impl IntoView {
    let looked = expect_context::<Looked>();
    view! {
        <Sheet title=looked.name open=looked.open>
            {through(load_preview, move || picture(id, looked))}
        </Sheet>
    }
}
