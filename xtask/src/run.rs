//! `cargo xtask run`: the demonstration, from a fresh machine to an open window.

mod children;
mod demo;

use crate::progress::{say, step};
use crate::{command, place, setup, ui};
use anyhow::Result;
use children::Children;
use clap::Args;
use demo::Demo;
use std::process::Command;

/// What of the demonstration is started.
#[derive(Args)]
pub struct Options {
    /// Delete the demonstration's data and start over
    #[arg(long)]
    fresh: bool,
    /// Serve the browser face only, even where there is a display
    #[arg(long)]
    browser: bool,
    /// Open the référente's laptop instead of the mediator's tablet
    #[arg(long)]
    laptop: bool,
    /// Optimised programs: slower to build, faster to run
    #[arg(long)]
    release: bool,
}

/// Sets up, builds, serves, opens the window; ends with Ctrl-C or with the window.
///
/// # Errors
/// At the first step that fails.
pub fn run(options: &Options) -> Result<()> {
    setup::prepare(setup::Need::Build)?;
    ui::build(&ui::Options { release: options.release })?;
    let window = !options.browser && has_display();
    build(options.release, window)?;
    let demo = Demo::at(place::root().join("data/demo"));
    if options.fresh {
        demo.delete()?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(options, &demo, window))
}

fn build(release: bool, window: bool) -> Result<()> {
    let mut cargo = command::cargo();
    cargo.args(["build", "--package", "sync-server"]);
    if release {
        cargo.arg("--release");
    }
    step("Building the server", || command::run(&mut cargo))?;
    if window {
        step("Building the app", || command::run(&mut app_build(release)))?;
    }
    Ok(())
}

/// How the app is built: optimised, it carries the interface through its own protocol.
pub fn app_build(release: bool) -> Command {
    let mut cargo = command::cargo();
    cargo.args(["build", "--package", "allervers"]);
    if release {
        cargo.args(["--release", "--features", "custom-protocol"]);
    }
    cargo
}

async fn serve(options: &Options, demo: &Demo, window: bool) -> Result<()> {
    let mut children = Children::default();
    let mut server = Command::new(place::program("sync-server", options.release));
    server.arg("demo").arg("--data").arg(demo.folder()).current_dir(place::root());
    demo.forget_the_last_address()?;
    children.start("the server", &mut server)?;
    children.while_running(demo.wait_until_it_answers()).await?;
    say(demo.welcome()?);
    if window {
        let mut app = Command::new(place::program("allervers", options.release));
        let device = if options.laptop { "laptop" } else { "tablet" };
        app.env("ALLERVERS_DATA", demo.device_folder(device)?).current_dir(place::root());
        children.start("the app", &mut app)?;
        say(format_args!(
            "The app is open on the demonstration's {device}. Ctrl-C here, or closing it, stops everything."
        ));
    } else if options.browser {
        say("Browser face only, as asked. Ctrl-C stops the server.");
    } else {
        say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): the app is not\n\
             opened. The browser face is served. Ctrl-C stops the server.");
    }
    children.until_one_ends_or_ctrl_c().await
}

fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || place::variable("DISPLAY").is_some()
        || place::variable("WAYLAND_DISPLAY").is_some()
}
