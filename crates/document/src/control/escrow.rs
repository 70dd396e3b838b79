//! The key of a device's store, sealed to the référents of its user's organisation and to the printed
//! recovery key, so that what a lost or locked-out tablet did not send is not lost with it. It opens no
//! named part: those are sealed again, for each user, with a key that stands in no record.

use crate::actor::SignerId;
use crate::error::DocumentError;
use domain::ids::DeviceId;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

/// Most référents one record is sealed to.
pub const MAX_HOLDERS: usize = 64;
/// Length of a sealed key: an encapsulated key, 32 bytes and a tag.
const SEALED: usize = 80;

/// The body of an escrow's record; the last of a signer counts. Numbers are frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EscrowBody {
    #[n(0)]
    device: ByteArray<16>,
    /// Length of the membership chain its author knew.
    #[n(1)]
    pub chain: u32,
    #[n(2)]
    sealed: Vec<SealedKey>,
    #[n(3)]
    recovery: ByteVec,
}

/// The key, sealed to one référent.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
struct SealedKey {
    #[n(0)]
    to: SignerId,
    #[n(1)]
    bytes: ByteVec,
}

impl EscrowBody {
    /// A body to be signed.
    pub fn new(
        device: DeviceId,
        chain: u32,
        sealed: impl IntoIterator<Item = (SignerId, Vec<u8>)>,
        recovery: Vec<u8>,
    ) -> Self {
        Self {
            device: (*device.as_bytes()).into(),
            chain,
            sealed: sealed.into_iter().map(|(to, bytes)| SealedKey { to, bytes: bytes.into() }).collect(),
            recovery: recovery.into(),
        }
    }

    /// Refuses what is over a limit or of another shape.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`], [`DocumentError::BadValue`].
    pub fn check(&self) -> Result<(), DocumentError> {
        if self.sealed.len() > MAX_HOLDERS {
            return Err(DocumentError::TooLarge);
        }
        let shaped = self.recovery.len() == SEALED && self.sealed.iter().all(|it| it.bytes.len() == SEALED);
        let once = self.holders().len() == self.sealed.len();
        if shaped && once { Ok(()) } else { Err(DocumentError::BadValue) }
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        DeviceId::from_bytes(*self.device)
    }

    /// Who can open it.
    pub fn holders(&self) -> BTreeSet<SignerId> {
        self.sealed.iter().map(|it| it.to).collect()
    }

    /// The key as sealed to a référent.
    pub fn sealed_to(&self, holder: &SignerId) -> Option<&[u8]> {
        self.sealed.iter().find(|it| it.to == *holder).map(|it| it.bytes.as_slice())
    }

    /// The key as sealed to the recovery key.
    pub fn sealed_for_recovery(&self) -> &[u8] {
        &self.recovery
    }
}
