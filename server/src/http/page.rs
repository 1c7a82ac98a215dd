//! `?limit=&cursor=` of lists.

use app::model::{Error, page::PageRequest};
use serde::Deserialize;

/// Which piece of a list is wanted.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// At most that many items.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// `next` of the piece before.
    cursor: Option<String>,
}

impl PageQuery {
    /// The piece, if its size is one of those that are given.
    ///
    /// # Errors
    /// `Invalid` for `limit`.
    pub fn request(self) -> Result<PageRequest, Error> {
        let default = PageRequest::default();
        let limit = self.limit.unwrap_or(default.limit);
        if !(1..=100).contains(&limit) {
            return Err(Error::invalid("limit", "out_of_range"));
        }
        Ok(PageRequest { limit, cursor: self.cursor })
    }
}
