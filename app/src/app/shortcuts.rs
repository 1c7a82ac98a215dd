//! The list of keys: `/` search, `g` and a letter for the sections, `j` `k` along the rows, Esc back.

use leptos::prelude::*;

use crate::{
    components::{Row, Sheet},
    i18n::use_texts,
};

/// Whether the list of keys is shown; [`super::App`] keeps it in the context of the frame.
#[derive(Clone, Copy)]
pub struct ShortcutsShown(pub RwSignal<bool>);

/// The list of keys.
#[component]
pub fn ShortcutsSheet() -> impl IntoView {
    let t = use_texts();
    let shown = expect_context::<ShortcutsShown>().0;
    let keys = move || {
        let then = |second: &str| t.shortcuts_then("g", second);
        [
            (t.shortcuts_search(), "/".to_owned()),
            (t.shortcuts_home(), then("h")),
            (t.shortcuts_employees(), then("e")),
            (t.shortcuts_servers(), then("s")),
            (t.shortcuts_alerts(), then("a")),
            (t.shortcuts_settings(), then(",")),
            (t.shortcuts_admin(), then("m")),
            (t.shortcuts_rows(), "j k".to_owned()),
            (t.shortcuts_open(), "Enter".to_owned()),
            (t.shortcuts_back(), "Esc".to_owned()),
            (t.shortcuts_help(), "?".to_owned()),
        ]
    };
    view! {
        <Sheet title=t.shortcuts_title() open=shown>
            <div class="section">
                <div class="section__body">
                    {keys()
                        .into_iter()
                        .map(|(what, key)| {
                            view! {
                                <Row after=view! { <kbd class="key">{key}</kbd> }.into_any()>
                                    <span class="row__title">{what}</span>
                                </Row>
                            }
                        })
                        .collect_view()}
                </div>
            </div>
        </Sheet>
    }
    .into_any()
}
