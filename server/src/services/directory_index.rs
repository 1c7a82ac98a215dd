//! The search index of this process and how it follows the database.
//!
//! It is filled once by streaming everybody, then follows announcements: records that are named are read
//! again, and when something may have been missed all versions are compared. A search takes the index as it
//! is and waits for nobody; a change is made on a copy and put in its place. How people are found is in
//! [`crate::directory::index`]; who hears the announcements in `workers::directory`.
//!
//! Beside it, people who were found lately are kept as they are shown, each in the very version the index has:
//! most searches need nothing from the database.

use std::{
    collections::{HashMap, HashSet},
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use app::model::{
    employee::{Employee, EmployeeState},
    ids::EmployeeId,
};
use futures_util::TryStreamExt as _;
use moka::sync::Cache;
use sqlx::PgPool;
use tokio::sync::{Semaphore, mpsc};

use crate::{
    directory::index::{Cursor, Found, Index, Line, Record},
    store::employees::index::{self as store, Indexed},
};

/// Rows handed over at once while loading.
const CHUNK: usize = 512;
/// Records asked for at once when many differ.
const REFRESH: usize = 2_000;
/// Up to that many people a search takes well under a millisecond and stays where it is; beyond, it moves to
/// a thread that may be busy.
const INLINE: usize = 20_000;
/// People kept as they are shown, about a kilobyte each, and for how long at most.
const SHOWN: (u64, Duration) = (10_000, Duration::from_mins(1));

/// See the module.
pub struct DirectoryIndex {
    people: RwLock<Arc<Index>>,
    /// The version each record is known in, deleted ones included. Whoever holds it is the one who changes
    /// `people`.
    versions: Mutex<HashMap<i64, i64>>,
    /// Changed by whoever holds `versions`, so nobody is in it in another version than there.
    shown: Cache<EmployeeId, Arc<Employee>>,
    ready: AtomicBool,
    /// As many searches at once as there are processors: more would only wait inside.
    seats: Semaphore,
}

impl Default for DirectoryIndex {
    fn default() -> Self {
        let seats = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            people: RwLock::default(),
            versions: Mutex::default(),
            shown: Cache::builder().max_capacity(SHOWN.0).time_to_live(SHOWN.1).build(),
            ready: AtomicBool::new(false),
            seats: Semaphore::new(seats),
        }
    }
}

/// A question to the index.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What was typed.
    pub text: String,
    /// Only people of this department.
    pub department: Option<String>,
    /// Behind this place.
    pub after: Option<Cursor>,
    /// At most that many.
    pub limit: usize,
}

impl Wanted {
    fn find(&self, index: &Index) -> Found {
        index.search(&self.text, self.department.as_deref(), self.limit, self.after.as_ref())
    }
}

impl DirectoryIndex {
    /// Whether everybody is in it.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    /// Who fits, best first; nothing while it is being filled.
    pub async fn search(&self, wanted: Wanted) -> Option<Found> {
        if !self.is_ready() {
            return None;
        }
        let index = self.snapshot();
        if index.len() <= INLINE {
            return Some(wanted.find(&index));
        }
        let _seat = self.seats.acquire().await.ok()?;
        tokio::task::spawn_blocking(move || wanted.find(&index)).await.ok()
    }

    /// Somebody as he is shown, if he was found lately and is still known in that version.
    #[must_use]
    pub fn recall(&self, id: EmployeeId) -> Option<Arc<Employee>> {
        self.shown.get(&id)
    }

    /// Keeps these for [`Self::recall`], unless the index knows another version of them. While it is changing, they are not kept.
    pub fn remember(&self, people: &[Arc<Employee>]) {
        let Ok(versions) = self.versions.try_lock() else { return };
        for person in people.iter().filter(|person| versions.get(&person.id.get()) == Some(&person.version)) {
            self.shown.insert(person.id, person.clone());
        }
    }

    /// Fills it with everybody, row by row. Answers how many they are.
    ///
    /// # Errors
    /// Those of the database; then it is as it was.
    pub async fn load(&self, db: &PgPool) -> sqlx::Result<usize> {
        let (sender, mut receiver) = mpsc::channel::<Vec<Indexed>>(16);
        let builder = tokio::task::spawn_blocking(move || {
            let mut versions = HashMap::new();
            let rows = std::iter::from_fn(|| receiver.blocking_recv()).flatten();
            let index = Index::build(rows.map(|row| {
                versions.insert(row.id, row.version);
                record(row)
            }));
            (index, versions)
        });
        let mut connection = db.acquire().await?;
        let mut rows = store::all(&mut connection).try_chunks(CHUNK);
        let streamed = loop {
            match rows.try_next().await {
                Ok(Some(chunk)) => {
                    if sender.send(chunk).await.is_err() {
                        break Ok(());
                    }
                }
                Ok(None) => break Ok(()),
                Err(error) => break Err(error.1),
            }
        };
        drop(sender);
        let (index, versions) = builder.await.map_err(failed)?;
        streamed?;
        let size = index.len();
        *self.lock() = versions;
        self.shown.invalidate_all();
        self.publish(index);
        self.ready.store(true, Ordering::Release);
        Ok(size)
    }

    /// Reads these records again.
    ///
    /// # Errors
    /// Those of the database; then it is as it was.
    pub async fn refresh(self: &Arc<Self>, db: &PgPool, ids: &[i64]) -> sqlx::Result<()> {
        for ids in ids.chunks(REFRESH) {
            let mut connection = db.acquire().await?;
            let rows = store::some(&mut connection, ids).await?;
            drop(connection);
            let (index, ids) = (self.clone(), ids.to_vec());
            tokio::task::spawn_blocking(move || index.apply(rows, &ids)).await.map_err(failed)?;
        }
        Ok(())
    }

    /// Compares all versions and reads again what differs.
    ///
    /// # Errors
    /// Those of the database; what was read until then is in it.
    pub async fn reconcile(self: &Arc<Self>, db: &PgPool) -> sqlx::Result<()> {
        let mut known = self.lock().clone();
        let mut differing = Vec::new();
        let mut connection = db.acquire().await?;
        let mut versions = store::versions(&mut connection);
        while let Some(current) = versions.try_next().await? {
            if known.remove(&current.id) != Some(current.version) {
                differing.push(current.id);
            }
        }
        drop(versions);
        drop(connection);
        differing.extend(known.into_keys());
        self.refresh(db, &differing).await
    }

    /// Whether [`Self::tidy`] would make searching faster.
    #[must_use]
    pub fn is_untidy(&self) -> bool {
        self.snapshot().is_fragmented()
    }

    /// Puts everybody into one piece again. Takes seconds with very many people; searches and changes go on
    /// meanwhile.
    ///
    /// # Errors
    /// When it panicked; then it is as it was.
    pub async fn tidy(self: &Arc<Self>) -> Result<(), tokio::task::JoinError> {
        let this = self.clone();
        let work = move || {
            let compacted = this.snapshot().compacted();
            let _held = this.lock();
            let mut people = Index::clone(&this.snapshot());
            people.adopt(compacted);
            this.publish(people);
        };
        tokio::task::spawn_blocking(work).await
    }

    /// Takes over what is newer than what is known: announcements may overtake each other. Who was asked for
    /// and is not among the rows does not exist any more.
    fn apply(&self, rows: Vec<Indexed>, asked: &[i64]) {
        let mut versions = self.lock();
        let mut missing: HashSet<i64> = asked.iter().copied().collect();
        let mut gone: Vec<i64> = Vec::new();
        let mut changed = Vec::new();
        for row in rows {
            missing.remove(&row.id);
            if versions.get(&row.id).is_some_and(|known| *known >= row.version) {
                continue;
            }
            versions.insert(row.id, row.version);
            self.shown.invalidate(&EmployeeId::from(row.id));
            if row.deleted {
                gone.push(row.id);
            } else {
                changed.push(record(row));
            }
        }
        gone.extend(missing.into_iter().filter(|id| versions.remove(id).is_some()));
        gone.iter().for_each(|&id| self.shown.invalidate(&EmployeeId::from(id)));
        if changed.is_empty() && gone.is_empty() {
            return;
        }
        let mut people = Index::clone(&self.snapshot());
        gone.into_iter().for_each(|id| people.remove(EmployeeId::from(id)));
        if !changed.is_empty() {
            people.extend(changed.into_iter());
        }
        self.publish(people);
    }

    fn snapshot(&self) -> Arc<Index> {
        self.people.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn publish(&self, index: Index) {
        *self.people.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(index);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, i64>> {
        self.versions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn record(row: Indexed) -> Record {
    Record {
        id: row.id.into(),
        surname: row.surname,
        name: row.name,
        patronymic: row.patronymic,
        email: row.email,
        phones: row.phones.0.into_iter().map(|phone| Line { number: phone.number, ext: phone.ext }).collect(),
        ips: row.ips.0.into_iter().map(|ip| ip.ip).collect(),
        workstation: row.workstation,
        position: row.position,
        department: row.department,
        unit: row.unit,
        room: row.room,
        state: EmployeeState::from_name(&row.state),
    }
}

fn failed(error: tokio::task::JoinError) -> sqlx::Error {
    sqlx::Error::Io(io::Error::other(error))
}
