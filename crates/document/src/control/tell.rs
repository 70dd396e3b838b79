//! The word that a partner was told to erase what was passed on to them: a référent's, or of a protected partner
//! that of whoever knows which it is.

use super::partner;
use crate::change::Hash;
use crate::error::DocumentError;
use domain::api::ledger::PartnerId;
use domain::time::Day;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// The body: the record that ended it (a withdrawal, an objection, an erasure), the partner, the day. It
/// names no person. Numbers are frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct TellBody {
    #[n(0)]
    cause: ByteArray<32>,
    #[n(1)]
    partner: Option<ByteArray<16>>,
    #[n(2)]
    on: i32,
    /// In the place of a protected partner: its mark.
    #[n(3)]
    mark: Option<ByteArray<16>>,
}

impl TellBody {
    /// A body to be signed.
    pub fn new(cause: Hash, partner: PartnerId, on: Day) -> Self {
        let (partner, mark) = partner::split(Some(partner));
        Self { cause: cause.into(), partner, on: on.0, mark }
    }

    /// The record.
    pub fn cause(&self) -> Hash {
        *self.cause
    }

    /// Partner.
    ///
    /// # Errors
    /// [`DocumentError::BadValue`] where it names none, or one in two ways.
    pub fn partner(&self) -> Result<PartnerId, DocumentError> {
        partner::join(self.partner, self.mark)?.ok_or(DocumentError::BadValue)
    }

    /// Day.
    pub fn on(&self) -> Day {
        Day(self.on)
    }
}
