//! Shapes of what is about to come. They appear only after 150 ms, so what is quick never flickers.

use leptos::prelude::*;

use crate::i18n::use_texts;

/// A card of rows to come: a disc and two lines each.
#[component]
pub fn SkeletonRows(
    /// How many.
    #[prop(default = 6)]
    rows: usize,
    /// Without the disc.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="section skeleton" role="status" aria-label=t.common_loading()>
            <div class="section__body">
                {(0..rows)
                    .map(|_| {
                        view! {
                            <div class="row">
                                {(!plain).then(|| view! { <span class="skeleton__disc"></span> }.into_any())}
                                <span class="row__main">
                                    <span class="skeleton__line"></span>
                                    <span class="skeleton__line skeleton__line--short"></span>
                                </span>
                            </div>
                        }.into_any()
                    })
                    .collect_view()}
            </div>
        </div>
    }
    .into_any()
}
