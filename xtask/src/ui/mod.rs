//! The interface: Rust to wasm, wasm to what a browser loads, all of it in `ui/dist`.

mod build;
mod dist;

pub use build::build;
use clap::Args;

/// How the interface is built.
#[derive(Args, Clone, Copy, Default)]
pub struct Options {
    /// Small and fast instead of quickly built; adds compressed copies
    #[arg(long)]
    pub release: bool,
}
