//! The server's half: a mailbox between two devices. It checks whose it is and what was signed; it cannot
//! check what stands under the code.

use super::PAIRING_HOLDS_MS;
use super::message::*;
use crate::enrol::host::Host;
use crate::error::EngineError;
use crate::store::pairing::{self, Kept};
use document::SignerId;
use document::control::Record;
use domain::error::{ApiError, ErrorCode};
use domain::ids::DeviceId;
use domain::time::InstantMs;
use minicbor::bytes::ByteVec;
use sha2::{Digest as _, Sha256};

/// Invitations a device may have open at once.
const MOST_OPEN: u32 = 4;
/// How long the newcomer may still ask for a result that was given: the answer may have been lost.
const ASKED_AGAIN_MS: InstantMs = 60 * 60_000;

impl Host<'_> {
    /// The device of a token, where one of its users is active.
    ///
    /// # Errors
    /// [`ErrorCode::Revoked`].
    pub fn bearer(&self, token: &[u8]) -> Result<DeviceId, ApiError> {
        let hash = Sha256::digest(token).into();
        let found = crate::store::device::of_token(self.store.connection(), hash)?;
        let device = found.ok_or(ErrorCode::Revoked)?;
        let chain = self.store.chain()?;
        let active = chain.members().any(|(_, it)| it.device == device && !it.revoked);
        if active { Ok(device) } else { Err(ErrorCode::Revoked.into()) }
    }

    /// Opens a mailbox for a device on which a référent works.
    ///
    /// # Errors
    /// [`ErrorCode::NotAllowed`] for any other device, [`ErrorCode::TooManyAttempts`] for too many at once.
    pub fn open_pairing(&mut self, device: DeviceId, request: &OpenRequest) -> Result<(), ApiError> {
        let chain = self.store.chain()?;
        if !chain.members().any(|(_, it)| it.device == device && it.is_active_referent()) {
            return Err(ErrorCode::NotAllowed.into());
        }
        let now_ms = self.clock.now_ms();
        let kept = self.store.transact(|connection| {
            pairing::sweep(connection, now_ms - ASKED_AGAIN_MS)?;
            if pairing::open_of(connection, device, now_ms)? >= MOST_OPEN {
                return Ok::<_, EngineError>(None);
            }
            pairing::open(connection, *request.id, device, &request.card, now_ms + PAIRING_HOLDS_MS).map(Some)
        })?;
        match kept {
            Some(true) => Ok(()),
            Some(false) => Err(ErrorCode::InvitationInvalid.into()),
            None => Err(ApiError::about(ErrorCode::TooManyAttempts, "600")),
        }
    }

    /// Takes the newcomer's keys: the first only. A device that is known must say so by its token, so that
    /// nobody passes for a colleague's tablet.
    ///
    /// # Errors
    /// [`ErrorCode::InvitationInvalid`].
    pub fn offer_pairing(&mut self, token: Option<&[u8]>, request: &OfferRequest) -> Result<(), ApiError> {
        let kept = self.open(*request.id)?;
        let invalid = || ApiError::new(ErrorCode::InvitationInvalid);
        if let Some(before) = &kept.offer {
            return if *before == request.offer { Ok(()) } else { Err(invalid()) };
        }
        let offer: Offer = request.offer.unchecked().ok_or_else(invalid)?;
        let device = DeviceId::from_bytes(*offer.device);
        if self.passes_for_another(&self.store.chain()?, token, device) {
            return Err(invalid());
        }
        Ok(self.store.transact(|connection| pairing::offer(connection, *request.id, &request.offer))?)
    }

    /// The newcomer's keys, for the device that opened the mailbox.
    ///
    /// # Errors
    /// [`ErrorCode::InvitationInvalid`].
    pub fn fetch_pairing(&self, device: DeviceId, request: &FetchRequest) -> Result<FetchReply, ApiError> {
        Ok(FetchReply { offer: self.open_of(device, *request.id)?.offer })
    }

    /// Closes a mailbox.
    ///
    /// # Errors
    /// [`ErrorCode::InvitationInvalid`].
    pub fn cancel_pairing(&mut self, device: DeviceId, request: &CancelRequest) -> Result<(), ApiError> {
        self.open_of(device, *request.id)?;
        Ok(self.store.transact(|connection| pairing::close(connection, *request.id))?)
    }

    /// Lets the newcomer's token in, once the record about its keys is on the chain.
    ///
    /// # Errors
    /// [`ErrorCode::InvitationInvalid`]; nothing is changed then.
    pub fn confirm_pairing(&mut self, device: DeviceId, request: &ConfirmRequest) -> Result<(), ApiError> {
        let invalid = || ApiError::new(ErrorCode::InvitationInvalid);
        let kept = pairing::get(self.store.connection(), *request.id)?.ok_or_else(invalid)?;
        if kept.device != device || kept.closed {
            return Err(invalid());
        }
        if let Some(answer) = kept.answer {
            let same = answer == (*request.record, *request.mac);
            return if same { Ok(()) } else { Err(invalid()) };
        }
        let offer: Offer = kept.offer.as_ref().and_then(Tagged::unchecked).ok_or_else(invalid)?;
        let chain = self.store.chain()?;
        let member = chain.member(&SignerId::of(&offer.sign)).filter(|it| !it.revoked).ok_or_else(invalid)?;
        let about = member.device == DeviceId::from_bytes(*offer.device) && member.agree == *offer.agree;
        if !about || chain.id_at(member.enrolled_at) != Some(*request.record) {
            return Err(invalid());
        }
        let newcomer = member.device;
        Ok(self.store.transact(|connection| {
            pairing::answer(connection, *request.id, *request.record, *request.mac)?;
            crate::store::device::keep_token(connection, *offer.token_hash, newcomer)
        })?)
    }

    /// Whether the newcomer is in, and then the chain up to their record.
    ///
    /// # Errors
    /// [`ErrorCode::InvitationInvalid`] for a name that is unknown.
    pub fn pairing_result(&self, request: &ResultRequest) -> Result<ResultReply, ApiError> {
        let kept = pairing::get(self.store.connection(), *request.id)?;
        let kept = kept.ok_or(ErrorCode::InvitationInvalid)?;
        let none = |stage| ResultReply { stage, chain: Vec::new(), mac: [0; 32].into() };
        let Some((record, mac)) = kept.answer else {
            let dead = kept.closed || kept.expires_at_ms <= self.clock.now_ms();
            return Ok(none(if dead { Stage::Dead } else { Stage::Waiting }));
        };
        let mut chain: Vec<ByteVec> = Vec::new();
        for it in self.store.membership()? {
            chain.push(encoded(&it));
            if it.id() == record {
                break;
            }
        }
        Ok(ResultReply { stage: Stage::In, chain, mac: mac.into() })
    }

    /// The card of an open invitation of a device.
    pub(in crate::enrol) fn card_of(&self, id: [u8; 16]) -> Result<Tagged, ApiError> {
        Ok(self.open(id)?.card)
    }

    fn open(&self, id: [u8; 16]) -> Result<Kept, ApiError> {
        let kept = pairing::get(self.store.connection(), id)?;
        let now_ms = self.clock.now_ms();
        let open = kept.filter(|it| !it.closed && it.answer.is_none() && it.expires_at_ms > now_ms);
        open.ok_or_else(|| ErrorCode::InvitationInvalid.into())
    }

    fn open_of(&self, device: DeviceId, id: [u8; 16]) -> Result<Kept, ApiError> {
        let kept = self.open(id)?;
        if kept.device == device { Ok(kept) } else { Err(ErrorCode::InvitationInvalid.into()) }
    }
}

fn encoded(record: &Record) -> ByteVec {
    minicbor::to_vec(record).expect("encoding into memory does not fail").into()
}
