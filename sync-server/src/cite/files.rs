//! The files of a data folder, and the founder's key in one of them.

use super::OpenError;
use engine::private;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

pub(crate) fn store_path(folder: &Path) -> PathBuf {
    folder.join("server.db")
}

pub(crate) fn key_path(folder: &Path) -> PathBuf {
    folder.join("founder.key")
}

/// Where the control journal is kept unless said otherwise.
pub fn journal_path(folder: &Path) -> PathBuf {
    folder.join("control.journal")
}

pub(crate) fn read_key(path: &Path) -> Result<Zeroizing<[u8; 32]>, OpenError> {
    let bytes = Zeroizing::new(fs::read(path)?);
    Ok(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| OpenError::DamagedKey)?))
}

/// Writes the founder's key for its owner's eyes only.
pub(crate) fn write_key(path: &Path, secret: &[u8; 32]) -> Result<(), std::io::Error> {
    let mut file = private::new_file(path)?;
    file.write_all(secret)?;
    file.sync_all()
}
