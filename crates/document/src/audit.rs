//! Entries of the audit: who did what kind of thing, when, on which device; no content. Each names the
//! hash of the one before. A device's are signed by its user's key, the server's by the founder's.
//!
//! The hash of an entry is made of its place, the hash before and a digest of its body: a device that
//! has seen one end of the server's chain can check that a later end goes on from it by the digests
//! alone, and learns nothing of what is between.

mod stretch;

pub use stretch::{AuditUpload, Stretch};

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
    /// The end of the server's chain that this device had seen by then, where it is another than in its
    /// last entry.
    #[n(7)]
    pub seen: Option<Seen>,
}

/// An end of the server's chain that a device has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Seen {
    /// Place of the last entry.
    #[n(0)]
    pub count: u64,
    /// Its hash.
    #[n(1)]
    pub hash: ByteArray<32>,
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

/// An entry as it is kept. Its hash is what is signed; where a later entry of its signer covers it, it may
/// be kept without a signature.
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
    /// An entry, signed.
    pub fn new(body: &AuditBody, key: &SignerKey) -> Self {
        let bytes = minicbor::to_vec(body).expect("encoding into memory does not fail");
        let hash = link(body.seq, &body.previous, &Sha256::digest(&bytes).into());
        Self { body: bytes, signer: Some(key.id()), signature: key.sign(CONTEXT, &hash).to_vec() }
    }

    /// Its name, and what the next one is chained to. Of a body that does not read: a hash of its bytes.
    pub fn hash(&self) -> Hash {
        let (seq, previous) = self.body().map_or((0, [0; 32]), |body| (body.seq, *body.previous));
        link(seq, &previous, &self.digest())
    }

    /// An entry whose signature is that of a later one, which covers it.
    fn covered(body: &AuditBody, signer: SignerId) -> Self {
        let body = minicbor::to_vec(body).expect("encoding into memory does not fail");
        Self { body, signer: Some(signer), signature: Vec::new() }
    }

    /// Whether it has no signature of its own: one of its signer's later entries covers it.
    pub fn is_covered(&self) -> bool {
        self.signature.is_empty()
    }

    /// Digest of its body.
    pub fn digest(&self) -> Hash {
        Sha256::digest(&self.body).into()
    }

    /// The signature, which is one of the hash.
    pub fn signature(&self) -> &[u8] {
        &self.signature
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
        signer::verify(public, CONTEXT, &self.hash(), &signature)
    }
}

/// The hash of an entry at a place, after another.
fn link(seq: u64, previous: &Hash, digest: &Hash) -> Hash {
    let hash = Sha256::new().chain_update(CONTEXT).chain_update([0]).chain_update(seq.to_be_bytes());
    hash.chain_update(previous).chain_update(digest).finalize().into()
}

/// An end of the server's chain, and how it goes on from the one a device has seen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct AuditHead {
    /// The end.
    #[n(0)]
    pub end: Seen,
    /// Digests of the entries since the one the device has seen; none at first, and where the server
    /// has let the older ones go.
    #[n(1)]
    pub digests: Vec<ByteArray<32>>,
    /// The founder's signature of the end's hash.
    #[n(2)]
    pub signature: ByteArray<64>,
}

/// Why an end of the server's chain cannot follow the one a device has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadTrouble {
    /// It is shorter.
    Shortened,
    /// What was before is not what it was, or the founder's key did not sign it.
    Rewritten,
}

impl AuditHead {
    /// Whether the founder's key signed the end.
    pub fn is_signed(&self, founder: &PublicKey) -> bool {
        signer::verify(founder, CONTEXT, &*self.end.hash, &self.signature).is_ok()
    }

    /// Checks that this end goes on from one that was seen.
    ///
    /// # Errors
    /// [`HeadTrouble`].
    pub fn follows(&self, seen: &Seen, founder: &PublicKey) -> Result<(), HeadTrouble> {
        if self.end.count < seen.count {
            return Err(HeadTrouble::Shortened);
        }
        let (mut seq, mut hash) = (seen.count, *seen.hash);
        for digest in &self.digests {
            seq += 1;
            hash = link(seq, &hash, digest);
        }
        let whole = seq == self.end.count && hash == *self.end.hash && self.is_signed(founder);
        if whole { Ok(()) } else { Err(HeadTrouble::Rewritten) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(key: &SignerKey, acts: &[&str]) -> Vec<AuditEntry> {
        let mut previous = [0; 32];
        let entry = |(place, act): (usize, &&str)| {
            let body = AuditBody {
                source: [0; 16].into(),
                seq: place as u64 + 1,
                previous: previous.into(),
                at_ms: 0,
                act: (*act).to_owned(),
                user: None,
                about: None,
                seen: None,
            };
            let entry = AuditEntry::new(&body, key);
            previous = entry.hash();
            entry
        };
        acts.iter().enumerate().map(entry).collect()
    }

    fn end(entries: &[AuditEntry]) -> Seen {
        Seen { count: entries.len() as u64, hash: entries[entries.len() - 1].hash().into() }
    }

    fn head(entries: &[AuditEntry], from: usize) -> AuditHead {
        let signature: [u8; 64] = entries[entries.len() - 1].signature().try_into().unwrap();
        let digests = entries[from..].iter().map(|it| it.digest().into()).collect();
        AuditHead { end: end(entries), digests, signature: signature.into() }
    }

    #[test]
    fn a_longer_chain_follows_and_a_shortened_rewritten_or_unsigned_one_does_not() {
        let (key, other) = (SignerKey::from_secret(&[1; 32]), SignerKey::from_secret(&[2; 32]));
        let founder = key.public();
        let entries = chain(&key, &["sign_in", "export", "backup", "sign_in"]);
        let seen = end(&entries[..2]);
        assert_eq!(head(&entries, 2).follows(&seen, &founder), Ok(()));
        assert_eq!(head(&entries[..2], 2).follows(&seen, &founder), Ok(()));
        assert_eq!(head(&entries[..1], 1).follows(&seen, &founder), Err(HeadTrouble::Shortened));
        let rewritten = chain(&key, &["sign_in", "backup", "backup", "sign_in"]);
        assert_eq!(head(&rewritten, 2).follows(&seen, &founder), Err(HeadTrouble::Rewritten));
        assert_eq!(head(&rewritten[..2], 2).follows(&seen, &founder), Err(HeadTrouble::Rewritten));
        let forged = chain(&other, &["sign_in", "export", "backup"]);
        assert_eq!(head(&forged, 2).follows(&seen, &founder), Err(HeadTrouble::Rewritten));
        let mut moved = head(&entries, 2);
        moved.end.count += 1;
        assert_eq!(moved.follows(&seen, &founder), Err(HeadTrouble::Rewritten));
    }
}
