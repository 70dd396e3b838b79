//! Control records: small signed facts outside the documents, in grow-only sets keyed by hash.
//!
//! They have no dependencies (membership's chain aside), are validated alone, sent before
//! everything else and served first. No edit of a document can overwrite one.

mod chain;
mod entitle;
mod epoch;
mod erasure;
mod escrow;
mod ledger;
mod membership;
mod partner;
mod receipt;
mod record;
mod recovery;
mod request;
mod tell;

pub use chain::Chain;
pub use epoch::{EpochBody, GroupId, MAX_RECIPIENTS};
pub use erasure::{ErasureBody, ErasureCause};
pub use escrow::{EscrowBody, MAX_HOLDERS};
pub use ledger::LedgerEntry;
pub use membership::{Alteration, Enrolment, MAX_NAME, MAX_SECTORS, Member, MembershipBody, Step};
pub use partner::ProtectedPartner;
pub use receipt::ReceiptBody;
pub use record::{Record, RecordKind};
pub use recovery::{Printed, Recovery, RecoveryKeys, Reprint};
pub use request::{RequestBody, Tag};
pub use tell::TellBody;
