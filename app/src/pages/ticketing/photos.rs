//! Photos and files of a new ticket: from the camera or the device, with what they will weigh.

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::{
    components::Icon,
    format,
    i18n::{Texts, use_texts},
    live::{live, live_text},
    model::action::{LARGEST_FILES, MOST_FILES, NewFile},
};

/// A file that was chosen, and its size in bytes.
pub type Chosen = (NewFile, u64);

/// Choosing files.
#[component]
pub fn Photos(
    /// What is chosen.
    files: RwSignal<Vec<Chosen>>,
) -> impl IntoView {
    let t = use_texts();
    let problem = RwSignal::new(None::<&'static str>);
    let add = Callback::new(move |chosen: Vec<File>| {
        let there = files.with_untracked(|files| files.iter().map(|(_, size)| *size).collect());
        let (fitting, refusal) = fitting(t, there, chosen);
        problem.set(refusal);
        for file in fitting {
            spawn_local(async move {
                match read(&file).await {
                    Some(read) => drop(files.try_update(|files| files.push(read))),
                    None => drop(problem.try_set(Some(t.import_unreadable()))),
                }
            });
        }
    });
    view! {
        <div class="photos">
            {picker(t, add, true)} {picker(t, add, false)}
            <p class="field__note field__note--bad" role="alert">
                {live_text(move || problem.get().unwrap_or_default())}
            </p>
            {live(move || {
                let rows = files.get().into_iter().enumerate().map(|(at, (file, size))| {
                    view! {
                        <li class="file">
                            {Icon::Clip.view()}
                            <bdi class="file__name">{file.name}</bdi>
                            <span class="file__size">{format::size(t, size)}</span>
                            <button
                                type="button"
                                class="chip__remove"
                                aria-label=t.tickets_file_remove()
                                on:click=move |_| files.update(|files| drop(files.remove(at)))
                            >
                                {Icon::Close.view()}
                            </button>
                        </li>
                    }
                    .into_any()
                });
                view! { <ul class="files">{rows.collect_view()}</ul> }
            })}
        </div>
    }
    .into_any()
}

/// The button that chooses files, or takes a photo.
pub fn picker(t: Texts, on_pick: Callback<Vec<File>>, camera: bool) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let changed = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let chosen: Vec<File> =
            input.files().map(|list| (0..list.length()).filter_map(|at| list.item(at)).collect()).unwrap_or_default();
        input.set_value("");
        on_pick.run(chosen);
    };
    let (icon, words) = if camera { (Icon::Camera, t.tickets_photo()) } else { (Icon::Clip, t.tickets_file()) };
    view! {
        <label class="button button--tinted button--small photos__pick">
            {icon.view()}
            <span class="button__label">{words}</span>
            <input
                class="visually-hidden"
                type="file"
                multiple=!camera
                accept=camera.then_some("image/*")
                capture=camera.then_some("environment")
                node_ref=input
                on:change=changed
            />
        </label>
    }
    .into_any()
}

/// Of the files that were chosen those that go beside files of these sizes in bytes, and what is said of the others.
pub fn fitting(t: Texts, mut there: Vec<u64>, chosen: Vec<File>) -> (Vec<File>, Option<&'static str>) {
    let mut fitting = Vec::new();
    for file in chosen {
        there.push(file.size() as u64);
        if there.len() > MOST_FILES {
            return (fitting, Some(t.tickets_files_too_many()));
        }
        if there.iter().sum::<u64>() > LARGEST_FILES {
            return (fitting, Some(t.tickets_files_too_large()));
        }
        fitting.push(file);
    }
    (fitting, None)
}

/// What is in a file.
pub async fn read(file: &File) -> Option<Chosen> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let size = u64::try_from(bytes.len()).ok()?;
    Some((NewFile { name: file.name(), kind: file.type_(), content: base64(&bytes) }, size))
}

/// As JSON carries bytes.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let group = three.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * at) & 63) as usize];
            text.push(if at > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn bytes_are_written_as_rfc_4648_says() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfd]), "//79");
    }
}
