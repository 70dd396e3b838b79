//! The server's half: hands the past to whoever holds the printed key, takes the step it signs.

use super::message::{Past, PastReply, PastRequest, RecoverRequest};
use crate::audit;
use crate::enrol::host::Host;
use crate::error::EngineError;
use crate::keys::seal;
use crate::random;
use crate::seal::wrap;
use crate::store::{control, device};
use crate::sync::{Outcome, admit, take_membership};
use document::SignerId;
use document::control::{Chain, EpochBody, MembershipBody, Record, RecordKind, Step};
use domain::error::{ApiError, ErrorCode};
use domain::vocabulary::AuditAct;
use minicbor::bytes::ByteVec;
use zeroize::Zeroizing;

/// Context of the key of an answer.
pub(super) const PAST: &str = "allervers past 1";

/// What the key of an answer is about.
pub(super) fn about(sign: &[u8; 32]) -> Vec<u8> {
    sign.to_vec()
}

impl Host<'_> {
    /// The past of the cité, sealed to the printed key that counts.
    ///
    /// # Errors
    /// [`ErrorCode::RecoveryKeyUnknown`] for a key that is none of this cité, or was replaced.
    pub fn past(&self, request: &PastRequest) -> Result<PastReply, ApiError> {
        let chain = self.store.chain()?;
        let printed = chain.printed().last().filter(|it| it.keys.sign == request.sign);
        let printed = printed.ok_or(ErrorCode::RecoveryKeyUnknown)?;
        let mut past = Past {
            cite_name: self.store.meta("cite_name")?.unwrap_or_default(),
            demonstration: self.store.meta("demonstration")?.unwrap_or_default(),
            chain: self.store.membership()?.iter().map(encoded).collect(),
            epochs: Vec::new(),
        };
        for record in control::list(self.store.connection(), RecordKind::Epoch)? {
            if record.read::<EpochBody>().is_ok_and(|it| it.sealed_for_recovery().is_some()) {
                past.epochs.push(encoded(&record));
            }
        }
        let key = Zeroizing::new(random::bytes::<32>()?);
        let about = about(&request.sign);
        let plain = minicbor::to_vec(&past).expect("encoding into memory does not fail");
        Ok(PastReply {
            key: wrap(&printed.agree(), PAST, &about, &key)?.into(),
            sealed: seal(&key, PAST.as_bytes(), &plain)?.into(),
        })
    }

    /// Takes the step that the printed key signed, and the new device's token. Handed in twice it is once.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`], [`ErrorCode::ReferentAtWork`], [`ErrorCode::RecoveryKeyUnknown`],
    /// [`ErrorCode::RecoveryInterrupted`] where the chain moved meanwhile; nothing is kept then.
    pub fn recover(&mut self, request: &RecoverRequest) -> Result<(), ApiError> {
        let invalid = || ApiError::new(ErrorCode::Invalid);
        let record: Record = minicbor::decode(&request.record).map_err(|_| invalid())?;
        let body: MembershipBody = record.read().map_err(|_| invalid())?;
        let Step::Recover(recovery) = &body.step else { return Err(invalid()) };
        request.verify(&recovery.enrolment.sign).map_err(|_| invalid())?;
        let signer = SignerId::of(&recovery.enrolment.sign);
        let now_ms = self.clock.now_ms();
        let mut chain = self.store.chain()?;
        let before = chain.length();
        let refused = why(&chain, &record);
        self.store.transact(|connection| {
            let taken = take_membership(connection, &mut chain, &record, now_ms)?;
            let member = chain.member(&signer).filter(|it| !it.revoked);
            let Some(member) = member.filter(|_| taken == Outcome::Accepted) else {
                return Ok(Err(match taken {
                    Outcome::ChainMoved => ErrorCode::RecoveryInterrupted.into(),
                    Outcome::NotEntitled => refused.into(),
                    _ => invalid(),
                }));
            };
            device::keep_token(connection, *request.token_hash, member.device)?;
            if chain.length() > before {
                admit(connection, &chain)?;
                audit::note_in(connection, self.founder, AuditAct::Recover, Some(member.user), now_ms)?;
            }
            Ok::<_, EngineError>(Ok(()))
        })?
    }
}

/// Why the chain does not take the step of a printed key.
fn why(chain: &Chain, record: &Record) -> ErrorCode {
    let counts = chain.printed().last().is_some_and(|it| it.keys.signer() == record.signer);
    match counts && chain.has_referent() {
        true => ErrorCode::ReferentAtWork,
        false => ErrorCode::RecoveryKeyUnknown,
    }
}

fn encoded(record: &Record) -> ByteVec {
    minicbor::to_vec(record).expect("encoding into memory does not fail").into()
}
