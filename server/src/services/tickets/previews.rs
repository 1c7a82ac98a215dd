//! What a file looks like, where only its first page is shown. Made once and kept for a while, also when there is nothing.

use std::{sync::Arc, time::Duration};

use app::model::{Error, Result, ids::TicketId, import::Download};
use moka::future::Cache;

use super::{Tickets, clean, line::FileKey};
use crate::{
    integrations::pdf::Renderer,
    services::{
        downloads::{self, What},
        employees::files::{Content, File},
    },
};

/// Bytes of pictures that are kept in memory, and for how long.
const KEPT: u64 = 32 << 20;
const KEPT_FOR: Duration = Duration::from_secs(1_800);

/// First pages of files.
#[derive(Debug)]
pub struct Previews {
    /// Makes them.
    pub renderer: Renderer,
    kept: Cache<FileKey, Option<Arc<[u8]>>>,
}

impl Previews {
    /// None made yet.
    #[must_use]
    pub fn new(renderer: Renderer) -> Self {
        let weigh = |_: &FileKey, page: &Option<Arc<[u8]>>| {
            page.as_ref().map_or(100, |page| u32::try_from(page.len()).unwrap_or(u32::MAX))
        };
        let kept = Cache::builder().max_capacity(KEPT).weigher(weigh).time_to_live(KEPT_FOR).build();
        Self { renderer, kept }
    }
}

impl Tickets {
    /// The first page of a file as a picture.
    ///
    /// # Errors
    /// `NotFound`, also when the caller may not see the ticket, when nothing here makes pictures of this file, or when it
    /// cannot be read; `Unsupported` when it is no PDF; `Unavailable` when OTRS is away.
    pub async fn preview(&self, id: TicketId, n: u32) -> Result<File> {
        // The right is proven with the file, whether it is kept or not.
        let (row, content) = self.attached(id, n).await?;
        let line = self.line()?;
        let kind = clean::file_type(&row.kind);
        if kind != "application/pdf" {
            return Err(Error::Unsupported { code: "preview_unsupported".into() });
        }
        if !line.previews.renderer.reads(kind, content.len() as u64) {
            return Err(Error::NotFound);
        }
        let key = (id.get(), row.article_id, row.place);
        let made = async { line.previews.renderer.first_page(&content).await.map(Arc::from) };
        let page = line.previews.kept.get_with(key, made).await.ok_or(Error::NotFound)?;
        let name = clean::file_name(&format!("{}.jpg", clean::file_name(&row.name)));
        Ok(File { name, content: Content::Attached("image/jpeg", page) })
    }

    /// Makes the picture now, for behind the address nobody is signed in.
    ///
    /// # Errors
    /// As above.
    pub async fn announce_preview(&self, id: TicketId, n: u32) -> Result<Download> {
        let file = self.preview(id, n).await?;
        let what = What::Preview { ticket: id, n };
        downloads::issue(&self.deps, &self.caller, what, file.name).await
    }

    /// A picture whose one-time address was used.
    ///
    /// # Errors
    /// `NotFound` when it is kept no longer.
    pub async fn announced_preview(&self, id: TicketId, n: u32) -> Result<File> {
        let line = self.line()?;
        let row = self.row_of_announced(id, n).await?;
        let page = line.previews.kept.get(&(id.get(), row.article_id, row.place)).await.flatten();
        let name = clean::file_name(&format!("{}.jpg", clean::file_name(&row.name)));
        Ok(File { name, content: Content::Attached("image/jpeg", page.ok_or(Error::NotFound)?) })
    }
}
