//! `cargo xtask check`: what a reader must not have to look for.

use crate::progress::{say, step};
use crate::{command, setup};
use anyhow::Result;

/// Everything but the interface, which is for wasm only.
const NATIVE: &[&str] = &["--workspace", "--exclude", "ui"];
const WASM: &[&str] = &["--package", "ui", "--target", "wasm32-unknown-unknown"];

/// Formatting, lints, documentation, licences, the allowed arrows.
///
/// # Errors
/// At the first that fails.
pub fn check() -> Result<()> {
    setup::prepare(setup::Need::Build)?;
    step("Formatting", || cargo(&["fmt", "--all", "--check"], &[]))?;
    step("Lints", || {
        let warnings = ["--", "--deny", "warnings"];
        cargo(&[&["clippy", "--all-targets"], NATIVE].concat(), &warnings)?;
        cargo(&[&["clippy"], WASM].concat(), &warnings)
    })?;
    step("Documentation", || {
        documentation(&[&["doc", "--no-deps"], NATIVE].concat())?;
        documentation(&[&["doc", "--no-deps"], WASM].concat())
    })?;
    step("Allowed arrows", || {
        cargo(&["test", "--quiet", "--package", "journeys", "--test", "architecture"], &[])
    })?;
    licences()
}

fn licences() -> Result<()> {
    if !command::exists("cargo-deny") {
        say("  cargo-deny is not installed: licences, sources and advisories were NOT checked.\n  \
             cargo install cargo-deny --locked");
        return Ok(());
    }
    step("Licences, sources, advisories", || cargo(&["deny", "check"], &[]))
}

fn documentation(arguments: &[&str]) -> Result<()> {
    command::run(command::cargo().env("RUSTDOCFLAGS", "--deny warnings").args(arguments))
}

fn cargo(arguments: &[&str], after: &[&str]) -> Result<()> {
    command::run(command::cargo().args(arguments).args(after))
}
