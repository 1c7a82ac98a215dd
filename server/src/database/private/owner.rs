//! The user PostgreSQL runs as: ourselves, or `postgres` when we are root, whom it refuses.

use std::{
    fs, io,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::Command,
};

use anyhow::{Context, bail};

/// Somebody who may own a cluster.
#[derive(Clone, Debug)]
pub struct Owner(Option<Other>);

#[derive(Clone, Debug)]
struct Other {
    name: &'static str,
    uid: u32,
    gid: u32,
}

impl Owner {
    /// Ourselves, or `postgres` for root.
    pub fn detect() -> anyhow::Result<Self> {
        if id(&["-u"]).context("`id` cannot be run")? != 0 {
            return Ok(Self(None));
        }
        let name = "postgres";
        match (id(&["-u", name]), id(&["-g", name])) {
            (Ok(uid), Ok(gid)) => Ok(Self(Some(Other { name, uid, gid }))),
            _ => bail!("PostgreSQL does not run as root and there is no user `{name}`: `useradd --system {name}`"),
        }
    }

    /// The user's name, for messages.
    pub fn name(&self) -> &str {
        self.0.as_ref().map_or("this one", |other| other.name)
    }

    /// A command run by this user, away from our folder and our environment.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env_clear().env("LC_ALL", "C");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        if let Some(other) = &self.0 {
            command.uid(other.uid).gid(other.gid);
        }
        command
    }

    /// Whether this user can enter `folder`.
    pub fn can_enter(&self, folder: &Path) -> anyhow::Result<bool> {
        if self.0.is_none() {
            return Ok(true);
        }
        let status =
            self.command(Path::new("/bin/sh")).args(["-c", "cd \"$1\" 2>/dev/null", "sh"]).arg(folder).status();
        Ok(status.context("`/bin/sh` cannot be run")?.success())
    }

    /// Makes a folder that nobody but this user can enter; one that exists must be his.
    pub fn make_folder(&self, folder: &Path) -> anyhow::Result<()> {
        match fs::create_dir(folder) {
            Ok(()) => {
                fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
                if let Some(other) = &self.0 {
                    std::os::unix::fs::chown(folder, Some(other.uid), Some(other.gid))?;
                }
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self.must_own(folder),
            Err(error) => Err(error).with_context(|| format!("{} cannot be made", folder.display())),
        }
    }

    /// Somebody else's folder under a name we would have chosen could hold somebody else's socket.
    fn must_own(&self, folder: &Path) -> anyhow::Result<()> {
        use std::os::unix::fs::MetadataExt;
        let found = fs::symlink_metadata(folder)?;
        let own = match &self.0 {
            Some(other) => other.uid,
            None => id(&["-u"])?,
        };
        if found.is_dir() && found.uid() == own {
            Ok(())
        } else {
            bail!("{} belongs to somebody else", folder.display())
        }
    }
}

fn id(arguments: &[&str]) -> anyhow::Result<u32> {
    let output = Command::new("id").args(arguments).output()?;
    anyhow::ensure!(output.status.success(), "`id {}` failed", arguments.join(" "));
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}
