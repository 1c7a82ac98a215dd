//! How far the running import is: a slot in memory that screens look into while it runs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::model::import::{ImportPhase, ImportProgress};
use time::OffsetDateTime;

/// Where the import of this node says how far it is. Cheap to clone; clones see the same import.
#[derive(Clone, Debug, Default)]
pub struct Slot(Arc<Mutex<Option<ImportProgress>>>);

impl Slot {
    /// How far the import is; nothing when none runs.
    #[must_use]
    pub fn get(&self) -> Option<ImportProgress> {
        self.lock().clone()
    }

    /// Says that an import runs, until the answer is dropped.
    pub(super) fn begin(&self, now: OffsetDateTime) -> Running<'_> {
        *self.lock() = Some(ImportProgress { phase: ImportPhase::Reading, done: 0, total: None, started_at: now });
        Running(self)
    }

    fn lock(&self) -> MutexGuard<'_, Option<ImportProgress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An import that runs.
pub(super) struct Running<'a>(&'a Slot);

impl Running<'_> {
    pub(super) fn set(&self, phase: ImportPhase, done: u32, total: Option<u32>) {
        if let Some(progress) = self.0.lock().as_mut() {
            (progress.phase, progress.done, progress.total) = (phase, done, total);
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *self.0.lock() = None;
    }
}
