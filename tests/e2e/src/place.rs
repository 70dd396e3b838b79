//! Where programs, the interface and the tests' output stand.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("the crate stands in tests/e2e").to_path_buf()
}

/// Where pictures are kept as test output.
pub fn output() -> PathBuf {
    root().join("tests/output")
}

/// Where demonstrations are kept from one test to the next.
pub fn kept() -> PathBuf {
    beside("demonstrations")
}

/// The app under test: `ALLERVERS_APP`, or what Cargo built beside this test.
pub fn app() -> PathBuf {
    variable("ALLERVERS_APP").map_or_else(|| beside("allervers"), PathBuf::from)
}

/// The server under test: `ALLERVERS_SERVER`, or what Cargo built beside this test.
pub fn server() -> PathBuf {
    variable("ALLERVERS_SERVER").map_or_else(|| beside("sync-server"), PathBuf::from)
}

/// The device without a screen, as Cargo built it beside this test.
pub fn device() -> PathBuf {
    beside("device")
}

/// The built interface.
pub fn dist() -> PathBuf {
    root().join("ui/dist")
}

/// A program that Cargo built in the same target folder as the running one.
fn beside(name: &str) -> PathBuf {
    let me = env::current_exe().expect("a running program has a file");
    let folder = me.parent().expect("a file stands in a folder");
    let folder =
        if folder.ends_with("deps") { folder.parent().expect("deps stands in a profile") } else { folder };
    folder.join(name)
}

#[allow(clippy::disallowed_methods, reason = "the one place of the harness that reads the environment")]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
