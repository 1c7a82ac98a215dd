//! Choosing the file, and the way back out: the export.

use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::{
    backend::{Backend, Imports as _},
    components::{ErrorNotice, Icon, IconTile, Row, RowText, Section},
    i18n::use_texts,
    live::live_text,
    model::{Error, import::ImportFile},
    pages::employee::use_download,
};

/// The contract's limit for the file itself.
const LARGEST: f64 = 32.0 * 1024.0 * 1024.0;

/// The place where a file is chosen or dropped.
#[component]
pub fn Pick(
    /// What was wrong with the last file.
    failure: Option<Error>,
    /// A file was chosen and read.
    on_pick: Callback<ImportFile>,
) -> impl IntoView {
    let t = use_texts();
    let input = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let problem = RwSignal::new(None::<&'static str>);
    let take = move |file: Option<File>| {
        over.set(false);
        let Some(file) = file else { return };
        if file.size() > LARGEST {
            problem.set(Some(t.import_too_large()));
            return;
        }
        problem.set(None);
        spawn_local(async move {
            match read(&file).await {
                Some(bytes) => on_pick.run(ImportFile { name: file.name(), bytes }),
                None => problem.set(Some(t.import_unreadable())),
            }
        });
    };
    let changed = move |_| {
        let Some(input) = input.get_untracked() else { return };
        take(input.files().and_then(|files| files.item(0)));
        // Choosing the same file again, after it was corrected, is a change as well.
        input.set_value("");
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        take(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.item(0)));
    };
    view! {
        {failure.map(|error| view! { <ErrorNotice error=error /> })}
        <label
            class="dropzone"
            class:dropzone--over=over
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <span class="dropzone__icon">{Icon::Upload.view()}</span>
            <span class="button button--filled dropzone__button">{t.import_pick()}</span>
            <span class="dropzone__or">{t.import_drop()}</span>
            <span class="dropzone__formats">{t.import_formats()}</span>
            <input
                class="visually-hidden"
                type="file"
                accept=".xlsx,.ndjson,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                node_ref=input
                on:change=changed
            />
        </label>
        <p class="import__problem" role="alert">
            {live_text(move || problem.get().unwrap_or_default())}
        </p>
        <Export />
    }
}

#[component]
fn Export() -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let save = use_download();
    let export = move |()| {
        let backend = backend.clone();
        save.run(Box::pin(async move { backend.imports().export_download().await }));
    };
    view! {
        <Section>
            <Row on_press=export before=view! { <IconTile icon=Icon::Download colour=3 /> }.into_any()>
                <RowText title=t.import_export() subtitle=t.import_export_hint() />
            </Row>
        </Section>
    }
}

async fn read(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
