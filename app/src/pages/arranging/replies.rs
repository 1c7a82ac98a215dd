//! All ready replies, for administrators.

use leptos::prelude::*;

use super::editor::Editor;
use crate::{
    backend::{Backend, Replies as _},
    components::{Button, ButtonKind, EmptyState, Icon, Page, Row, RowText, Section, Sheet, SkeletonRows},
    helpdesk::replies::glance,
    i18n::{Texts, use_texts},
    model::reply::{Purpose, Reply},
    pages::Fetched,
};

/// The page.
#[component]
pub fn RepliesPage() -> impl IntoView {
    let t = use_texts();
    let backend = expect_context::<Backend>();
    let replies = Fetched::new(move || {
        let backend = backend.clone();
        async move { backend.replies().replies().await }
    });
    let editing = RwSignal::new(None::<Reply>);
    let open = RwSignal::new(false);
    // Made here and not in the sheet: a deleted reply is had back when that is closed.
    let done = Callback::new(move |()| replies.refetch());
    let edit = move |reply: Option<Reply>| {
        editing.set(reply);
        open.set(true);
    };
    let add = view! {
        <Button label=t.replies_add() kind=ButtonKind::Plain icon=Icon::Add icon_only=true on_press=move |()| edit(None) />
    };
    let show = move |replies: Vec<Reply>| {
        if replies.is_empty() {
            return view! {
                <EmptyState icon=Icon::Reply title=t.replies_none_title() text=t.replies_none_text()>
                    <Button label=t.replies_add() kind=ButtonKind::Tinted on_press=move |()| edit(None) />
                </EmptyState>
            }
            .into_any();
        }
        let rows = replies.into_iter().map(move |reply| {
            let about = about(t, &reply);
            let title = reply.title.clone();
            view! {
                <Row on_press=move |()| edit(Some(reply.clone())) leads=true>
                    <RowText title=title subtitle=about />
                </Row>
            }
            .into_any()
        });
        view! { <Section>{rows.collect_view()}</Section> }.into_any()
    };
    view! {
        <Page title=t.replies_title() actions=add.into_any()>
            {replies.view(|| view! { <SkeletonRows rows=6 plain=true /> }.into_any(), show)}
            <Sheet title=t.replies_edit() open=open>
                <Editor reply=editing.get_untracked() open=open on_done=done />
            </Sheet>
        </Page>
    }
}

fn about(t: Texts, reply: &Reply) -> String {
    let queue = reply.queue.clone().unwrap_or_default();
    let parts =
        [queue.as_str(), if reply.purpose == Purpose::Any { "" } else { purpose_name(t, reply.purpose) }, &reply.body];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    glance(&parts.join(" · "), 110)
}

/// What a ready reply is for, in a word.
pub fn purpose_name(t: Texts, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Any => t.replies_purpose_any(),
        Purpose::Reply => t.replies_purpose_reply(),
        Purpose::Comment => t.replies_purpose_comment(),
    }
}
