//! Files for an action that is not asked for yet: so the action itself is small and can wait on a phone without a connection.

use app::model::{
    Error, Result,
    action::{LARGEST_FILES, NewFile, Upload},
    ids::UploadId,
};
use sqlx::PgConnection;
use time::Duration;

use super::{Tickets, check::read_files};
use crate::{auth::policy::Action, store};

/// What nobody used by then goes.
const KEPT: Duration = Duration::days(7);
/// So much of one person may wait: a few actions.
const WAITING: (i64, i64) = (100, 4 * LARGEST_FILES.cast_signed());

impl Tickets {
    pub(in crate::services::tickets) async fn keep_file(&self, file: &NewFile) -> Result<Upload> {
        let account = self.caller.may(Action::WorkTickets)?.account;
        self.line()?;
        let file = read_files(std::slice::from_ref(file))?.pop().ok_or(Error::NotFound)?;
        let size = file.content.len() as u64;
        let stored = async {
            let mut tx = self.deps.db.begin().await?;
            store::uploads::forget_before(&mut tx, self.caller.now - KEPT).await?;
            let id = store::uploads::insert(&mut tx, account, &file, self.caller.now).await?;
            let waiting = store::uploads::waiting(&mut tx, account).await?;
            if waiting.files > WAITING.0 || waiting.bytes > WAITING.1 {
                return Ok(None);
            }
            tx.commit().await?;
            Ok(Some(id))
        };
        let id = stored.await.map_err(|error| self.failed(error))?;
        let id = id.ok_or_else(|| Error::TooLarge { code: "files_too_large".into() })?;
        Ok(Upload { id, name: file.name, kind: file.kind, size })
    }

    pub(in crate::services::tickets) async fn forget_file(&self, id: UploadId) -> Result<()> {
        let account = self.caller.may(Action::WorkTickets)?.account;
        let mut db = self.connection().await?;
        let gone = store::uploads::delete(&mut db, account, id).await.map_err(|error| self.failed(error))?;
        if gone { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Whether these files are there, and not too many for one action.
    pub(super) async fn check_uploads(&self, db: &mut PgConnection, ids: &[UploadId]) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let account = self.caller.signed_in()?.account;
        let wanted: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        let there = store::uploads::weigh(db, account, &wanted).await.map_err(|error| self.failed(error))?;
        if usize::try_from(there.files) != Ok(ids.len()) {
            return Err(Error::invalid("files", "file_gone"));
        }
        if there.bytes.unsigned_abs() > LARGEST_FILES {
            return Err(Error::TooLarge { code: "files_too_large".into() });
        }
        Ok(())
    }
}
