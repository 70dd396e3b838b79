//! `cargo xtask freeze`: writes anew what is frozen, once a change of format is meant.

use crate::command;
use crate::progress::{say, step};
use anyhow::Result;

/// Writes anew the frozen bytes of the wire, and the stores that the tests open.
///
/// # Errors
/// Where the compiler refuses or a test fails.
pub fn freeze() -> Result<()> {
    step("Bytes of the wire", || {
        let arguments = ["test", "--quiet", "--package", "engine", "--lib", "sync::frozen"];
        command::run(command::cargo().args(arguments).env("ALLERVERS_FREEZE", "1"))
    })?;
    step("A tablet's store and a server's", || {
        let arguments = ["test", "--quiet", "--package", "journeys", "--test", "golden"];
        command::run(command::cargo().args(arguments).env("ALLERVERS_FREEZE", "1"))
    })?;
    say("  What moved: git diff crates/engine/src/sync/frozen.txt; tests/fixtures holds new stores");
    Ok(())
}
