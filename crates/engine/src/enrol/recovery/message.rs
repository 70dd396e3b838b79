//! Messages of coming back, as CBOR arrays.

use document::{DocumentError, SignerKey, verify};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Context of the proof that a token is the new device's.
const TOKEN: &str = "allervers recovery token 1";

/// Asks for the past of a cité.
#[derive(Debug, Clone, Encode, Decode)]
pub struct PastRequest {
    /// Ed25519 public half of the printed key.
    #[n(0)]
    pub sign: ByteArray<32>,
}

/// The past, for whoever holds the printed key.
#[derive(Debug, Clone, Encode, Decode)]
pub struct PastReply {
    /// A key drawn for this answer, sealed (HPKE) to the X25519 half of the printed key.
    #[n(0)]
    pub key: ByteVec,
    /// The past, under that key.
    #[n(1)]
    pub sealed: ByteVec,
}

/// What a device that holds nothing but the words is told.
#[derive(Debug, Clone, Encode, Decode)]
pub(crate) struct Past {
    #[n(0)]
    pub(crate) cite_name: String,
    #[n(1)]
    pub(crate) demonstration: bool,
    /// Records of the membership chain, CBOR.
    #[n(2)]
    pub(crate) chain: Vec<ByteVec>,
    /// Records of epochs that are sealed to a printed key, CBOR.
    #[n(3)]
    pub(crate) epochs: Vec<ByteVec>,
}

/// Hands the step in.
#[derive(Debug, Clone, Encode, Decode)]
pub struct RecoverRequest {
    /// The record, CBOR.
    #[n(0)]
    pub record: ByteVec,
    /// Hash of the token the device drew for later exchanges.
    #[n(1)]
    pub token_hash: ByteArray<32>,
    /// The new device's signature over record and hash: everybody will know the record.
    #[n(2)]
    pub proof: ByteArray<64>,
}

impl RecoverRequest {
    /// A request, signed with the new device's key.
    pub(crate) fn sign(record: Vec<u8>, token_hash: [u8; 32], key: &SignerKey) -> Self {
        let proof = key.sign(TOKEN, &[record.as_slice(), &token_hash].concat()).into();
        Self { record: record.into(), token_hash: token_hash.into(), proof }
    }

    /// Whether the key signed it.
    pub(super) fn verify(&self, public: &[u8; 32]) -> Result<(), DocumentError> {
        verify(public, TOKEN, &[self.record.as_slice(), self.token_hash.as_slice()].concat(), &self.proof)
    }
}
