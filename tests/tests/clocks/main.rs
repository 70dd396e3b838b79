//! Tablets whose clock is wrong: what they enter is kept as it is, and disturbs nothing.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod agreements;
mod contacts;
mod scene;
