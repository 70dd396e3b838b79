//! The end-to-end tests: the real window, the real browser, the real server.

use crate::progress::step;
use crate::{command, setup, test, ui};
use anyhow::Result;
use clap::Args;

/// Which tests run.
#[derive(Args)]
pub struct Options {
    /// Do not build the interface, the server and the app first
    #[arg(long)]
    no_build: bool,
    /// Passed on to the tests: a name, `--nocapture` ...
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Sets up, builds, runs.
///
/// # Errors
/// Where a build or a test fails.
pub fn e2e(options: &Options) -> Result<()> {
    setup::prepare(setup::Need::Test)?;
    if options.no_build {
        return tests(&options.arguments);
    }
    ui::build(&ui::Options::default())?;
    run(&options.arguments)
}

/// Builds the programs and runs the tests.
///
/// # Errors
/// Where a build or a test fails.
pub fn run(arguments: &[String]) -> Result<()> {
    step("Building what the end-to-end tests start", test::programs)?;
    tests(arguments)
}

fn tests(arguments: &[String]) -> Result<()> {
    step("End-to-end tests", || {
        // One after the other: each starts a window, a browser and a server of its own.
        command::run(
            command::cargo().args(["test", "--package", "e2e", "--", "--test-threads", "1"]).args(arguments),
        )
    })
}

/// Takes pictures of screens.
///
/// # Errors
/// Where the program cannot be built or fails.
pub fn shots(arguments: &[String]) -> Result<()> {
    command::run(
        command::cargo().args(["run", "--quiet", "--package", "e2e", "--bin", "shots", "--"]).args(arguments),
    )
}
