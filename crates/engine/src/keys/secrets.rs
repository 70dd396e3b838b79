//! What a user's passphrase opens: the store's key and the user's own seed.

use crate::error::EngineError;
use crate::store::StoreKey;
use document::SignerKey;
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Secrets of an unlocked user; zeroized when dropped, never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct UserSecrets {
    store: [u8; 32],
    seed: [u8; 32],
}

impl fmt::Debug for UserSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserSecrets(…)")
    }
}

impl UserSecrets {
    /// Secrets from their two random parts.
    pub fn new(store: &StoreKey, seed: [u8; 32]) -> Self {
        Self { store: *store.expose(), seed }
    }

    /// The key of the device's store, shared by its users.
    pub fn store_key(&self) -> StoreKey {
        StoreKey::from_bytes(self.store)
    }

    /// The user's signing key on this device.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`].
    pub fn signer(&self) -> Result<SignerKey, EngineError> {
        Ok(SignerKey::from_secret(&*self.derived(b"allervers sign 1")?))
    }

    /// The key that seals what only this user may read on this device: drafts, unshared parts.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`].
    pub fn own_key(&self) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        self.derived(b"allervers own 1")
    }

    fn derived(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &self.seed)
            .expand(purpose, key.as_mut())
            .map_err(|_| EngineError::KeyDerivation)?;
        Ok(key)
    }

    pub(super) fn bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([self.store, self.seed].concat())
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, EngineError> {
        let bytes: &[u8; 64] = bytes.try_into().map_err(|_| EngineError::Damaged)?;
        let mut secrets = Self { store: [0; 32], seed: [0; 32] };
        secrets.store.copy_from_slice(&bytes[..32]);
        secrets.seed.copy_from_slice(&bytes[32..]);
        Ok(secrets)
    }
}
