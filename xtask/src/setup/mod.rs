//! Installs what is missing, and nothing else.
//!
//! On Debian and Ubuntu packages come by `apt-get`, as root or through sudo. Elsewhere it says in
//! plain words what is missing. A second run asks the package database once and takes no time.

mod debian;
pub mod deny;
mod elsewhere;
mod wasm;

use crate::command;
use anyhow::Result;
use std::path::Path;

/// What is about to be done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// The interface: Rust for wasm only.
    Interface,
    /// The programs: WebKit for the window, OpenSSL for the store.
    Build,
    /// The tests: a display of their own, the drivers of the window and the browser.
    Test,
}

/// Makes sure that `need` can be met on this machine.
///
/// # Errors
/// Where something is missing that cannot be installed from here; the message says what to do.
pub fn prepare(need: Need) -> Result<()> {
    wasm::target()?;
    if need == Need::Interface {
        return Ok(());
    }
    if is_debian() { debian::packages(need) } else { elsewhere::tell(need) }
}

/// Debian, Ubuntu or a descendant of theirs, with its tools.
fn is_debian() -> bool {
    cfg!(target_os = "linux")
        && Path::new("/etc/debian_version").exists()
        && command::exists("dpkg-query")
        && command::exists("apt-get")
}
