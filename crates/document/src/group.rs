//! A signed group: the changes of one user action in one document; and a batch of groups under
//! one signature, so that an author's own upload costs 64 bytes a frame and not a change.

use crate::change::Hash;
use crate::error::DocumentError;
use crate::key::DocumentKey;
use crate::signer::{self, PublicKey, Signature, SignerKey};
use domain::ids::CiteId;
use domain::time::Day;
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

const CONTEXT: &str = "allervers batch 1";
/// Most groups under one signature.
pub const MAX_GROUPS: usize = 4_096;

/// The changes of one user action in one document. Carries the day, never the hour.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Group {
    /// Document.
    #[n(0)]
    pub key: DocumentKey,
    /// Hashes of its changes, in order.
    #[n(1)]
    pub hashes: Vec<minicbor::bytes::ByteArray<32>>,
    /// Server sequence the author's device had seen: rights are judged there.
    #[n(2)]
    pub cursor: u64,
    /// Day of the action by the author's device, days since 1970-01-01.
    #[n(3)]
    pub on: i32,
    /// Schema level it was written at.
    #[n(4)]
    pub level: u16,
}

impl Group {
    /// Day of the action.
    pub fn day(&self) -> Day {
        Day(self.on)
    }

    /// What the batch's signature covers for this group: SHA-256 over cité and group.
    pub fn digest(&self, cite: CiteId) -> Hash {
        let body = minicbor::to_vec(self).expect("encoding into memory does not fail");
        Sha256::new().chain_update(cite.as_bytes()).chain_update(body).finalize().into()
    }
}

/// Groups of one signer, in order, under one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Digests of the groups.
    pub digests: Vec<Hash>,
    /// Signature over them.
    pub signature: Signature,
}

impl Batch {
    /// Signs groups.
    pub fn sign(signer: &SignerKey, digests: Vec<Hash>) -> Self {
        let signature = signer.sign(CONTEXT, &digests.concat());
        Self { digests, signature }
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`] or [`DocumentError::BadSignature`].
    pub fn verify(&self, public: &PublicKey) -> Result<(), DocumentError> {
        if self.digests.is_empty() || self.digests.len() > MAX_GROUPS {
            return Err(DocumentError::TooLarge);
        }
        signer::verify(public, CONTEXT, &self.digests.concat(), &self.signature)
    }
}
