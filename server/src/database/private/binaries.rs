//! Finding PostgreSQL on this machine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

/// The oldest version that is supported.
const OLDEST: u32 = 15;

/// The programs of one installed version.
#[derive(Clone, Debug)]
pub struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// Those of version `wanted`, else the newest.
    pub fn find(wanted: Option<u32>) -> anyhow::Result<Self> {
        let mut found: Vec<Self> = folders().into_iter().filter_map(Self::in_folder).collect();
        found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
        match wanted {
            Some(wanted) => found.into_iter().find(|binaries| binaries.major == wanted).with_context(|| {
                format!("the data in DATA_DIR was made by PostgreSQL {wanted}, which is not installed (`apt-get install postgresql-{wanted}`)")
            }),
            None => match found.into_iter().next() {
                Some(newest) if newest.major >= OLDEST => Ok(newest),
                Some(newest) => bail!("PostgreSQL {} is too old, {OLDEST} or newer is needed; or set DATABASE_URL", newest.major),
                None => bail!("PostgreSQL is not installed (`apt-get install postgresql`) and DATABASE_URL is not set"),
            },
        }
    }

    /// The path of one program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn in_folder(folder: PathBuf) -> Option<Self> {
        let complete = ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file());
        if !complete {
            return None;
        }
        let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        let major = major(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self { folder, major })
    }
}

/// The first number in `postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)`.
fn major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The folders of `PATH`, and those where distributions keep versions side by side.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    for (parent, below) in [("/usr/lib/postgresql", "bin"), ("/opt/homebrew/opt", "bin"), ("/usr/local/opt", "bin")] {
        folders.extend(children(Path::new(parent), "").into_iter().map(|child| child.join(below)));
    }
    folders.extend(children(Path::new("/usr"), "pgsql-").into_iter().map(|child| child.join("bin")));
    folders.retain(|folder| folder.join("pg_ctl").is_file());
    folders.dedup();
    folders
}

fn children(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(prefix)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_version_is_read_from_what_the_program_says() {
        assert_eq!(major("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major("postgres\n"), None);
    }
}
