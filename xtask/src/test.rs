//! `cargo xtask test`: everything that must be true, from a fresh machine.

use crate::progress::{say, spent};
use crate::{check, command, e2e, run, setup, ui};
use anyhow::{Result, bail};
use clap::Args;
use std::time::Instant;

/// The crates whose tests Cargo runs. Of the interface only its words are tested here; its screens, and
/// the app, are proved from the outside.
pub const CRATES: &[&str] = &["domain", "document", "engine", "sync-server", "journeys", "ui"];

/// What is tested.
#[derive(Args)]
pub struct Options {
    /// Leave out formatting, lints and documentation (`cargo xtask check`)
    #[arg(long)]
    no_check: bool,
    /// Leave out the end-to-end tests
    #[arg(long)]
    no_e2e: bool,
}

/// A part of the whole, by name.
type Part = (&'static str, Box<dyn FnOnce() -> Result<()>>);

/// Sets up, builds, runs every part even after one failed, and says which did.
///
/// # Errors
/// Where any part failed.
pub fn test(options: &Options) -> Result<()> {
    setup::prepare(setup::Need::Test)?;
    ui::build(&ui::Options::default())?;
    let mut parts: Vec<Part> = vec![("tests of the crates", Box::new(crates))];
    if !options.no_e2e {
        parts.push(("end-to-end tests", Box::new(|| e2e::run(&[]))));
    }
    if !options.no_check {
        parts.push(("check", Box::new(|| check::check(&check::Options::default()))));
    }
    let start = Instant::now();
    let mut summary = Vec::new();
    let mut failed = 0;
    for (name, part) in parts {
        let part_start = Instant::now();
        let done = part();
        let took = spent(part_start);
        match done {
            Ok(()) => summary.push(format!("  passed  {name} ({took})")),
            Err(error) => {
                failed += 1;
                summary.push(format!("  FAILED  {name} ({took}): {error:#}"));
            }
        }
    }
    say(format_args!("\ncargo xtask test — {}\n{}\n", spent(start), summary.join("\n")));
    if failed > 0 {
        bail!("{failed} of {} parts failed", summary.len());
    }
    Ok(())
}

fn crates() -> Result<()> {
    let packages = CRATES.iter().flat_map(|name| ["--package", name]);
    command::run(command::cargo().args(["test", "--no-fail-fast"]).args(packages))
}

/// Builds what the end-to-end tests start: server, headless device, app.
///
/// # Errors
/// Where the compiler refuses.
pub fn programs() -> Result<()> {
    command::run(command::cargo().args([
        "build",
        "--package",
        "sync-server",
        "--package",
        "journeys",
        "--bins",
    ]))?;
    command::run(&mut run::app_build(false))
}
