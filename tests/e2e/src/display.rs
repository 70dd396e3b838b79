//! A display of its own: Xvfb, on a number that the server itself chooses.

use crate::group::Group;
use crate::size::Size;
use anyhow::{Context, Result, bail};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long Xvfb may take to name its display.
const PATIENCE: Duration = Duration::from_secs(20);

/// A display that ends with the value.
#[derive(Debug)]
pub struct Display {
    name: String,
    _xvfb: Group,
}

impl Display {
    /// Starts a display of this size.
    ///
    /// # Errors
    /// Where Xvfb is missing or does not start.
    pub async fn start(size: Size) -> Result<Self> {
        let screen = format!("{size}x24");
        let mut xvfb = Group::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &screen])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let stdout = xvfb.child().stdout.take().context("Xvfb has no output")?;
        let line = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).map(|_| line)
        });
        let line = tokio::time::timeout(PATIENCE, line).await.context("Xvfb does not start")???;
        let number = line.trim();
        if number.is_empty() {
            bail!("Xvfb stopped before it had a display");
        }
        Ok(Self { name: format!(":{number}"), _xvfb: xvfb })
    }

    /// Its name, as `DISPLAY` wants it.
    pub fn name(&self) -> &str {
        &self.name
    }
}
