//! Texts with their matches marked.

use leptos::prelude::*;

use crate::directory::highlight::Piece;

/// The pieces in a row, those that fit the query marked.
#[component]
pub fn Marked(
    /// The pieces in order.
    pieces: Vec<Piece>,
) -> impl IntoView {
    pieces
        .into_iter()
        .map(
            |piece| {
                if piece.hit {
                    view! { <mark class="hit">{piece.text}</mark> }.into_any()
                } else {
                    piece.text.into_any()
                }
            },
        )
        .collect_view()
}
