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
        writeln!(self.calls, "{}", json!({ "call": name, "with": with }))?;
        self.calls.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let answer: Value = serde_json::from_str(&line).context("the device program ended")?;
        match answer.pointer("/answer/reply/with") {
            Some(reply) => Ok(reply.clone()),
            None => bail!("{name}: {}", answer["error"]),
        }
    }
}
