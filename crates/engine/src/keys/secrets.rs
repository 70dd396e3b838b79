//! What a user's passphrase opens: the store's key and the user's own seed.

use crate::error::EngineError;
use crate::store::StoreKey;
use document::SignerKey;
use domain::secret::SecretText;
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Secrets of an unlocked user; zeroized when dropped, never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct UserSecrets {
    store: [u8; 32],
    seed: [u8; 32],
    // Overwrites itself when dropped.
    #[zeroize(skip)]
    pin: SecretText,
}

impl fmt::Debug for UserSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserSecrets(…)")
    }
}

impl UserSecrets {
    /// Secrets from their two random parts and the chosen PIN.
    pub fn new(store: &StoreKey, seed: [u8; 32], pin: SecretText) -> Self {
        Self { store: *store.expose(), seed, pin }
    }

    /// The PIN that re-locks the running app.
    pub fn pin(&self) -> &SecretText {
        &self.pin
    }

    /// The user's X25519 public key on this device.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`].
    pub fn agree_public(&self) -> Result<[u8; 32], EngineError> {
        let secret = StaticSecret::from(*self.derived(b"allervers agree 1")?);
        Ok(PublicKey::from(&secret).to_bytes())
    }

    /// The user's X25519 secret key on this device.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`].
    pub(crate) fn agree(&self) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        self.derived(b"allervers agree 1")
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

    /// The key of this user's pseudonyms in the audit.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`].
    pub(crate) fn audit_key(&self) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        self.derived(b"allervers audit 1")
    }

    fn derived(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &self.seed)
            .expand(purpose, key.as_mut())
            .map_err(|_| EngineError::KeyDerivation)?;
        Ok(key)
    }

    pub(super) fn bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([self.store.as_slice(), &self.seed, self.pin.expose().as_bytes()].concat())
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, EngineError> {
        let (keys, pin) = bytes.split_at_checked(64).ok_or(EngineError::Damaged)?;
        let pin = std::str::from_utf8(pin).map_err(|_| EngineError::Damaged)?;
        let mut secrets = Self { store: [0; 32], seed: [0; 32], pin: SecretText::from(pin) };
        secrets.store.copy_from_slice(&keys[..32]);
        secrets.seed.copy_from_slice(&keys[32..]);
        Ok(secrets)
    }
}
