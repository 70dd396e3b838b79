//! Control records: small signed facts outside the documents, in grow-only sets keyed by hash.
//!
//! They have no dependencies (membership's chain aside), are validated alone, sent before
//! everything else and served first. No edit of a document can overwrite one.

mod chain;
mod entitle;
mod ledger;
mod membership;
mod record;

pub use chain::{Chain, Established};
pub use ledger::LedgerEntry;
pub use membership::{Alteration, Enrolment, MAX_NAME, MAX_SECTORS, Member, MembershipBody, Step};
pub use record::{Record, RecordKind};
