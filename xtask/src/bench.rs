//! `cargo xtask bench`: named sizes, fixed seeds, optimised programs.

use crate::progress::step;
use crate::{command, setup};
use anyhow::Result;
use clap::Args;

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// Passed on to the `bench` program: names of measures, sizes ...
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds and runs the measures.
///
/// # Errors
/// Where the build or a measure fails.
pub fn bench(options: &Options) -> Result<()> {
    setup::prepare(setup::Need::Build)?;
    step("Measures", || {
        command::run(
            command::cargo()
                .args(["run", "--release", "--package", "journeys", "--bin", "bench", "--"])
                .args(&options.arguments),
        )
    })
}
