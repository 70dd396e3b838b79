//! `cargo xtask check`: what a reader must not have to look for.

use crate::progress::{say, step};
use crate::{command, setup};
use anyhow::Result;
use clap::Args;

/// Everything but the interface, which is for wasm only.
const NATIVE: &[&str] = &["--workspace", "--exclude", "ui"];
const WASM: &[&str] = &["--package", "ui", "--target", "wasm32-unknown-unknown"];

/// What is checked.
#[derive(Args, Default)]
pub struct Options {
    /// Only the licences, bans, sources and advisories of dependencies
    #[arg(long)]
    dependencies: bool,
}

/// Formatting, lints, documentation, licences, the allowed arrows.
///
/// # Errors
/// At the first that fails.
pub fn check(options: &Options) -> Result<()> {
    if options.dependencies {
        return dependencies();
    }
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
    dependencies()
}

/// Licences, bans and sources always; advisories where their database can be fetched.
fn dependencies() -> Result<()> {
    setup::deny::installed()?;
    // Errors only: the crates of which two versions are here are listed by `cargo deny check bans`.
    let deny = ["deny", "--log-level", "error"];
    step("Licences, bans, sources of dependencies", || {
        cargo(&deny, &["check", "licenses", "bans", "sources"])
    })?;
    // A network that swallows everything must not hold the check up.
    let patience = [("GIT_HTTP_LOW_SPEED_LIMIT", "1000"), ("GIT_HTTP_LOW_SPEED_TIME", "20")];
    if !command::answers(command::cargo().args(["deny", "fetch", "db"]).envs(patience)) {
        say(
            "  Advisories: NOT CHECKED. The database (github.com/RustSec/advisory-db) cannot be fetched from here.\n  \
             Where it can: cargo deny check advisories",
        );
        return Ok(());
    }
    step("Advisories", || cargo(&deny, &["check", "advisories"]))
}

fn documentation(arguments: &[&str]) -> Result<()> {
    command::run(command::cargo().env("RUSTDOCFLAGS", "--deny warnings").args(arguments))
}

fn cargo(arguments: &[&str], after: &[&str]) -> Result<()> {
    command::run(command::cargo().args(arguments).args(after))
}
