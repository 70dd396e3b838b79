//! `cargo xtask fuzz DOOR [SECONDS]`: a fuzzer at one of the doors of `journeys::outside`.

use crate::progress::{say, step};
use crate::{command, place, setup};
use anyhow::{Result, bail};
use clap::Args;
use std::process::Command;

/// Versions of cargo-fuzz that know our targets.
const VERSION: &str = "^0.13";
/// Memory of the fuzzed program, megabytes.
const MEMORY_MB: u32 = 2_048;
/// Longest input, bytes.
const LONGEST: u32 = 64 * 1024;

/// Where, and for how long.
#[derive(Args)]
pub struct Options {
    /// A file of tests/fuzz/targets, without its ending
    door: String,
    /// How long
    #[arg(default_value_t = 60)]
    seconds: u32,
}

/// Builds the target with a nightly compiler, gathers samples to begin with, fuzzes.
///
/// # Errors
/// Where there is no such door or no nightly compiler, and where the fuzzer finds something.
pub fn fuzz(options: &Options) -> Result<()> {
    let folder = place::root().join("tests/fuzz");
    if !folder.join("targets").join(format!("{}.rs", options.door)).exists() {
        bail!("no door of this name: see tests/fuzz/targets");
    }
    if !command::answers(Command::new("rustup").args(["run", "nightly", "rustc", "--version"])) {
        bail!("fuzzing needs a nightly compiler: rustup toolchain install nightly");
    }
    setup::prepare(setup::Need::Build)?;
    if !command::answers(command::cargo().args(["fuzz", "--version"])) {
        step("Installing cargo-fuzz (once; about a minute)", || {
            command::run(command::cargo().args(["install", "--locked", "cargo-fuzz", "--version", VERSION]))
        })?;
    }
    let corpus = folder.join("corpus").join(&options.door);
    step("Samples", || {
        let doors = ["run", "--quiet", "--package", "journeys", "--bin", "doors", "--"];
        command::run(command::cargo().args(doors).arg(&corpus).arg(&options.door))
    })?;
    let fuzzed = step("Fuzzing", || {
        command::run(
            Command::new("rustup")
                .current_dir(place::root())
                .args(["run", "nightly", "cargo", "fuzz", "run"])
                // No unsafe code of ours: what is looked for is a panic, or memory without bounds.
                .args(["--fuzz-dir", "tests/fuzz", "--sanitizer", "none"])
                .arg(&options.door)
                .arg("--")
                .arg(format!("-max_total_time={}", options.seconds))
                .arg(format!("-rss_limit_mb={MEMORY_MB}"))
                .arg(format!("-max_len={LONGEST}")),
        )
    });
    if fuzzed.is_err() {
        say("  What it found: tests/fuzz/artifacts");
    }
    fuzzed
}
