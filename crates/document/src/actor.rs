//! The Automerge actor: who signs, and which incarnation of their store.

use automerge::ActorId;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Names a signing key: the first 16 bytes of the SHA-256 of the Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SignerId(pub [u8; 16]);

impl SignerId {
    /// The signer of a public key.
    pub fn of(public: &[u8; 32]) -> Self {
        let digest: [u8; 32] = Sha256::digest(public).into();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        Self(id)
    }
}

impl fmt::Debug for SignerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// An actor: signer and incarnation, 20 bytes. The incarnation is raised whenever a store is
/// restored or cloned, so that two stores never write under one actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor {
    /// Who signs.
    pub signer: SignerId,
    /// Incarnation of the store, from 1.
    pub incarnation: u32,
}

impl Actor {
    /// Length in bytes.
    pub const LENGTH: usize = 20;

    /// The 20 bytes.
    pub fn bytes(&self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        bytes[..16].copy_from_slice(&self.signer.0);
        bytes[16..].copy_from_slice(&self.incarnation.to_be_bytes());
        bytes
    }

    /// Reads an actor; `None` where the length is another.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; Self::LENGTH] = bytes.try_into().ok()?;
        let mut signer = [0; 16];
        signer.copy_from_slice(&bytes[..16]);
        let incarnation = u32::from_be_bytes([bytes[16], bytes[17], bytes[18], bytes[19]]);
        Some(Self { signer: SignerId(signer), incarnation })
    }

    pub(crate) fn automerge(&self) -> ActorId {
        ActorId::from(self.bytes())
    }
}
