//! Files that go with what is written: sent as soon as they are chosen, with a look at pictures.

use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use crate::{
    backend::{Actions as _, Backend},
    components::{Button, ButtonKind, ButtonSize, Icon},
    format,
    i18n::use_texts,
    live::{live, live_text},
    model::Error,
    pages::{
        ticketing::{fitting, picker, read},
        tickets::composer::{Attached, Composer},
    },
};

/// The files.
#[component]
pub fn Attach(
    /// What is composed.
    composer: Composer,
) -> impl IntoView {
    let t = use_texts();
    let problem = RwSignal::new(None::<String>);
    let next = StoredValue::new(0_u32);
    let backend = StoredValue::new(expect_context::<Backend>());
    let files = composer.files;
    let send = Callback::new(move |file: Attached| {
        let backend = backend.get_value();
        spawn_local(async move {
            let answer = backend.actions().upload(file.file).await;
            let change = |change: &dyn Fn(&mut Attached)| {
                files.try_update(|files| files.iter_mut().filter(|known| known.key == file.key).for_each(change));
            };
            match answer {
                Ok(upload) => change(&|known| known.sent = Some(upload.id)),
                Err(error) => {
                    let away = matches!(error, Error::Unavailable { .. });
                    let _ = problem.try_set(Some(if away {
                        t.replies_files_offline().to_owned()
                    } else {
                        t.error(&error)
                    }));
                    change(&|known| known.failed = true);
                }
            }
        });
    });
    let add = Callback::new(move |chosen: Vec<File>| {
        let there = files.with_untracked(|files| files.iter().map(|file| file.size).collect());
        let (fitting, refusal) = fitting(t, there, chosen);
        problem.set(refusal.map(str::to_owned));
        for file in fitting {
            let key = next.get_value();
            next.set_value(key + 1);
            spawn_local(async move {
                let Some((file, size)) = read(&file).await else {
                    return drop(problem.try_set(Some(t.import_unreadable().to_owned())));
                };
                let attached = Attached { key, file, size, sent: None, failed: false };
                if files.try_update(|files| files.push(attached.clone())).is_some() {
                    send.run(attached);
                }
            });
        }
    });
    let again = move |key: u32| {
        problem.set(None);
        let file = files.try_update(|files| {
            let known = files.iter_mut().find(|known| known.key == key)?;
            known.failed = false;
            Some(known.clone())
        });
        file.flatten().into_iter().for_each(|file| send.run(file));
    };
    let remove = move |key: u32| {
        let gone = files.try_update(|files| {
            let at = files.iter().position(|known| known.key == key)?;
            files.remove(at).sent
        });
        problem.set(None);
        let backend = backend.get_value();
        if let Some(id) = gone.flatten() {
            // What is left there goes by itself.
            spawn_local(async move { drop(backend.actions().drop_upload(id).await) });
        }
    };
    view! {
        <div class="photos photos--inset">
            {picker(t, add, true)} {picker(t, add, false)}
            <p class="field__note field__note--bad" role="alert">
                {live_text(move || problem.get().unwrap_or_default())}
            </p>
            {live(move || {
                let rows = files.get().into_iter().map(|file| {
                    let key = file.key;
                    let picture = is_picture(&file.file.kind).then(|| {
                        let source = ["data:", &file.file.kind, ";base64,", &file.file.content].concat();
                        view! { <img class="file__picture" src=source alt="" /> }.into_any()
                    });
                    let standing = match (file.sent, file.failed) {
                        (Some(_), _) => format::size(t, file.size),
                        (None, true) => t.replies_upload_failed().to_owned(),
                        (None, false) => t.replies_uploading().to_owned(),
                    };
                    let repeat = file.failed.then(|| view! {
                        <Button
                            label=t.replies_upload_again()
                            kind=ButtonKind::Plain
                            size=ButtonSize::Small
                            icon=Icon::Refresh
                            icon_only=true
                            on_press=move |()| again(key)
                        />
                    });
                    view! {
                        <li class="file" class:file--failed=file.failed>
                            {picture.unwrap_or_else(|| Icon::Clip.view())}
                            <bdi class="file__name">{file.file.name}</bdi>
                            <span class="file__size" role="status">{standing}</span>
                            {repeat}
                            <button
                                type="button"
                                class="chip__remove"
                                aria-label=t.tickets_file_remove()
                                on:click=move |_| remove(key)
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

/// What a browser shows and does not run.
fn is_picture(kind: &str) -> bool {
    matches!(kind, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}
