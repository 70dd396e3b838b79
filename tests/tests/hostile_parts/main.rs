//! A member's device with software of its own, and a server that cheats, before named parts: what is written in,
//! whose keys are used, and whose *yes* counts.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod keys;
mod room;
mod scene;
mod sight;
