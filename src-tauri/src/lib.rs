//! The shell of the tablet and the laptop: one window, one command for calls, one for files, one event.
//!
//! It translates and never decides: every call goes to the engine, every answer back to the screen.

mod background;
mod call;
mod launch;
mod save;
mod window;

use engine::clock::SystemClock;
use engine::device::Device;
use launch::Launch;
use std::sync::Arc;
use tauri::Manager as _;

/// Why the app could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The window could not be opened.
    #[error("the window cannot be opened")]
    Window(#[from] tauri::Error),
    /// The data folder cannot be used.
    #[error("the data folder cannot be used: {0}")]
    Device(#[from] engine::EngineError),
}

/// Opens the window and runs until it is closed.
///
/// # Errors
/// [`StartError`] where the app cannot start.
pub fn run() -> Result<(), StartError> {
    let launch = Launch::from_environment();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_fs::init())
        .invoke_handler(tauri::generate_handler![call::call, save::save])
        .setup(move |app| {
            let folder = launch.data.clone().map_or_else(|| app.path().app_data_dir(), Ok)?;
            app.manage(Device::at(folder, Arc::new(SystemClock)).map_err(StartError::from)?);
            window::open(app, launch.size)?;
            background::synchronise(app.handle().clone());
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
