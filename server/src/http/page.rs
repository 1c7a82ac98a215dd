//! `?limit=&cursor=` of lists.

use app::model::{Error, page::PageRequest};
use serde::Deserialize;

/// Which piece of a list is wanted. The number arrives as text, so that a wrong one is a wrong field and not
/// an unreadable request.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// At most that many items.
    #[param(required = false, value_type = u32, minimum = 1, maximum = 100, default = 20)]
    limit: Option<String>,
    /// `next` of the piece before.
    #[param(required = false, value_type = String, pattern = "^[A-Za-z0-9_-]*$")]
    cursor: Option<String>,
}

impl PageQuery {
    /// The piece, if its size is one of those that are given.
    ///
    /// # Errors
    /// `Invalid` for `limit`.
    pub fn request(self) -> Result<PageRequest, Error> {
        let limit = match self.limit {
            Some(text) => text.parse().ok().filter(|limit| (1..=100).contains(limit)),
            None => Some(PageRequest::default().limit),
        };
        Ok(PageRequest {
            limit: limit.ok_or_else(|| Error::invalid("limit", "limit"))?,
            cursor: self.cursor.filter(|cursor| !cursor.is_empty()),
        })
    }
}
