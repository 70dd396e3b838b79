//! A copy of a found device's store, in this device's own folder: what was found is never written to. The
//! copy is as encrypted as the original, and goes when it is dropped.

use crate::random;
use domain::error::{ApiError, ErrorCode};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Largest store that is copied, bytes.
const MOST_BYTES: u64 = 8 * 1024 * 1024 * 1024;

/// A copied store.
pub(super) struct Copied(PathBuf);

impl Copied {
    /// Copies the store of a found folder.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] for a folder that holds none, or for this device's own; [`ErrorCode::StorageFull`].
    pub(super) fn of(found: &Path, own: &Path) -> Result<Self, ApiError> {
        let wrong = || ApiError::about(ErrorCode::Invalid, "folder");
        let same = match (found.canonicalize(), own.canonicalize()) {
            (Ok(found), Ok(own)) => found == own,
            _ => return Err(wrong()),
        };
        let store = found.join("store.db");
        let size = fs::metadata(&store).ok().filter(fs::Metadata::is_file).map(|it| it.len());
        if same || size.is_none_or(|it| it > MOST_BYTES) {
            return Err(wrong());
        }
        let name: String = random::bytes::<8>()?.iter().map(|byte| format!("{byte:02x}")).collect();
        let copied = Self(own.join(format!("found-{name}")));
        let full = |_: io::Error| ErrorCode::StorageFull;
        fs::create_dir(&copied.0).map_err(full)?;
        fs::copy(&store, copied.store()).map_err(full)?;
        // What was committed last may still stand in the log beside it.
        match fs::copy(found.join("store.db-wal"), copied.0.join("store.db-wal")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(full(error).into()),
            _ => Ok(copied),
        }
    }

    /// The copied store.
    pub(super) fn store(&self) -> PathBuf {
        self.0.join("store.db")
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
