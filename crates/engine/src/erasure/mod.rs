//! Erasing a person: everything of theirs, on the server and on every device that held it, for good.
//!
//! An erasure is a signed record ([`document::control::ErasureBody`]). The server signs what the ledger
//! or time has decided (`due`), a référent's device an order (`order`). Whoever receives one carries it
//! out: the server once the signature holds (`server`), a device only once it has verified the cause
//! itself (`device`, `verify`); without one nothing is deleted and the user is told.

pub(crate) mod device;
mod due;
mod list;
mod message;
pub(crate) mod order;
pub(crate) mod partners;
pub(crate) mod parts;
pub(crate) mod server;
pub(crate) mod term;
mod verify;

pub use due::{Due, Ended, Retention};
pub use list::{list, of_organisation};
pub(crate) use list::{named, number};
pub(crate) use message::MOST_LIST;
pub use message::{ErasuresAsked, ErasuresSent, answer};
