//! Chromium, driven by chromedriver, with a profile of its own.

use crate::driver::{self, Vendor};
use crate::group::Group;
use crate::page::Page;
use crate::port;
use crate::size::Size;
use anyhow::Result;
use serde_json::{Value, json};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// An open browser; closed with the value.
#[derive(Debug)]
pub struct Browser {
    page: Page,
    // Killed before the profile is deleted.
    _driver: Group,
    _profile: TempDir,
}

impl Browser {
    /// Opens a browser whose page has exactly this size.
    ///
    /// # Errors
    /// Where Chromium or its driver is missing or refuses.
    pub async fn open(size: Size) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let port = port::free()?;
        let mut driver = Group::start(
            Command::new("chromedriver")
                .arg(format!("--port={port}"))
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        driver::wait_for_port(&mut driver, port).await?;
        let client = driver::session(port, capabilities(&profile)).await?;
        let page = Page::new(client);
        page.vendor(Vendor::post("goog/cdp/execute", json!({
            "cmd": "Emulation.setDeviceMetricsOverride",
            "params": { "width": size.width, "height": size.height, "deviceScaleFactor": 1, "mobile": false },
        })))
        .await?;
        Ok(Self { page, _driver: driver, _profile: profile })
    }

    /// What is shown.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// What the page wrote to its console since it was last asked: level and text.
    ///
    /// # Errors
    /// Where the driver refuses.
    pub async fn console(&self) -> Result<Vec<String>> {
        let log = self.page.vendor(Vendor::post("se/log", json!({ "type": "browser" }))).await?;
        let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        let entries = log.as_array().cloned().unwrap_or_default();
        Ok(entries
            .iter()
            .map(|entry| format!("{} {}", text(entry, "level"), text(entry, "message")))
            .collect())
    }
}

fn capabilities(profile: &TempDir) -> Value {
    let profile = format!("--user-data-dir={}", profile.path().display());
    json!({
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--lang=fr", "--force-color-profile=srgb", profile,
        ] },
    })
}
