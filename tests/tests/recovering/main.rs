//! Every référent is lost; the cité comes back with the sheet. The story of `docs/guide/cle-imprimee.md`.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod cheating;
mod cut;
mod organisations;
mod reprint;
mod scene;
mod story;
