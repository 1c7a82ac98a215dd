//! The first page of a PDF as a picture, made by `pdftoppm` where that is installed.
//!
//! A PDF is a program from a stranger, so the one that reads it gets a folder of its own, no environment, no shell, little
//! time, little memory, and few of it run at once. Whatever goes wrong, there is no picture and nobody is bothered.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use tokio::{process::Command, sync::Semaphore, time::timeout};

/// A longer file has no preview.
pub const LONGEST: usize = 20 << 20;
/// A larger picture is none that a page makes.
const LARGEST_PICTURE: u64 = 8 << 20;
/// Pixels of the longer side.
const SIDE: &str = "1200";
/// How long one may take, and seconds of the processor.
const TIME: Duration = Duration::from_secs(10);
const CPU: &str = "--cpu=8";
/// Bytes of memory, of what is written, and number of open files.
const LIMITS: [&str; 3] = ["--as=805306368", "--fsize=33554432", "--nofile=64"];
/// How many run at once.
const AT_ONCE: usize = 2;

/// Makes pictures, if the program is there.
#[derive(Clone, Debug)]
pub struct Renderer {
    program: Option<PathBuf>,
    /// Sets limits and becomes the program.
    limiter: Option<PathBuf>,
    time: Duration,
    slots: Arc<Semaphore>,
}

impl Renderer {
    /// With the programs of this machine.
    #[must_use]
    pub fn find() -> Self {
        Self::with(found("pdftoppm"))
    }

    /// With this program.
    #[must_use]
    pub fn with(program: Option<PathBuf>) -> Self {
        Self { program, limiter: found("prlimit"), time: TIME, slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Whether a file of this type and size may have a picture.
    #[must_use]
    pub fn reads(&self, kind: &str, size: u64) -> bool {
        self.program.is_some() && kind == "application/pdf" && (1..=LONGEST as u64).contains(&size)
    }

    /// The first page as a JPEG; nothing when there is none.
    pub async fn first_page(&self, pdf: &[u8]) -> Option<Vec<u8>> {
        let program = self.program.as_deref()?;
        let begins = &pdf[..pdf.len().min(1_024)];
        if pdf.len() > LONGEST || !begins.windows(5).any(|five| five == b"%PDF-") {
            return None;
        }
        let _slot = self.slots.acquire().await.ok()?;
        match self.run(program, pdf).await {
            Ok(picture) => picture,
            Err(error) => {
                tracing::debug!(%error, "A PDF has no preview");
                None
            }
        }
    }

    async fn run(&self, program: &Path, pdf: &[u8]) -> std::io::Result<Option<Vec<u8>>> {
        let folder = tempfile::Builder::new().prefix("vakhta-pdf").tempdir()?;
        tokio::fs::write(folder.path().join("page.pdf"), pdf).await?;
        let mut command = match &self.limiter {
            Some(limiter) => {
                let mut command = Command::new(limiter);
                command.args(LIMITS).arg(CPU).arg("--").arg(program);
                command
            }
            None => Command::new(program),
        };
        command
            .args(["-f", "1", "-l", "1", "-singlefile", "-scale-to", SIDE, "-jpeg", "page.pdf", "page"])
            .current_dir(folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let mut child = command.spawn()?;
        let Ok(status) = timeout(self.time, child.wait()).await else {
            child.kill().await?;
            return Ok(None);
        };
        let path = folder.path().join("page.jpg");
        if !status?.success() || tokio::fs::metadata(&path).await?.len() > LARGEST_PICTURE {
            return Ok(None);
        }
        let picture = tokio::fs::read(&path).await?;
        Ok(Some(picture).filter(|picture| picture.starts_with(&[0xff, 0xd8, 0xff])))
    }
}

/// A program in the folders of `PATH`.
fn found(name: impl AsRef<OsStr>) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name.as_ref())).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    const PDF: &[u8] = b"%PDF-1.7 and more";

    /// Something that is called like `pdftoppm`.
    fn program(script: &str) -> (tempfile::TempDir, Renderer) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pdftoppm");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("may be run");
        let renderer = Renderer { time: Duration::from_secs(2), ..Renderer::with(Some(path)) };
        (folder, renderer)
    }

    #[tokio::test]
    async fn the_picture_is_what_the_program_made() {
        // It sees the file, an empty environment and nothing else.
        let (_folder, renderer) = program(
            r#"test -z "$HOME" && test "$(/bin/cat page.pdf)" = "%PDF-1.7 and more" && printf '\377\330\377picture' > page.jpg"#,
        );
        assert_eq!(renderer.first_page(PDF).await.as_deref(), Some(&b"\xff\xd8\xffpicture"[..]));
        assert!(renderer.reads("application/pdf", 5) && !renderer.reads("image/png", 5));
        assert!(!renderer.reads("application/pdf", 0) && !renderer.reads("application/pdf", 1 << 30));
    }

    #[tokio::test]
    async fn whatever_goes_wrong_there_is_no_picture() {
        for script in [
            "exit 1",
            "exit 0",
            "printf '<html>' > page.jpg",
            "while :; do :; done",
            "/usr/bin/head -c 20000000 /dev/zero > page.jpg",
            "kill -9 $$",
        ] {
            let (_folder, renderer) = program(script);
            assert_eq!(renderer.first_page(PDF).await, None, "{script}");
        }
        let (_folder, renderer) = program("printf '\\377\\330\\377picture' > page.jpg");
        assert_eq!(renderer.first_page(b"no PDF at all").await, None);
        assert_eq!(Renderer::with(None).first_page(PDF).await, None);
        assert_eq!(Renderer::with(Some("/no/such/program".into())).first_page(PDF).await, None);
    }
}
