//! The control journal: what must survive a restored backup, in a file of its own, best on another disk
//! than the store's. Append-only; an entry is on the disk before the acknowledgement leaves.
//!
//! It is only appended to, but for one thing: after a person was erased it is written anew without the
//! records of their ledger (`rewrite`).
//!
//! It knows nothing of what its entries say: every control record of whatever kind goes in as it is
//! kept, and the hash of every device's token, without which a device that joined since the backup
//! could not come back.

mod entry;
mod file;
mod rewrite;

pub use entry::{Entry, What};
pub use file::{Journal, Read, read};

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file could not be read or written.
    #[error("the journal cannot be read or written")]
    File(#[from] std::io::Error),
    /// Not a journal of ours.
    #[error("this file is no journal")]
    NotOurs,
    /// Of another cité.
    #[error("this is the journal of another cité")]
    OtherCite,
    /// An entry before the last does not read: not a write that was cut off, but damage.
    #[error("the journal is damaged at byte {0}: move it away, a whole one is written from the store")]
    Damaged(u64),
    /// An entry or a record is of a later version.
    #[error("the journal was written by a later version of this program")]
    TooNew,
    /// The journal knows records that the store does not: the store was put back to an older state.
    #[error("the store is older than its journal: run `sync-server restore` with both")]
    StoreIsOlder,
    /// Its records do not continue the store's membership.
    #[error("the journal’s members do not continue the backup’s: they are of two different stores")]
    Forked,
}
