//! A mediator loses her tablet, with what she had not sent; a tablet closes; a passphrase is forgotten. The
//! story of `docs/guide/tablette-perdue.md`.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod again;
mod forgotten;
mod found;
mod guesses;
mod scene;
mod secret;
mod silence;
mod story;
