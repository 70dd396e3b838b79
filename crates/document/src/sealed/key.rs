//! The key of a named part.

use crate::change::Hash;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Names a part key; derived from its secret, so that another secret never passes under this name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartKeyId(pub [u8; 16]);

impl fmt::Debug for PartKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// The secret of one generation of one named part, as one author drew it. Zeroized, never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct PartKey([u8; 32]);

impl fmt::Debug for PartKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PartKey({:?})", self.id())
    }
}

impl PartKey {
    /// The key of 32 random secret bytes.
    pub fn from_secret(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The secret bytes, to be wrapped.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Its name.
    pub fn id(&self) -> PartKeyId {
        let derived = self.derived(b"allervers part key id 1");
        let mut id = [0; 16];
        id.copy_from_slice(&derived[..16]);
        PartKeyId(id)
    }

    /// The key that seals content.
    pub(super) fn content(&self) -> Zeroizing<[u8; 32]> {
        self.derived(b"allervers part content 1")
    }

    /// How a change is named outside: HMAC-SHA256 of its hash, so that the server cannot guess at
    /// what it holds.
    pub fn change_id(&self, hash: &Hash) -> [u8; 32] {
        let key = self.derived(b"allervers part change id 1");
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("HMAC takes a key of any length");
        mac.update(hash);
        mac.finalize().into_bytes().into()
    }

    fn derived(&self, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(purpose, key.as_mut())
            .expect("32 bytes are within what HKDF-SHA256 gives");
        key
    }
}
