//! A device without a screen: the `device` program, one call as JSON a line.

use crate::place;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running program; it ends with this value.
#[derive(Debug)]
pub struct Headless {
    child: Child,
    calls: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Drop for Headless {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Headless {
    /// Opens the device of a folder.
    ///
    /// # Errors
    /// Where the program is not built or does not start.
    pub fn start(folder: &Path) -> Result<Self> {
        let mut child = Command::new(place::device())
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the device program does not start: `cargo xtask e2e` builds it")?;
        let (Some(calls), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("the device program has no pipes");
        };
        Ok(Self { child, calls, answers: BufReader::new(answers) })
    }

    /// Makes a call; returns what its reply holds.
    ///
    /// # Errors
    /// What the call refuses.
    pub fn call(&mut self, name: &str, with: Value) -> Result<Value> {
        let answer = self.ask(&json!({ "call": name, "with": with }))?;
        match answer.pointer("/answer/reply/with") {
            Some(reply) => Ok(reply.clone()),
            None => bail!("{name}: {}", answer["error"]),
        }
    }

    /// Passes a call on as it is; returns what the program wrote: `answer` or `error`.
    ///
    /// # Errors
    /// Where the program is gone.
    pub fn ask(&mut self, call: &Value) -> Result<Value> {
        writeln!(self.calls, "{call}")?;
        self.calls.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        serde_json::from_str(&line).context("the device program ended")
    }

    /// Unlocks the device as its first user.
    ///
    /// # Errors
    /// Where the passphrase is another.
    pub fn unlock(&mut self, passphrase: &str) -> Result<()> {
        let status = self.call("status", json!({}))?;
        let user = status.pointer("/state/locked/users/0/user").cloned().unwrap_or_default();
        self.call("unlock", json!({ "user": user, "passphrase": passphrase })).map(drop)
    }
}
