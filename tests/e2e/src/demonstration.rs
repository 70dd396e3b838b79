//! The invented cité, made once by this server on this day and copied for each test: making it takes a
//! minute or two, a copy an instant.

use crate::{place, server};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Copies the demonstration into a folder.
///
/// # Errors
/// Where it cannot be made or copied.
pub async fn copy_into(folder: &Path) -> Result<()> {
    let made = made().await?;
    copy(&made, folder)?;
    // It says where another server listened.
    Ok(fs::remove_file(folder.join("demo.json"))?)
}

/// The one of this server and this day.
async fn made() -> Result<PathBuf> {
    let server = fs::metadata(place::server()).context("the server is not built")?;
    let built_ms = server.modified()?.duration_since(UNIX_EPOCH)?.as_millis();
    let day = UNIX_EPOCH.elapsed()?.as_secs() / 86_400;
    let all = place::kept();
    let mine = all.join(format!("{day}-{built_ms}-{}", server.len()));
    if mine.is_dir() {
        return Ok(mine);
    }
    // The old ones are of other days or other servers.
    if all.is_dir() {
        fs::remove_dir_all(&all)?;
    }
    fs::create_dir_all(&all)?;
    let begun = tempfile::tempdir_in(&all)?;
    drop(server::Server::serve(begun.path()).await?);
    let begun = begun.keep();
    if fs::rename(&begun, &mine).is_err() {
        // Another test was faster.
        fs::remove_dir_all(&begun)?;
    }
    Ok(mine)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
