//! A référent's word that a partner was told to erase what was passed on to them.

use crate::change::Hash;
use domain::ids::SolutionId;
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
    partner: ByteArray<16>,
    #[n(2)]
    on: i32,
}

impl TellBody {
    /// A body to be signed.
    pub fn new(cause: Hash, partner: SolutionId, on: Day) -> Self {
        Self { cause: cause.into(), partner: (*partner.as_bytes()).into(), on: on.0 }
    }

    /// The record.
    pub fn cause(&self) -> Hash {
        *self.cause
    }

    /// Partner.
    pub fn partner(&self) -> SolutionId {
        SolutionId::from_bytes(*self.partner)
    }

    /// Day.
    pub fn on(&self) -> Day {
        Day(self.on)
    }
}
