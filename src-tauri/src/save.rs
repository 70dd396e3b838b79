//! Writing a file where the user chooses, by the platform's dialog. The screen has no other way to a disk.

use domain::error::{ApiError, ErrorCode};
use std::io::Write as _;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_fs::{FsExt as _, OpenOptions};
use tokio::sync::oneshot;

/// Longest file, bytes.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Longest name proposed, bytes.
const LONGEST_NAME: usize = 80;

/// Asks where, then writes. False where the user closed the dialog.
#[tauri::command]
pub async fn save(app: AppHandle, name: String, content: String) -> Result<bool, ApiError> {
    if content.len() > MOST_BYTES || !is_name(&name) {
        return Err(ErrorCode::Invalid.into());
    }
    let (chosen, choice) = oneshot::channel();
    app.dialog().file().set_file_name(&name).save_file(move |path| drop(chosen.send(path)));
    let Ok(Some(path)) = choice.await else { return Ok(false) };
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    let written = app.fs().open(path, options).and_then(|mut file| {
        file.write_all(content.as_bytes())?;
        file.sync_all()
    });
    written.map(|()| true).map_err(|_| ErrorCode::StorageFull.into())
}

/// A plain name: no folder, nothing hidden.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    name.len() <= LONGEST_NAME
        && name.chars().all(plain)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_name_proposed_by_the_screen_cannot_lead_elsewhere() {
        assert!(is_name("droit-acces-2026-11-25.html"));
        for name in ["", "../store.db", "/etc/passwd", ".bashrc", "a/b", "a\\b", "é.html"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
