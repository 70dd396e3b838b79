//! Runs other programs in the root of the repository, with their output shown.

use crate::place;
use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};

/// Cargo itself, the one that runs this xtask.
pub fn cargo() -> Command {
    let cargo = place::variable("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(place::root());
    command
}

/// Runs a program to its end; its output is shown.
///
/// # Errors
/// Where it cannot start or ends badly.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs a program and returns what it wrote; none where it cannot start or ends badly.
pub fn read(name: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(name).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program ends well; nothing is shown.
pub fn answers(command: &mut Command) -> bool {
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Whether a program is there to be run.
pub fn exists(name: &str) -> bool {
    read(name, &["--version"]).is_some()
}

fn line(command: &Command) -> String {
    let name = command.get_program().to_string_lossy();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(name).chain(words).collect::<Vec<_>>().join(" ")
}
