//! The groups: add, rename, remove.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    backend::{Backend, Servers as _},
    components::{
        Button, ButtonKind, ButtonSize, EmptyState, Icon, Page, Row, RowText, Section, Sheet, SkeletonRows, TextField,
        use_toasts,
    },
    device,
    i18n::use_texts,
    live::live_text,
    model::{Result, ids::GroupId, server::Group},
    pages::{Fetched, servers::roster::Roster},
};

/// All groups.
#[component]
pub fn Groups() -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let groups = Fetched::new(move || {
        let servers = backend.servers();
        async move { servers.groups().await }
    });
    let editing = RwSignal::new(None::<Group>);
    let open = RwSignal::new(false);
    let edit = move |group: Option<Group>| {
        editing.set(group);
        open.set(true);
    };
    let add = view! {
        <Button
            label=t.fleet_group_add()
            kind=ButtonKind::Plain
            icon=Icon::Add
            icon_only=true
            on_press=move |()| edit(None)
        />
    };
    view! {
        <Page title=t.fleet_groups() actions=add.into_any()>
            {groups.view(
                || view! { <SkeletonRows rows=4 plain=true /> }.into_any(),
                move |groups| {
                    if groups.is_empty() {
                        return view! { <EmptyState icon=Icon::Server title=t.fleet_groups() text=t.fleet_groups_empty() /> }
                            .into_any();
                    }
                    let rows = groups.into_iter().map(move |group| {
                        let about = t.servers_count(group.servers.into());
                        let name = group.name.clone();
                        view! {
                            <Row on_press=move |()| edit(Some(group.clone())) leads=true>
                                <RowText title=name subtitle=about />
                            </Row>
                        }
                            .into_any()
                    });
                    view! { <Section>{rows.collect_view()}</Section> }.into_any()
                },
            )}
            <Sheet title=t.fleet_group_rename() open=open>
                <Editor group=editing.get_untracked() open=open on_done=Callback::new(move |()| groups.refetch()) />
            </Sheet>
        </Page>
    }
}

#[component]
fn Editor(group: Option<Group>, open: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let roster = expect_context::<Roster>();
    let backend = expect_context::<Backend>();
    let name = RwSignal::new(group.as_ref().map(|group| group.name.clone()).unwrap_or_default());
    let failure = RwSignal::new(None::<String>);
    let id = group.map(|group| group.id);
    let finish = move |answer: Result<()>, words: &'static str| match answer {
        Ok(()) => {
            toasts.show(words);
            let _ = open.try_set(false);
            let _ = on_done.try_run(());
            if !roster.rows.is_disposed() {
                roster.ask();
            }
        }
        Err(error) => drop(failure.try_set(Some(t.error(&error)))),
    };
    let saving = backend.clone();
    let save = move |()| {
        let backend = saving.clone();
        let typed = name.get_untracked().trim().to_owned();
        spawn_local(async move { finish(store(backend, id, typed).await, t.fleet_group_renamed()) });
    };
    let delete = move |()| {
        let backend = backend.clone();
        let Some(id) = id else { return };
        spawn_local(async move { finish(backend.servers().delete_group(id).await, t.fleet_group_deleted()) });
    };
    view! {
        <div class="mute">
            <TextField label=t.fleet_name() value=name name="group-name" max_length=100 />
            <p class="field__note field__note--bad" role="alert">
                {live_text(move || failure.get().unwrap_or_default())}
            </p>
            <Button label=t.fleet_save() size=ButtonSize::Large on_press=save />
            {id
                .map(|_| {
                    view! {
                        <Button
                            label=t.fleet_group_delete()
                            kind=ButtonKind::Destructive
                            icon=Icon::Delete
                            on_press=delete
                        />
                    }
                })}
        </div>
    }
}

async fn store(backend: Backend, id: Option<GroupId>, name: String) -> Result<()> {
    match id {
        Some(id) => backend.servers().rename_group(id, name).await.map(drop),
        None => backend.servers().create_group(name, device::unique_key()).await.map(drop),
    }
}
