//! Synchronising by itself, while the window is open: the engine says whether it is due.

use engine::device::Device;
use std::time::Duration;
use tauri::{AppHandle, Emitter as _, Manager as _};

/// Between two looks. The engine decides; this only wakes it.
const LOOK: Duration = Duration::from_secs(20);

/// Looks from time to time until the app ends.
pub fn synchronise(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(LOOK).await;
            let changes = app.state::<Device>().sync_if_due().await;
            if let Some(changes) = changes {
                // A screen that is gone hears nothing; the next one reads anew.
                let _ = app.emit("changes", &changes);
            }
        }
    });
}
