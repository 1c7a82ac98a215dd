//! What was written, oldest first. Of a long talk the beginning and the end are shown: what it is about, and where it stands.

use std::ops::Range;

use leptos::prelude::*;

use super::article::article;
use crate::{
    components::{Button, ButtonKind},
    i18n::use_texts,
    live::live,
    model::ticket::{Article, Ticket},
};

/// Of a longer talk the middle is folded.
const LONG: usize = 6;
/// So many of the last are shown then, and all that are unread.
const LAST: usize = 3;

/// The talk.
#[component]
pub fn Conversation(
    /// Of which ticket.
    ticket: StoredValue<Ticket>,
    /// The middle is shown as well.
    unfolded: RwSignal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let rows = move || {
        let show_all = unfolded.get();
        ticket.with_value(|ticket| {
            let articles = &ticket.articles;
            if articles.is_empty() {
                return vec![view! { <p class="server__none">{t.tickets_no_articles()}</p> }.into_any()];
            }
            let folded = if show_all { 0..0 } else { middle(articles) };
            let hidden = u64::try_from(folded.len()).unwrap_or_default();
            let mut rows = Vec::with_capacity(articles.len());
            for (at, written) in articles.iter().enumerate() {
                if at == folded.start && hidden > 0 {
                    let more = move |()| unfolded.set(true);
                    rows.push(
                        view! { <Button label=t.tickets_unfold(hidden) kind=ButtonKind::Plain on_press=more /> }
                            .into_any(),
                    );
                }
                if !folded.contains(&at) {
                    rows.push(article(t, ticket.id, written));
                }
            }
            rows
        })
    };
    view! {
        <section class="talk__articles" aria-label=t.tickets_conversation()>
            {live(rows)}
        </section>
    }
    .into_any()
}

/// What of a long talk is folded: neither the beginning, nor the end, nor anything unread.
fn middle(articles: &[Article]) -> Range<usize> {
    if articles.len() <= LONG {
        return 0..0;
    }
    let last = articles.len() - LAST;
    let unread = articles.iter().skip(1).position(|article| article.unread).map_or(last, |at| at + 1);
    1..unread.min(last)
}
