//! Takes in the one file of a form, piece by piece, into a file without a name: it is gone whatever happens.
//! What is in it is judged by the import.

use app::model::{Error, error::Reference};
use axum::{
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header},
};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

use crate::{error::internal, http::problem::Failure};

/// Longest file.
const FILE_LIMIT: u64 = 32 * 1024 * 1024;
/// Longest request: the file and what the form puts around it.
pub(in crate::http::v1) const BODY_LIMIT: usize = 32 * 1024 * 1024 + 64 * 1024;
/// The form may have other parts, but not endlessly many.
const PARTS: usize = 16;

/// A file that was taken in.
pub(in crate::http::v1) struct Upload {
    /// The name its sender gives it.
    pub(in crate::http::v1) name: String,
    /// All of it, from its beginning.
    pub(in crate::http::v1) file: std::fs::File,
    /// SHA-256 of it.
    pub(in crate::http::v1) digest: [u8; 32],
}

/// The part `file` of the form.
///
/// # Errors
/// `Unsupported` when it is no form, `Unreadable` when it breaks off, `TooLarge`, `Invalid` (`file`) when
/// there is no file or a second one.
pub(in crate::http::v1) async fn receive(request: Request, reference: &Reference) -> Result<Upload, Failure> {
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > BODY_LIMIT as u64) {
        return Err(too_large().into());
    }
    let expected = |_| Error::Unsupported { code: "multipart_expected".into() };
    let mut form = Multipart::from_request(request, &()).await.map_err(expected)?;
    let mut upload = None;
    for _ in 0..PARTS {
        let Some(part) = form.next_field().await.map_err(|error| broken(&error))? else {
            return upload.ok_or_else(|| Error::invalid("file", "file_missing").into());
        };
        if part.name() != Some("file") {
            continue;
        }
        if upload.is_some() {
            return Err(Error::invalid("file", "one_file").into());
        }
        upload = Some(store(part, reference).await?);
    }
    Err(Error::unreadable("multipart_unreadable").into())
}

async fn store(mut part: Field<'_>, reference: &Reference) -> Result<Upload, Failure> {
    let name = name(part.file_name().unwrap_or_default());
    let file = tempfile::tempfile().map_err(|error| failed(reference, error))?;
    let mut file = tokio::fs::File::from_std(file);
    let (mut length, mut digest) = (0, Sha256::new());
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        length += chunk.len() as u64;
        if length > FILE_LIMIT {
            return Err(too_large().into());
        }
        digest.update(&chunk);
        file.write_all(&chunk).await.map_err(|error| failed(reference, error))?;
    }
    file.rewind().await.map_err(|error| failed(reference, error))?;
    Ok(Upload { name, file: file.into_std().await, digest: digest.finalize().into() })
}

/// The last part of the path that some senders give, without what nobody can read.
fn name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn broken(error: &MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large()
    } else {
        Error::unreadable("multipart_unreadable")
    }
}

fn too_large() -> Error {
    Error::TooLarge { code: "file_too_large".into() }
}

/// A disk that does not do its part.
pub(super) fn failed(reference: &Reference, error: std::io::Error) -> Failure {
    internal(reference, error).into()
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_is_the_last_part_of_a_path_without_control_characters() {
        assert_eq!(name("C:\\Отчёты\\люди.xlsx"), "люди.xlsx");
        assert_eq!(name("../../etc/passwd\r\n"), "passwd");
        assert_eq!(name(&"я".repeat(1_000)).chars().count(), 200);
    }
}
