//! The envelope of every control record.

use crate::actor::SignerId;
use crate::change::Hash;
use crate::error::DocumentError;
use crate::signer::{self, PublicKey, Signature, SignerKey};
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

/// Longest body, bytes.
pub const MAX_BODY: usize = 16 * 1024;
const CONTEXT: &str = "allervers record 1";

/// Kinds of records. Numbers are frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum RecordKind {
    /// Users, devices, keys, roles: see [`super::MembershipBody`].
    #[n(1)]
    Membership,
    /// Notice, agreement, refusal, withdrawal, objection: see [`super::LedgerEntry`].
    #[n(2)]
    Ledger,
    /// Keys of a group: see [`super::EpochBody`].
    #[n(3)]
    Epoch,
    /// A device erased what it was told to: see [`super::ReceiptBody`].
    #[n(4)]
    Receipt,
    /// A person's whole record is erased: see [`super::ErasureBody`].
    #[n(5)]
    Erasure,
    /// The key of a device's store, in other hands: see [`super::EscrowBody`].
    #[n(6)]
    Escrow,
    /// A partner was told that what they were given is to be erased: see [`super::TellBody`].
    #[n(7)]
    Tell,
    /// Somebody asks for something with the code of a receipt: see [`super::RequestBody`].
    #[n(8)]
    Request,
}

/// A signed record. The bytes of the body are what is signed and hashed; they are never re-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Record {
    /// Kind.
    #[n(0)]
    pub kind: RecordKind,
    /// CBOR of the body.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// Who signed.
    #[n(2)]
    pub signer: SignerId,
    /// Signature.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub signature: Signature,
}

impl Record {
    /// Signs a body.
    pub fn sign(kind: RecordKind, body: &impl Encode<()>, key: &SignerKey) -> Self {
        let body = minicbor::to_vec(body).expect("encoding into memory does not fail");
        let signature = key.sign(CONTEXT, &message(kind, &body));
        Self { kind, body, signer: key.id(), signature }
    }

    /// Its name: SHA-256 over kind and body.
    pub fn id(&self) -> Hash {
        Sha256::digest(message(self.kind, &self.body)).into()
    }

    /// Checks length and signature under a public key, which must be the signer's.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`], [`DocumentError::BadSignature`].
    pub fn verify(&self, public: &PublicKey) -> Result<(), DocumentError> {
        if self.body.len() > MAX_BODY {
            return Err(DocumentError::TooLarge);
        }
        if SignerId::of(public) != self.signer {
            return Err(DocumentError::BadSignature);
        }
        signer::verify(public, CONTEXT, &message(self.kind, &self.body), &self.signature)
    }

    /// Reads the body.
    ///
    /// # Errors
    /// [`DocumentError::Malformed`].
    pub fn read<'b, T: Decode<'b, ()>>(&'b self) -> Result<T, DocumentError> {
        minicbor::decode(&self.body).map_err(|_| DocumentError::Malformed)
    }
}

fn message(kind: RecordKind, body: &[u8]) -> Vec<u8> {
    [&[kind as u8], body].concat()
}

impl<C> Encode<C> for SignerId {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for SignerId {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes: [u8; 16] =
            d.bytes()?.try_into().map_err(|_| minicbor::decode::Error::message("signer"))?;
        Ok(Self(bytes))
    }
}
