//! One article: who wrote, when, to whom it is shown; the text with what is quoted folded and links that say where they lead.

use leptos::prelude::*;

use super::files::files;
use crate::{
    components::{Icon, Time},
    helpdesk::{
        span::spans,
        text::{Block, beginning, blocks},
    },
    i18n::Texts,
    live::live,
    model::{
        ids::TicketId,
        ticket::{Article, Channel, Sender},
    },
};

/// So many bytes of a text are shown at first, and so many more with each press.
const FIRST: usize = 6_000;
const MORE: usize = 40_000;

/// How far texts were unfolded: it outlives a new answer, by which they are built anew.
#[derive(Clone, Copy)]
pub struct Opened(StoredValue<Vec<(String, usize)>>);

impl Opened {
    /// Everything is folded.
    pub fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }

    fn how_far(self, what: &str) -> Option<usize> {
        self.0.with_value(|all| all.iter().find(|(name, _)| name == what).map(|(_, far)| *far))
    }

    fn keep(self, what: &str, far: usize) {
        self.0.update_value(|all| {
            all.retain(|(name, _)| name != what);
            all.push((what.to_owned(), far));
        });
    }
}

/// How far this is shown, and what shows so much of it.
fn opened(what: String, first: usize) -> (RwSignal<usize>, impl Fn(usize) + Clone + Send + Sync) {
    let opened = use_context::<Opened>();
    let shown = RwSignal::new(opened.and_then(|opened| opened.how_far(&what)).unwrap_or(first));
    let show = move |far| {
        shown.set(far);
        if let Some(opened) = opened {
            opened.keep(&what, far);
        }
    };
    (shown, show)
}

/// An article of this ticket.
pub fn article(t: Texts, ticket: TicketId, article: &Article) -> AnyView {
    let who = match article.sender {
        Sender::Agent => "bubble--agent",
        Sender::Customer => "bubble--customer",
        Sender::System => "bubble--system",
    };
    let internal = !article.visible_for_customer;
    let class = ["bubble ", who, if internal { " bubble--internal" } else { "" }].concat();
    let name = writer(&article.from);
    let name = if name.is_empty() { t.tickets_system().to_owned() } else { name.to_owned() };
    let how = match (internal, article.channel) {
        (true, _) => Some((Icon::Lock, t.tickets_internal())),
        (_, Channel::Email) => Some((Icon::Mail, t.tickets_by_mail())),
        (_, Channel::Phone) => Some((Icon::Phone, t.tickets_by_phone())),
        _ => None,
    };
    let how = how.map(|(icon, words)| {
        view! {
            <span class="bubble__how">
                {icon.view()} {words}
            </span>
        }
        .into_any()
    });
    let unread = article
        .unread
        .then(|| view! { <span class="ticket__dot" role="img" aria-label=t.tickets_unread()></span> }.into_any());
    let (shown, show) = opened(article.id.to_string(), FIRST);
    let body = StoredValue::new(article.body.clone());
    let cut = article.cut.then(|| view! { <p class="bubble__cut">{t.tickets_cut()}</p> }.into_any());
    view! {
        <div class=class id=["article-", &article.id.to_string()].concat()>
            <p class="bubble__head">
                <span class="bubble__name" dir="auto">{name}</span>
                {how} {unread}
                <span class="bubble__at">
                    <Time at=article.at />
                </span>
            </p>
            {live(move || body.with_value(|body| {
                let (text, more) = beginning(body, shown.get());
                let show = show.clone();
                let more = more.then(|| view! {
                    <button
                        type="button"
                        class="button button--plain button--small"
                        on:click=move |_| show(shown.get_untracked() + MORE)
                    >
                        {t.tickets_whole_text()}
                    </button>
                }
                    .into_any());
                view! {
                    <div class="bubble__body" dir="auto">{text_view(t, text)}</div>
                    {more}
                }
            }))}
            {cut}
            {files(t, ticket, &article.attachments)}
        </div>
    }
    .into_any()
}

/// A text in its pieces.
pub fn text_view(t: Texts, text: &str) -> AnyView {
    let pieces = blocks(text).into_iter().map(|block| match block {
        Block::Text(text) => view! { <p class="bubble__text">{linked(&text)}</p> }.into_any(),
        Block::Signature(text) => {
            view! { <p class="bubble__text bubble__text--signature">{linked(&text)}</p> }.into_any()
        }
        Block::Quote(text) => quote(t, text),
    });
    pieces.collect_view().into_any()
}

/// Folded; a reader of the page without scripts does without it.
fn quote(t: Texts, text: String) -> AnyView {
    let (open, show) = opened(text.clone(), 0);
    view! {
        <div class="bubble__quote">
            <button
                type="button"
                class="bubble__fold"
                aria-expanded=Signal::derive(move || if open.get() > 0 { "true" } else { "false" })
                on:click=move |_| show(1 - open.get_untracked())
            >
                {t.tickets_quote()}
            </button>
            {live(move || (open.get() > 0).then(|| view! { <p class="bubble__text">{linked(&text)}</p> }.into_any()))}
        </div>
    }
    .into_any()
}

fn linked(text: &str) -> AnyView {
    let pieces = spans(text).into_iter().map(|span| match span.href {
        None => span.text.into_any(),
        Some(href) => view! {
            <a href=href target="_blank" rel="noopener noreferrer nofollow external">
                {span.text}
            </a>
        }
        .into_any(),
    });
    pieces.collect_view().into_any()
}

/// Who wrote, without the address behind the name.
pub fn writer(from: &str) -> &str {
    let name = from.split_once('<').map_or(from, |(name, _)| name).trim().trim_matches('"').trim();
    if name.is_empty() { from.trim().trim_matches(['<', '>']) } else { name }
}

#[cfg(test)]
mod tests {
    use super::writer;

    #[test]
    fn a_writer_has_a_name_or_an_address() {
        assert_eq!(writer("\"Ким, Ольга\" <olga@example.com>"), "Ким, Ольга");
        assert_eq!(writer("<olga@example.com>"), "olga@example.com");
        assert_eq!(writer("olga@example.com"), "olga@example.com");
        assert_eq!(writer(""), "");
    }
}
