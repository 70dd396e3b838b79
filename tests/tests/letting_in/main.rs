//! Joining, when somebody cheats, sets a clock, or closes the app half-way.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod between;
mod clock;
mod closed;
mod stranger;
