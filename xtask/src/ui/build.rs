//! Cargo, then wasm-bindgen, then the folder `ui/dist`. Nothing is written where nothing changed.

use super::{Options, dist};
use crate::progress::{say, step};
use crate::{command, place};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// Builds the interface into `ui/dist`.
///
/// # Errors
/// Where the compiler, wasm-bindgen or the disk refuse.
pub fn build(options: &Options) -> Result<()> {
    let profile = if options.release { "wasm" } else { "dev" };
    step("Building the interface", || {
        command::run(command::cargo().args([
            "build",
            "--package",
            "ui",
            "--target",
            "wasm32-unknown-unknown",
            "--profile",
            profile,
        ]))?;
        let folder = if options.release { "wasm" } else { "debug" };
        let wasm = place::target().join("wasm32-unknown-unknown").join(folder).join("ui.wasm");
        let dist = dist::Dist::at(&place::root().join("ui"));
        let stamp = dist.stamp(&wasm)?;
        if dist.is_up_to_date(&stamp) {
            return Ok(());
        }
        let generated = place::target().join("ui-bindgen");
        bind(&wasm, &generated, options.release)?;
        dist.write(&generated, options.release, &stamp)?;
        say(format_args!("  ui/dist: {} kB of wasm", size_kb(&generated.join("ui_bg.wasm"))));
        Ok(())
    })
}

fn bind(wasm: &Path, out: &Path, release: bool) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name("ui")
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(false)
                .remove_name_section(release)
                .remove_producers_section(release)
                .generate(out)
        })
        .context("wasm-bindgen")
}

fn size_kb(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |metadata| metadata.len() / 1000)
}
