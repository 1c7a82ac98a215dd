//! Who uses the cluster. Locks belong to open files, so the system releases them when a process ends, however
//! it ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

/// The lock files of a data folder.
#[derive(Debug)]
pub struct Locks {
    data_dir: PathBuf,
}

impl Locks {
    /// Those of this folder.
    pub fn of(data_dir: &Path) -> Self {
        Self { data_dir: data_dir.to_owned() }
    }

    /// The right to serve, which one process has.
    pub fn serve(&self) -> anyhow::Result<File> {
        let file = self.open("serve.lock")?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => {
                bail!("DATA_DIR {} is in use by another running `vakhta serve`", self.data_dir.display())
            }
            Err(TryLockError::Error(error)) => Err(error).context("DATA_DIR cannot be locked"),
        }
    }

    /// The right to start and stop the cluster; waits for whoever is at it.
    pub fn change(&self) -> anyhow::Result<File> {
        let file = self.open("postgres.lock")?;
        file.lock().context("DATA_DIR cannot be locked")?;
        Ok(file)
    }

    /// Counts this process among the users.
    pub fn join(&self) -> anyhow::Result<File> {
        let file = self.open("users.lock")?;
        file.lock_shared().context("DATA_DIR cannot be locked")?;
        Ok(file)
    }

    /// Whether no process is among the users. Ask only with the right of [`Locks::change`].
    pub fn is_last(&self) -> anyhow::Result<bool> {
        match self.open("users.lock")?.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error).context("DATA_DIR cannot be locked"),
        }
    }

    fn open(&self, name: &str) -> anyhow::Result<File> {
        OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.data_dir.join(name))
            .with_context(|| format!("DATA_DIR {} cannot be written", self.data_dir.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_serves_and_the_last_user_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let locks = Locks::of(folder.path());
        let serving = locks.serve().expect("free");
        let refusal = Locks::of(folder.path()).serve().expect_err("taken");
        assert!(refusal.to_string().contains("another running `vakhta serve`"), "{refusal}");
        drop(serving);
        locks.serve().expect("free again");

        let (first, second) = (locks.join().expect("joined"), locks.join().expect("joined"));
        drop(first);
        assert!(!locks.is_last().expect("an answer"));
        drop(second);
        assert!(locks.is_last().expect("an answer"));
    }
}
