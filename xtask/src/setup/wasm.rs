//! The wasm target of the Rust compiler.

use crate::command;
use crate::progress::step;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target where it is absent.
pub fn target() -> Result<()> {
    let Some(sysroot) = command::read("rustc", &["--print", "sysroot"]) else {
        bail!("rustc does not answer; install Rust from https://rustup.rs");
    };
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    if !command::exists("rustup") {
        bail!(
            "the Rust compiler here has no {TARGET} target and rustup is not here to add it.\n\
             Install Rust from https://rustup.rs, or your distribution's package of that target \
             (Debian: libstd-rust-dev-wasm32, Fedora: rust-std-static-{TARGET})."
        );
    }
    step(&format!("Adding the Rust target {TARGET}"), || {
        command::run(Command::new("rustup").args(["target", "add", TARGET]))
    })
}
