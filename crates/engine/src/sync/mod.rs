//! Synchronisation: one log, one cursor, one exchange; idle is one round trip whatever the number of
//! documents. See `docs/SYNC.md`.
//!
//! `message` says what travels, `frame` how; `host`, `receive` and `serve` are the server’s half, `push`
//! and `pull` the device’s; [`Exchange`] is the one trait between them.

mod anchor;
mod answer;
mod batches;
mod behalf;
mod belongs;
mod carriage;
mod carry;
mod conclude;
mod consent;
mod days;
mod error;
mod exchange;
mod frame;
#[cfg(test)]
mod frozen;
mod host;
mod http;
mod membership;
mod message;
mod noted;
mod pull;
mod push;
mod receive;
mod recognise;
mod reconcile;
mod records;
mod replay;
pub(crate) mod rollback;
mod sealed;
mod serve;
pub(crate) mod visible;
pub(crate) mod wanted;

pub(crate) use anchor::{state as audit_state, to_note as audit_to_note};
pub use answer::Outcome;
pub(crate) use behalf::{carry_out, may_stand_in};
pub(crate) use days::CLOCK_OFF;
pub use error::SyncError;
pub use exchange::{Exchange, Taken};
pub use frame::{Frames, MOST_UPLOAD};
pub(crate) use host::{EPOCH, admit};
pub use host::{Host, Refused};
pub use http::HttpExchange;
pub(crate) use membership::take as take_membership;
pub(crate) use pull::{Pulled, apply_all};
pub(crate) use push::{STANDING, Sent, Standing, gather};
pub(crate) use reconcile::{Next, Reconcile};
pub(crate) use records::confirm;
pub(crate) use replay::{COPIED, INCARNATION, give_up, resume};

/// Version of the protocol spoken; the one before is still answered.
pub const VERSION: u16 = 1;
/// Oldest version answered.
pub const OLDEST_VERSION: u16 = 1;
