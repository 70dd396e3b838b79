//! Files and folders that their owner alone may look into: what is recorded is about people, also where it names
//! nobody. Elsewhere than on Unix the system's own rules for a user's folders hold.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder where it is missing, and those above it.
///
/// # Errors
/// What the disk refuses.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a file that is not there yet.
///
/// # Errors
/// What the disk refuses; one that is there already is not touched.
pub fn new_file(path: &Path) -> io::Result<File> {
    options().write(true).create_new(true).open(path)
}

/// How such a file is opened: whoever opens it says for what.
pub(crate) fn options() -> OpenOptions {
    #[allow(unused_mut, reason = "elsewhere than on Unix there is nothing to say")]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
