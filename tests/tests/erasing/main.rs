//! Erasing a person: at their word once the days of grace have passed, by a référent's order, for want
//! of contact; on the server and on every device, each of which verifies the cause itself.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

mod causes;
mod copies;
mod forged;
mod linked;
mod list;
mod restored;
mod story;
