//! The directory as a workbook, streamed from the database into a temporary file.

use std::{fs::File, io::Seek};

use app::model::{Result, error::Reference};
use sqlx::{Connection, PgPool};
use tokio::sync::mpsc;

use super::{Failure, convert};
use crate::{
    directory::{self, person::Person},
    store,
};

/// People in one portion.
const PORTION: i64 = 1_000;

/// All active employees as a workbook that imports back unchanged, for a right that was checked before.
/// The file has no name and vanishes when it is closed; it is read from its beginning.
///
/// # Errors
/// `Unavailable` without the database.
pub async fn export(db: &PgPool, reference: &Reference) -> Result<File> {
    write(db).await.map_err(|failure| failure.into_error(reference))
}

async fn write(db: &PgPool) -> Result<File, Failure> {
    let (sender, mut people) = mpsc::channel::<Vec<(i64, Person)>>(1);
    let writing = tokio::task::spawn_blocking(move || -> Result<File, Failure> {
        let mut export = directory::export::Export::begin()?;
        while let Some(portion) = people.blocking_recv() {
            for (id, person) in portion {
                export.add(id, &person)?;
            }
        }
        let mut file = tempfile::tempfile()?;
        export.finish(&mut file)?;
        file.rewind()?;
        Ok(file)
    });
    let mut connection = db.acquire().await?;
    let mut tx = connection.begin().await?;
    store::imports::one_moment(&mut tx).await?;
    let mut last = 0;
    loop {
        let rows = store::imports::active_after(&mut tx, last, PORTION).await?;
        let Some(end) = rows.last() else {
            break;
        };
        last = end.id.get();
        let portion = rows.into_iter().map(|row| (row.id.get(), convert::stored(row).person)).collect();
        // Nobody listens when writing failed; why is known below.
        if sender.send(portion).await.is_err() {
            break;
        }
    }
    drop(sender);
    tx.rollback().await?;
    writing.await?
}
