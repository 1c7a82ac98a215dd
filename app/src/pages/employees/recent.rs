//! Recent searches, or what the search understands as long as there are none.

use leptos::prelude::*;

use super::remembered::Remembered;
use crate::{
    components::Icon,
    directory::links::{Search, list},
    i18n::use_texts,
    live::live,
};

/// Spellings that are all understood, as examples to tap.
const EXAMPLES: [&str; 6] = ["иванов ип", "bdfyjd", "ivanov", "12-34", "10.16.5", "Б-214"];

/// Recent searches as chips.
#[component]
pub fn RecentSearches() -> impl IntoView {
    let t = use_texts();
    let remembered = expect_context::<Remembered>();
    live(move || {
        let recent = remembered.recent.get();
        let texts = recent.texts().to_vec();
        if texts.is_empty() {
            return view! { <Teaching /> }.into_any();
        }
        view! {
            <section class="section">
                <h2 class="section__header">{t.directory_recent()}</h2>
                <ul class="chips">
                    {texts
                        .into_iter()
                        .map(|text| {
                            let href = list(&Search { text: text.clone(), department: None });
                            let forget = t.directory_recent_forget(&text);
                            let shown = text.clone();
                            view! {
                                <li class="chip">
                                    <a class="chip__link" href=href>
                                        <span class="chip__name">{shown}</span>
                                    </a>
                                    <button
                                        type="button"
                                        class="chip__remove"
                                        aria-label=forget
                                        on:click=move |_| remembered.forget(&text)
                                    >
                                        {Icon::Close.view()}
                                    </button>
                                </li>
                            }.into_any()
                        })
                        .collect_view()}
                </ul>
            </section>
        }
        .into_any()
    })
}

/// What the search field understands, shown until there are searches of one's own.
#[component]
fn Teaching() -> impl IntoView {
    let t = use_texts();
    view! {
        <section class="section teaching">
            <h2 class="section__header">{t.directory_teach_title()}</h2>
            <p class="teaching__text">{t.directory_teach_text()}</p>
            <ul class="chips">
                {EXAMPLES
                    .map(|example| {
                        let href = list(&Search { text: example.into(), department: None });
                        view! {
                            <li class="chip">
                                <a class="chip__link" href=href>
                                    {example}
                                </a>
                            </li>
                        }.into_any()
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
