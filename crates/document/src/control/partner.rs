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

#[cfg(test)]
mod tests {
    use super::super::{Record, RecordKind, TellBody};
    use super::*;
    use crate::signer::SignerKey;

    const BOTH: [PartnerId; 2] = [
        PartnerId::Open(SolutionId::from_bytes([1; 16])),
        PartnerId::Protected(PartnerMark::from_bytes([1; 16])),
    ];

    #[test]
    fn a_partner_has_one_name_and_a_mark_is_never_taken_for_a_solution() {
        for partner in BOTH {
            let (solution, mark) = split(Some(partner));
            assert_eq!(join(solution, mark), Ok(Some(partner)));
            let record = Record::sign(
                RecordKind::Tell,
                &TellBody::new([8; 32], partner, Day(1)),
                &SignerKey::from_secret(&[3; 32]),
            );
            assert_eq!(record.read::<TellBody>().and_then(|body| body.partner()), Ok(partner));
        }
        let [(solution, _), (_, mark)] = BOTH.map(|it| split(Some(it)));
        assert_eq!(join(solution, mark), Err(DocumentError::BadValue), "it would say whose the mark is");
        assert_eq!(join(None, None), Ok(None));
    }
}
