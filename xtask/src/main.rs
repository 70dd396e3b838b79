//! The door of the project: `cargo xtask run | test | check | freeze | fuzz | e2e | bench | shots | ui | setup`.
//!
//! Each command installs what it lacks before it starts (see [`setup`]), says what it is doing, and
//! stops at the first thing that fails. No rule of the product stands here.

mod bench;
mod check;
mod command;
mod e2e;
mod freeze;
mod fuzz;
mod place;
mod progress;
mod run;
mod setup;
mod test;
mod ui;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Builds, runs and proves Allervers.
#[derive(Parser)]
#[command(name = "cargo xtask", version, arg_required_else_help = true)]
struct Door {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run the demonstration: server, invented cité, and the app where there is a display
    Run(run::Options),
    /// Run every test, end-to-end ones included
    Test(test::Options),
    /// Formatting, lints, documentation, licences, the allowed arrows
    Check(check::Options),
    /// Write the frozen formats anew, once a change of format is meant
    Freeze,
    /// Let a fuzzer knock at a door that bytes from outside come through
    Fuzz(fuzz::Options),
    /// Run the end-to-end tests only (real window, real browser, real server)
    E2e(e2e::Options),
    /// Measure; figures go to docs/PERFORMANCE.md by hand
    Bench(bench::Options),
    /// Take pictures of screens: `cargo xtask shots --help`
    #[command(disable_help_flag = true)]
    Shots {
        /// Passed on to the `shots` program
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Build the interface into ui/dist
    Ui(ui::Options),
    /// Install what building and testing need, and nothing that is already there
    Setup,
}

fn main() -> Result<()> {
    match Door::parse().task {
        Task::Run(options) => run::run(&options),
        Task::Test(options) => test::test(&options),
        Task::Check(options) => check::check(&options),
        Task::Freeze => freeze::freeze(),
        Task::Fuzz(options) => fuzz::fuzz(&options),
        Task::E2e(options) => e2e::e2e(&options),
        Task::Bench(options) => bench::bench(&options),
        Task::Shots { arguments } => e2e::shots(&arguments),
        Task::Ui(options) => {
            setup::prepare(setup::Need::Interface)?;
            ui::build(&options)
        }
        Task::Setup => setup::prepare(setup::Need::Test),
    }
}
