//! `cargo xtask fuzz [DOOR] [--seconds N] [--samples FOLDER]`: a fuzzer at the doors of `journeys::outside`.

use crate::progress::{say, step};
use crate::{command, place, setup};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Versions of cargo-fuzz that know our targets.
const VERSION: &str = "^0.13";
/// Memory of the fuzzed program, megabytes.
const MEMORY_MB: u32 = 2_048;
/// Longest input, bytes.
const LONGEST: u32 = 64 * 1024;
/// Longest that one input may take, seconds: what is slower is a finding.
const SLOWEST_S: u32 = 20;

/// Where, and for how long.
#[derive(Args)]
pub struct Options {
    /// A file of tests/fuzz/targets, without its ending; without it every door, one after the other
    door: Option<String>,
    /// How long at each door
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// A folder with more inputs to begin with, of any kind
    #[arg(long)]
    samples: Option<PathBuf>,
}

/// Builds the targets with a nightly compiler, gathers samples to begin with, fuzzes.
///
/// # Errors
/// Where there is no such door or no nightly compiler, and where the fuzzer finds something.
pub fn fuzz(options: &Options) -> Result<()> {
    let doors = doors(options.door.as_deref())?;
    if !command::answers(Command::new("rustup").args(["run", "nightly", "rustc", "--version"])) {
        bail!("fuzzing needs a nightly compiler: rustup toolchain install nightly");
    }
    let samples = options.samples.as_deref().map(Path::canonicalize).transpose();
    let samples = samples.context("there is no such folder of samples")?;
    setup::prepare(setup::Need::Build)?;
    if !command::answers(command::cargo().args(["fuzz", "--version"])) {
        step("Installing cargo-fuzz (once; about a minute)", || {
            command::run(command::cargo().args(["install", "--locked", "cargo-fuzz", "--version", VERSION]))
        })?;
    }
    step("Building the targets", || {
        doors.iter().try_for_each(|door| command::run(cargo_fuzz("build").arg(door)))
    })?;
    let mut failed = Vec::new();
    for door in &doors {
        if let Err(error) = at(door, options.seconds, samples.as_deref()) {
            failed.push(format!("{door}: {error:#}"));
        }
    }
    if !failed.is_empty() {
        say("  What it found: tests/fuzz/artifacts");
        bail!("{}", failed.join("\n"));
    }
    Ok(())
}

/// The doors to knock at.
fn doors(named: Option<&str>) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder().join("targets"))? {
        all.extend(entry?.path().file_stem().map(|it| it.to_string_lossy().into_owned()));
    }
    all.sort();
    if let Some(named) = named {
        all.retain(|door| door == named);
    }
    if all.is_empty() {
        bail!("no door of this name: see tests/fuzz/targets");
    }
    Ok(all)
}

/// Knocks at one door.
fn at(door: &str, seconds: u32, samples: Option<&Path>) -> Result<()> {
    let corpus = folder().join("corpus").join(door);
    step(&format!("Samples for {door}"), || {
        let doors = ["run", "--quiet", "--package", "journeys", "--bin", "doors", "--"];
        command::run(command::cargo().args(doors).arg(&corpus).arg(door).args(samples))
    })?;
    step(&format!("Fuzzing {door} for {seconds} s"), || {
        command::run(
            cargo_fuzz("run")
                .arg(door)
                .arg("--")
                .arg(format!("-max_total_time={seconds}"))
                .arg(format!("-rss_limit_mb={MEMORY_MB}"))
                .arg(format!("-max_len={LONGEST}"))
                .arg(format!("-timeout={SLOWEST_S}"))
                .arg("-print_final_stats=1"),
        )
    })
}

fn cargo_fuzz(what: &str) -> Command {
    let mut command = Command::new("rustup");
    // No unsafe code of ours: what is looked for is a panic, or memory without bounds.
    command.current_dir(place::root()).args(["run", "nightly", "cargo", "fuzz", what]).args([
        "--fuzz-dir",
        "tests/fuzz",
        "--sanitizer",
        "none",
    ]);
    command
}

fn folder() -> PathBuf {
    place::root().join("tests/fuzz")
}
