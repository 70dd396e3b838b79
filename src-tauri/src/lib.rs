//! The shell of the tablet and the laptop: one window, one command, one event.
//!
//! It translates and never decides: every call goes to the engine, every answer back to the screen.

mod launch;
mod window;

use launch::Launch;

/// Why the app could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The window could not be opened.
    #[error("the window cannot be opened")]
    Window(#[from] tauri::Error),
}

/// Opens the window and runs until it is closed.
///
/// # Errors
/// [`StartError`] where the app cannot start.
pub fn run() -> Result<(), StartError> {
    let launch = Launch::from_environment();
    tauri::Builder::default()
        .setup(move |app| {
            window::open(app, launch.size)?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
