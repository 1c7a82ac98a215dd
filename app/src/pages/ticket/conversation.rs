//! What was written, oldest first. Of a long talk the beginning and the end are shown: what it is about, and where it stands.

use leptos::prelude::*;

use super::article::article;
use crate::{
    components::{Button, ButtonKind},
    i18n::use_texts,
    live::live,
    model::ticket::Ticket,
};

/// Of a longer talk the middle is folded.
const LONG: usize = 6;
/// So many of the last are shown then, and all that are unread.
const LAST: usize = 3;

/// The talk.
#[component]
pub fn Conversation(
    /// Of which ticket.
    ticket: Ticket,
    /// The middle is shown as well.
    unfolded: RwSignal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let count = ticket.articles.len();
    let id = ticket.id;
    let articles = StoredValue::new(ticket.articles);
    let folded = articles.with_value(|articles| {
        let unread = articles.iter().skip(1).position(|article| article.unread).map(|at| at + 1);
        let last = count.saturating_sub(LAST);
        if count > LONG { 1..unread.unwrap_or(last).min(last).max(1) } else { 0..0 }
    });
    let hidden = u64::try_from(folded.len()).unwrap_or_default();
    view! {
        <section class="talk__articles" aria-label=t.tickets_conversation()>
            {live(move || {
                let show_all = unfolded.get();
                let folded = folded.clone();
                articles.with_value(|articles| {
                    articles
                        .iter()
                        .enumerate()
                        .map(|(at, written)| match (show_all || !folded.contains(&at), at == folded.start) {
                            (true, _) => article(t, id, written),
                            (false, true) => view! {
                                <Button
                                    label=t.tickets_unfold(hidden)
                                    kind=ButtonKind::Plain
                                    on_press=move |()| unfolded.set(true)
                                />
                            }
                                .into_any(),
                            (false, false) => ().into_any(),
                        })
                        .collect_view()
                })
            })}
            {(count == 0).then(|| view! { <p class="server__none">{t.tickets_no_articles()}</p> }.into_any())}
        </section>
    }
    .into_any()
}
