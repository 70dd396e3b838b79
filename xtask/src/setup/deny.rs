//! `cargo deny`: what guards licences, duplicates and sources of the crates below ours.

use crate::command;
use crate::progress::step;
use anyhow::Result;

/// Versions that read our `deny.toml`.
const VERSION: &str = "^0.20";

/// Builds and installs it where it is absent. Cargo shows each crate it compiles.
pub fn installed() -> Result<()> {
    if command::answers(command::cargo().args(["deny", "--version"])) {
        return Ok(());
    }
    step("Installing cargo-deny (once; about five minutes on two cores)", || {
        command::run(command::cargo().args(["install", "--locked", "cargo-deny", "--version", VERSION]))
    })
}
