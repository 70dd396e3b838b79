//! Tells Tauri where the built interface is, and Cargo when to look again.
#![allow(clippy::print_stdout, reason = "this is how a build script talks to Cargo")]

use std::path::Path;

fn main() {
    let dist = Path::new("../ui/dist");
    // Type checks and lints must pass before the interface was ever built; `cargo xtask` builds it.
    std::fs::create_dir_all(dist).expect("ui/dist can be made");
    for path in ["../ui/dist", "../icons", "tauri.conf.json", "capabilities"] {
        println!("cargo:rerun-if-changed={path}");
    }
    tauri_build::build();
}
