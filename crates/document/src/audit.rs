//! Entries of the audit: who did what kind of thing, when, on which device; no content. Each names the
//! hash of the one before, and is signed by its user's device. The server's own are not signed.

use crate::actor::SignerId;
use crate::change::Hash;
use crate::error::DocumentError;
use crate::signer::{self, PublicKey, Signature, SignerKey};
use domain::ids::{DeviceId, UserId};
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

/// Longest entry, bytes.
pub const MAX_AUDIT: usize = 512;
const CONTEXT: &str = "allervers audit 1";

/// What is noted. Numbers are frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AuditBody {
    /// The chain it belongs to: a device, zeros for the server.
    #[n(0)]
    pub source: ByteArray<16>,
    /// Place in the chain, from 1.
    #[n(1)]
    pub seq: u64,
    /// Hash of the entry before; zeros for the first.
    #[n(2)]
    pub previous: ByteArray<32>,
    /// When, by the clock of the source.
    #[n(3)]
    pub at_ms: InstantMs,
    /// Code of the act.
    #[n(4)]
    pub act: String,
    /// Who; none for the administrator's commands and for a refused sign-in.
    #[n(5)]
    pub user: Option<ByteArray<16>>,
    /// Whom it is about: a pseudonym under a key that the server has not.
    #[n(6)]
    pub about: Option<ByteArray<8>>,
}

impl AuditBody {
    /// The device; none for the server's own.
    pub fn device(&self) -> Option<DeviceId> {
        (*self.source != [0; 16]).then(|| DeviceId::from_bytes(*self.source))
    }

    /// The user.
    pub fn user(&self) -> Option<UserId> {
        self.user.map(|id| UserId::from_bytes(*id))
    }

    /// The act; none for one of a later version.
    pub fn act(&self) -> Option<AuditAct> {
        AuditAct::from_code(&self.act)
    }
}

/// An entry as it is kept and sent. The bytes of the body are what is hashed and signed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AuditEntry {
    #[cbor(n(0), with = "minicbor::bytes")]
    body: Vec<u8>,
    #[n(1)]
    signer: Option<SignerId>,
    #[cbor(n(2), with = "minicbor::bytes")]
    signature: Vec<u8>,
}

impl AuditEntry {
    /// An entry, signed where there is a key.
    pub fn new(body: &AuditBody, key: Option<&SignerKey>) -> Self {
        let body = minicbor::to_vec(body).expect("encoding into memory does not fail");
        let signature = key.map_or_else(Vec::new, |key| key.sign(CONTEXT, &body).to_vec());
        Self { body, signer: key.map(SignerKey::id), signature }
    }

    /// Its name, and what the next one is chained to.
    pub fn hash(&self) -> Hash {
        Sha256::new().chain_update(CONTEXT).chain_update([0]).chain_update(&self.body).finalize().into()
    }

    /// Reads the body.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`], [`DocumentError::Malformed`].
    pub fn body(&self) -> Result<AuditBody, DocumentError> {
        if self.body.len() > MAX_AUDIT {
            return Err(DocumentError::TooLarge);
        }
        let body: AuditBody = minicbor::decode(&self.body).map_err(|_| DocumentError::Malformed)?;
        if body.seq == 0 || body.act.len() > 32 { Err(DocumentError::Malformed) } else { Ok(body) }
    }

    /// Who signed.
    pub fn signer(&self) -> Option<SignerId> {
        self.signer
    }

    /// Checks the signature under its signer's public key.
    ///
    /// # Errors
    /// [`DocumentError::BadSignature`].
    pub fn verify(&self, public: &PublicKey) -> Result<(), DocumentError> {
        let signature: Signature =
            self.signature.as_slice().try_into().map_err(|_| DocumentError::BadSignature)?;
        if self.signer != Some(SignerId::of(public)) {
            return Err(DocumentError::BadSignature);
        }
        signer::verify(public, CONTEXT, &self.body, &signature)
    }
}

/// What a device sends: its entries in order, and the oldest it still has.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AuditUpload {
    /// Place of the oldest entry that the device still has.
    #[n(0)]
    pub oldest: u64,
    /// Entries, in order.
    #[n(1)]
    pub entries: Vec<AuditEntry>,
}

/// What the server answers: the place up to which it has the device's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AuditTaken {
    /// Last place.
    #[n(0)]
    pub up_to: u64,
}
