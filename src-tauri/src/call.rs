//! The one command: a call of the contract in, its answer out, and the event of what became stale.

use domain::api::{Answer, Call};
use domain::error::ApiError;
use engine::device::Device;
use tauri::{AppHandle, Emitter as _, State};

/// Serves one call of the screen.
#[tauri::command]
pub async fn call(app: AppHandle, device: State<'_, Device>, call: Call) -> Result<Answer, ApiError> {
    let answer = device.dispatch(call).await?;
    if !answer.changes.0.is_empty() {
        // A screen that is gone hears nothing; the next one reads anew.
        let _ = app.emit("changes", &answer.changes);
    }
    Ok(answer)
}
