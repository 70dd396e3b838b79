//! How records name a partner: a solution of the directory, or the mark of a protected one, in two fields of
//! which one is set.

use crate::actor::SignerId;
use crate::error::DocumentError;
use domain::api::ledger::PartnerId;
use domain::ids::{PartnerMark, SolutionId};
use domain::time::Day;
use minicbor::bytes::ByteArray;

type Bytes = ByteArray<16>;

/// A protected partner in an erasure: nothing that says which it is, and who knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProtectedPartner {
    /// Its mark in the ledger that goes.
    pub mark: PartnerMark,
    /// Who signed the agreement.
    pub known_by: SignerId,
    /// The day they were told before the erasure, where they were.
    pub told_on: Option<Day>,
}

/// The two fields of a partner.
pub(super) fn split(partner: Option<PartnerId>) -> (Option<Bytes>, Option<Bytes>) {
    match partner {
        None => (None, None),
        Some(PartnerId::Open(id)) => (Some((*id.as_bytes()).into()), None),
        Some(PartnerId::Protected(mark)) => (None, Some((*mark.as_bytes()).into())),
    }
}

/// The partner of two fields.
///
/// # Errors
/// [`DocumentError::BadValue`] where both are set: one would say to whom the other belongs.
pub(super) fn join(solution: Option<Bytes>, mark: Option<Bytes>) -> Result<Option<PartnerId>, DocumentError> {
    match (solution, mark) {
        (Some(_), Some(_)) => Err(DocumentError::BadValue),
        (Some(id), None) => Ok(Some(PartnerId::Open(SolutionId::from_bytes(*id)))),
        (None, mark) => Ok(mark.map(|mark| PartnerId::Protected(PartnerMark::from_bytes(*mark)))),
    }
}
