//! A tablet whose files were copied, or put back from an image: both copies go on, in whatever order they
//! exchange, and everything that was entered on either is there once.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod copies;
mod scene;
mod story;
