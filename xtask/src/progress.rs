//! What the person at the terminal sees: each step by name, and how long it took.

use anyhow::{Context, Result};
use std::fmt::Display;
use std::time::Instant;

/// Announces a step, does it, and says how long it took.
///
/// # Errors
/// The step's own, under its title.
pub fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(format_args!("\x1b[1m▸ {title}\x1b[0m"));
    let start = Instant::now();
    let done = work().with_context(|| title.to_owned())?;
    say(format_args!("  {title}: {}", spent(start)));
    Ok(done)
}

/// Time since `start`, for a reader.
pub fn spent(start: Instant) -> String {
    let seconds = start.elapsed().as_secs_f64();
    if seconds < 90.0 { format!("{seconds:.1} s") } else { format!("{:.1} min", seconds / 60.0) }
}

/// Writes one line.
#[allow(clippy::print_stderr, reason = "the xtask talks to a person at a terminal")]
pub fn say(line: impl Display) {
    eprintln!("{line}");
}
