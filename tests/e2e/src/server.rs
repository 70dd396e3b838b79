//! The real server, on a port and in a folder of its own, serving the demonstration.

use crate::group::Group;
use crate::line::Line;
use crate::{demonstration, place, port};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The first start makes the invented cité.
const PATIENCE: Duration = Duration::from_secs(300);

/// A running server; stopped with the value.
#[derive(Debug)]
pub struct Server {
    notes: Value,
    _program: Group,
}

impl Server {
    /// Serves a demonstration of its own, in an empty folder.
    ///
    /// # Errors
    /// Where the server is not built, ends, or does not answer.
    pub async fn demonstration(folder: &Path) -> Result<Self> {
        demonstration::copy_into(folder).await?;
        Self::serve(folder).await
    }

    /// Serves the demonstration of a folder, which is made where it is not there yet.
    pub(crate) async fn serve(folder: &Path) -> Result<Self> {
        let server = place::server();
        if !server.is_file() {
            bail!("{} is not built: `cargo xtask e2e` builds it", server.display());
        }
        let listen = format!("127.0.0.1:{}", port::free()?);
        let mut program = Group::start(
            Command::new(server)
                .args(["demo", "--listen", &listen, "--data"])
                .arg(folder)
                .arg("--interface")
                .arg(place::dist())
                .stdout(Stdio::null()),
        )?;
        let file = folder.join("demo.json");
        let made = async {
            loop {
                if let Ok(bytes) = std::fs::read(&file)
                    && let Ok(notes) = serde_json::from_slice(&bytes)
                    && tokio::net::TcpStream::connect(&listen).await.is_ok()
                {
                    return Ok(notes);
                }
                if !program.is_running() {
                    bail!("the server ended");
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        let notes: Value =
            tokio::time::timeout(PATIENCE, made).await.context("the server did not answer in time")??;
        Ok(Self { notes, _program: program })
    }

    /// The same cité, stopped and served again at another port: a [`Line`] may stand where its devices look
    /// for it.
    ///
    /// # Errors
    /// Where the server does not start or does not answer; where the port it leaves is taken.
    pub async fn behind_a_line(self, folder: &Path) -> Result<(Self, Line)> {
        let Self { notes, _program } = self;
        let before = port::of(notes.pointer("/url").and_then(Value::as_str).unwrap_or_default())?;
        drop(_program);
        let now = port::free()?;
        let mut program = Group::start(
            Command::new(place::server())
                .args(["serve", "--listen", &format!("127.0.0.1:{now}"), "--data"])
                .arg(folder.join("server"))
                .arg("--interface")
                .arg(place::dist())
                .stdout(Stdio::null()),
        )?;
        crate::driver::wait_for_port(&mut program, now).await?;
        Ok((Self { notes, _program: program }, Line::between(before, now).await?))
    }

    /// Its address.
    pub fn url(&self) -> String {
        self.text("/url")
    }

    /// Folder of the enrolled tablet.
    pub fn tablet(&self) -> PathBuf {
        PathBuf::from(self.text("/tablet/store_path"))
    }

    /// Passphrase of the tablet.
    pub fn passphrase(&self) -> String {
        self.text("/tablet/passphrase")
    }

    /// Login and password of the coordinator.
    pub fn coordinator(&self) -> (String, String) {
        (self.text("/accounts/0/login"), self.text("/accounts/0/password"))
    }

    fn text(&self, pointer: &str) -> String {
        self.notes.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}
