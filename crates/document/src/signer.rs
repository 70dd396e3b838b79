//! Ed25519 keys of a user on a device.

use crate::actor::SignerId;
use crate::error::DocumentError;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use std::fmt;

/// An Ed25519 public key.
pub type PublicKey = [u8; 32];
/// An Ed25519 signature.
pub type Signature = [u8; 64];

/// A secret signing key; zeroized when dropped, never shown.
#[derive(Clone)]
pub struct SignerKey(SigningKey);

impl SignerKey {
    /// The key of 32 random secret bytes.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// Public key.
    pub fn public(&self) -> PublicKey {
        self.0.verifying_key().to_bytes()
    }

    /// Signer.
    pub fn id(&self) -> SignerId {
        SignerId::of(&self.public())
    }

    /// Signs bytes under a context, so that a signature of one kind never passes as another.
    pub fn sign(&self, context: &str, bytes: &[u8]) -> Signature {
        self.0.sign(&message(context, bytes)).to_bytes()
    }
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({:?})", self.id())
    }
}

/// Checks a signature (strict: no small-order keys, no malleability).
///
/// # Errors
/// [`DocumentError::BadSignature`].
pub fn verify(
    public: &PublicKey,
    context: &str,
    bytes: &[u8],
    signature: &Signature,
) -> Result<(), DocumentError> {
    let key = VerifyingKey::from_bytes(public).map_err(|_| DocumentError::BadSignature)?;
    let signature = ed25519_dalek::Signature::from_bytes(signature);
    key.verify_strict(&message(context, bytes), &signature).map_err(|_| DocumentError::BadSignature)
}

fn message(context: &str, bytes: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(context.len() + 1 + bytes.len());
    message.extend_from_slice(context.as_bytes());
    message.push(0);
    message.extend_from_slice(bytes);
    message
}
