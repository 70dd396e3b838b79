//! The app's real window, driven by WebKit's own driver on a display of its own.

use crate::display::Display;
use crate::driver;
use crate::group::Group;
use crate::page::Page;
use crate::size::Size;
use crate::{place, port};
use anyhow::{Result, bail};
use serde_json::json;
use std::path::Path;
use std::process::{Command, Stdio};

/// Room for every size that is tried.
const SCREEN: Size = Size { width: 1600, height: 4000 };

/// An open window; the app ends with the value.
#[derive(Debug)]
pub struct Window {
    page: Page,
    // The driver and the app below it die before the display does.
    driver: Group,
    _display: Display,
}

impl Window {
    /// Opens the app on a data folder, in a window of this size.
    ///
    /// # Errors
    /// Where the app, the driver or the display is missing or does not start.
    pub async fn open(data: &Path, size: Size) -> Result<Self> {
        let app = place::app();
        if !app.is_file() {
            bail!("{} is not built: `cargo xtask e2e` builds it", app.display());
        }
        let display = Display::start(SCREEN).await?;
        let port = port::free()?;
        // The app inherits the driver's environment.
        let mut driver = Group::start(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("DISPLAY", display.name())
                .env_remove("WAYLAND_DISPLAY")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("ALLERVERS_DATA", data)
                .env("ALLERVERS_WINDOW", size.to_string())
                .env("LANG", "C.UTF-8")
                .stdout(Stdio::null()),
        )?;
        driver::wait_for_port(&mut driver, port).await?;
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": app, "args": [] } });
        let page = Page::new(driver::session(port, capabilities).await?);
        Ok(Self { page, driver, _display: display })
    }

    /// What is shown.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// Kills the app as a flat battery would: nothing is closed, nothing is flushed.
    pub fn kill(self) {
        drop(self.driver);
    }
}
