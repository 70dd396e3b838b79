//! The store: one SQLCipher file on a device, a plain SQLite file on the server.
//!
//! Truth stands in `change`, `control`, `part_change` and `draft`; projections can be rebuilt from it.

pub mod account;
pub(crate) mod again;
pub(crate) mod aside;
pub mod asset;
pub(crate) mod audit;
pub(crate) mod batch;
pub(crate) mod carried;
pub(crate) mod change;
pub mod closed;
pub(crate) mod control;
pub(crate) mod copies;
pub(crate) mod device;
pub(crate) mod digest;
pub(crate) mod doubt;
mod draft;
pub(crate) mod ending;
pub(crate) mod entry;
pub(crate) mod erased;
pub(crate) mod erasure;
pub(crate) mod invitation;
mod journal;
pub(crate) mod key_doubt;
pub(crate) mod link;
pub(crate) mod log;
pub(crate) mod meta;
mod migrate;
pub(crate) mod off_day;
pub(crate) mod offer;
mod open;
pub(crate) mod outbox;
pub(crate) mod pairing;
pub(crate) mod past;
pub(crate) mod person;
pub(crate) mod projection;
pub(crate) mod receipt;
pub(crate) mod recovered;
pub(crate) mod refused;
pub(crate) mod scrub;
pub(crate) mod sealed;
pub(crate) mod served;
mod steps;

pub(crate) use change::load;
pub use draft::SealedDraft;
pub(crate) use draft::{discard, drafts_in, drafts_of, forget_drafts};
pub use entry::KeptEntry;
pub use migrate::VERSION;
pub use open::{Store, StoreKey};
pub use outbox::Waiting;
pub use steps::Steps;
