//! Lists that are read piece by piece.

use serde::{Deserialize, Serialize};

/// One piece of a list and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items in order.
    pub items: Vec<T>,
    /// Pass it as `cursor` to get what follows; absent at the end. Opaque; survives inserts.
    pub next: Option<String>,
}

/// Which piece of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// At most that many items, 1 to 100.
    pub limit: u32,
    /// [`Page::next`] of the piece before.
    pub cursor: Option<String>,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { limit: 20, cursor: None }
    }
}
