//! The printed recovery key as the chain knows it: its public halves, and the step its signature makes.

use super::membership::Enrolment;
use crate::actor::SignerId;
use crate::change::Hash;
use crate::signer::PublicKey;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Length of the secret of the key before, as it is sealed: an encapsulated key, 32 bytes and a tag.
pub(super) const FORMER: usize = 80;

/// Public halves of a printed key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct RecoveryKeys {
    /// X25519: epochs and store keys are sealed to it.
    #[n(0)]
    pub agree: ByteArray<32>,
    /// Ed25519: signs one step, [`super::Step::Recover`].
    #[n(1)]
    pub sign: ByteArray<32>,
}

impl RecoveryKeys {
    /// Who signs with it.
    pub fn signer(&self) -> SignerId {
        SignerId::of(&self.sign)
    }

    /// The zero point would make everything sealed to it readable by anybody.
    pub(super) fn is_none(&self) -> bool {
        *self.agree == [0; 32] || *self.sign == [0; 32]
    }
}

/// A new first référent, let in by the printed key; and the key that is printed in its place.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Recovery {
    /// The référent.
    #[n(0)]
    pub enrolment: Enrolment,
    /// Public halves of the new key. The one that signs opens and signs nothing more.
    #[n(1)]
    pub next: RecoveryKeys,
    /// Id of the record that was the last one when the new key was printed.
    #[n(2)]
    pub known: ByteArray<32>,
    /// The X25519 secret of the key that signs, sealed to the new one: what was sealed before stays open to
    /// whoever holds the new sheet.
    #[n(3)]
    pub former: ByteVec,
}

/// Another printed key, drawn by a référent at work: the sheet was lost, or somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Reprint {
    /// Public halves of the new key.
    #[n(0)]
    pub next: RecoveryKeys,
    /// Id of the record that was the last one when the new key was printed.
    #[n(1)]
    pub known: ByteArray<32>,
    /// Ed25519 public key of the sheet that it takes the place of: two that are drawn at once do not follow
    /// one another.
    #[n(2)]
    pub instead: ByteArray<32>,
}

/// A printed key as the chain says; the last one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Public halves.
    pub keys: RecoveryKeys,
    /// Position of the record that names it.
    pub position: u32,
    /// Whose device it was drawn on.
    pub by: SignerId,
    /// Id of the record that was the last one when it was printed.
    pub known: Hash,
    /// Secret of the key before, sealed to this one; none for the first, and for one that a référent drew without
    /// the sheet before: what the cité shares is sealed to it anew.
    pub former: Option<Vec<u8>>,
}

impl Printed {
    /// X25519 public key.
    pub fn agree(&self) -> PublicKey {
        *self.keys.agree
    }
}
