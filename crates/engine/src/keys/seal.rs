//! XChaCha20-Poly1305 under a random nonce, which stands before the ciphertext.

use crate::error::EngineError;
use crate::random;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Seals bytes; `about` is authenticated beside them and must be given again to open.
///
/// # Errors
/// [`EngineError::NoRandomness`].
pub fn seal(key: &[u8; 32], about: &[u8], plain: &[u8]) -> Result<Vec<u8>, EngineError> {
    let nonce = random::bytes::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: about })
        .map_err(|_| EngineError::KeyDerivation)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal`] sealed.
///
/// # Errors
/// [`EngineError::WrongKey`] for another key, other `about`, or changed bytes.
pub fn open(key: &[u8; 32], about: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, EngineError> {
    let (nonce, body) = sealed.split_at_checked(NONCE).ok_or(EngineError::Damaged)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| EngineError::Damaged)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    cipher
        .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: about })
        .map(Zeroizing::new)
        .map_err(|_| EngineError::WrongKey)
}
