//! Handing a card on: the link to it, and the contact for the telephone's own book.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Employees as _},
    components::{Icon, IconTile, Row, RowText, Section, Sheet, use_toasts},
    device,
    directory::links::share,
    i18n::use_texts,
    model::{Result, ids::EmployeeId, import::Download},
    start::{Start, deep_link},
    telegram::{Haptic, use_telegram},
};

/// The link to a card, to copy or to send.
#[component]
pub fn ShareSheet(
    /// Whose card.
    id: EmployeeId,
    /// His name, said beside the link.
    name: String,
    /// Whether the sheet is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let telegram = use_telegram();
    let app = use_context::<Start>().and_then(|start| start.app_link);
    // Without a bot the page itself is the link.
    let link = move || match &app {
        Some(app) => deep_link(app, &["employee-".into(), id.to_string()].concat()),
        None => [window().location().origin().unwrap_or_default(), "/employees/".into(), id.to_string()].concat(),
    };
    let link = StoredValue::new(link);
    let address = move || link.with_value(|link| link());
    let copy = move |()| {
        open.set(false);
        spawn_local(async move {
            if device::copy(address()).await {
                toasts.show(t.card_share_copied());
            } else {
                toasts.problem(t.card_copy_failed());
            }
        });
    };
    let name = StoredValue::new(name);
    let send = move |()| {
        open.set(false);
        telegram.open_telegram_link(&share(&address(), &name.get_value()));
    };
    view! {
        <Sheet title=t.card_share_title() open=open>
            <Section footer=t.card_share_text()>
                <Row on_press=copy before=view! { <IconTile icon=Icon::Link colour=5 /> }.into_any()>
                    <RowText title=t.card_share_copy() subtitle=address() />
                </Row>
                <Row on_press=send before=view! { <IconTile icon=Icon::Telegram colour=4 /> }.into_any()>
                    <RowText title=t.card_share_telegram() />
                </Row>
            </Section>
        </Sheet>
    }
}

/// Saves the person as a vCard.
pub fn save_contact(id: EmployeeId) -> impl Fn() + Clone + 'static {
    let save = use_download();
    let backend = expect_context::<Backend>();
    move || {
        let backend = backend.clone();
        save.run(Box::pin(async move { backend.employees().vcard_download(id).await }));
    }
}

/// Work that ends in the address of a file.
pub type Preparing = std::pin::Pin<Box<dyn Future<Output = Result<Download>> + Send>>;

/// Fetches a file's one-time address and hands it to the client or the browser; says why if it fails.
pub fn use_download() -> Callback<Preparing> {
    let t = use_texts();
    let toasts = use_toasts();
    let telegram = use_telegram();
    Callback::new(move |preparing: Preparing| {
        spawn_local(async move {
            match preparing.await {
                Ok(download) => telegram.download(&download.url, &download.file_name),
                Err(error) => {
                    telegram.haptic(Haptic::Error);
                    toasts.problem(t.error(&error));
                }
            }
        });
    })
}
