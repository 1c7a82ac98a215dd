//! Choosing what a server is reached through, among those the list knows.

use leptos::prelude::*;

use crate::{
    components::{Button, ButtonKind, Icon, Row, RowText, SearchField, Sheet, StateMark},
    i18n::use_texts,
    live::{live, live_text},
    model::ids::ServerId,
    pages::servers::roster::Roster,
};

/// Whoever is not among the first is found by another letter.
const SHOWN: usize = 20;

/// The chosen one, or the way to choose.
#[component]
pub fn ParentPick(
    /// The chosen one.
    parent: RwSignal<Option<(ServerId, String)>>,
    /// What is wrong with it.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let t = use_texts();
    let picking = RwSignal::new(false);
    view! {
        {live(move || match parent.get() {
            Some((_, name)) => {
                let clear = view! {
                    <Button
                        label=t.fleet_clear()
                        kind=ButtonKind::Plain
                        icon=Icon::Close
                        icon_only=true
                        on_press=move |()| parent.set(None)
                    />
                }
                    .into_any();
                view! {
                    <Row after=clear>
                        <RowText title=name />
                    </Row>
                }
                    .into_any()
            }
            None => view! {
                <Row on_press=move |()| picking.set(true) leads=true>
                    <RowText title=t.fleet_parent_none() />
                </Row>
            }
                .into_any(),
        })}
        <p class="field__note field__note--bad" aria-live="polite">
            {live_text(move || error.get().unwrap_or_default())}
        </p>
        <Sheet title=t.fleet_parent() open=picking>
            <Finder parent=parent picking=picking />
        </Sheet>
    }
}

#[component]
fn Finder(parent: RwSignal<Option<(ServerId, String)>>, picking: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let roster = expect_context::<Roster>();
    let text = RwSignal::new(String::new());
    view! {
        <SearchField label=t.servers_search() value=text name="parent" />
        {live(move || {
            let typed = text.get().trim().to_lowercase();
            let rows = roster.rows.with(|rows| {
                rows.iter()
                    .filter(|row| [&row.name, &row.address].into_iter().any(|text| text.to_lowercase().contains(&typed)))
                    .take(SHOWN)
                    .cloned()
                    .collect::<Vec<_>>()
            });
            let rows = rows.into_iter().map(|row| {
                let (id, name) = (row.id, row.name.clone());
                let choose = move |()| {
                    parent.set(Some((id, name.clone())));
                    picking.set(false);
                };
                let before = view! { <StateMark state=row.state /> }.into_any();
                view! {
                    <Row on_press=choose before=before>
                        <RowText title=row.name.clone() subtitle=row.address.clone() />
                    </Row>
                }
                .into_any()
            });
            view! {
                <div class="section picker">
                    <div class="section__body">{rows.collect_view()}</div>
                </div>
            }
                .into_any()
        })}
    }
}
