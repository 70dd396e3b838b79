//! HPKE (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, base mode.
//! Wraps 32 secret bytes for a public key; what they are about is authenticated beside them.

use crate::error::EngineError;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{
    Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _, single_shot_open, single_shot_seal,
};
use zeroize::Zeroizing;

type Kem = X25519HkdfSha256;
type Encapped = <Kem as hpke::Kem>::EncappedKey;
type Private = <Kem as hpke::Kem>::PrivateKey;
type Public = <Kem as hpke::Kem>::PublicKey;

/// Length of the encapsulated key, before the ciphertext.
const ENCAPPED: usize = 32;

/// 32 secret bytes.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// The public key of an X25519 secret.
pub(crate) fn public_of(secret: &[u8; 32]) -> Result<[u8; 32], EngineError> {
    let private = Private::from_bytes(secret).map_err(|_| EngineError::KeyDerivation)?;
    Ok(Kem::sk_to_pk(&private).to_bytes().into())
}

/// Wraps a secret for a public key.
///
/// # Errors
/// [`EngineError::KeyDerivation`] for a public key that is none.
pub(crate) fn wrap(
    public: &[u8; 32],
    context: &str,
    about: &[u8],
    secret: &[u8; 32],
) -> Result<Vec<u8>, EngineError> {
    let failed = |_| EngineError::KeyDerivation;
    let public = Public::from_bytes(public).map_err(failed)?;
    let (encapped, sealed) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeS::Base,
        &public,
        context.as_bytes(),
        secret,
        about,
    )
    .map_err(failed)?;
    Ok([encapped.to_bytes().as_slice(), &sealed].concat())
}

/// Unwraps what [`wrap`] wrapped.
///
/// # Errors
/// [`EngineError::WrongKey`].
pub(crate) fn unwrap(
    secret: &[u8; 32],
    context: &str,
    about: &[u8],
    sealed: &[u8],
) -> Result<Secret, EngineError> {
    let failed = |_| EngineError::WrongKey;
    let (encapped, body) = sealed.split_at_checked(ENCAPPED).ok_or(EngineError::WrongKey)?;
    let private = Private::from_bytes(secret).map_err(failed)?;
    let encapped = Encapped::from_bytes(encapped).map_err(failed)?;
    let plain = single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeR::Base,
        &private,
        &encapped,
        context.as_bytes(),
        body,
        about,
    )
    .map_err(failed)?;
    let plain = Zeroizing::new(plain);
    let secret: [u8; 32] = plain.as_slice().try_into().map_err(|_| EngineError::WrongKey)?;
    Ok(Zeroizing::new(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrap_opens_for_its_recipient_and_what_it_is_about_and_for_nothing_else() {
        let (mine, other) = ([7; 32], [8; 32]);
        let wrapped = wrap(&public_of(&mine).unwrap(), "test 1", b"part", &[42; 32]).unwrap();
        assert_eq!(wrapped.len(), 80);
        assert_eq!(*unwrap(&mine, "test 1", b"part", &wrapped).unwrap(), [42; 32]);
        assert!(unwrap(&other, "test 1", b"part", &wrapped).is_err());
        assert!(unwrap(&mine, "test 1", b"another", &wrapped).is_err());
        assert!(unwrap(&mine, "test 2", b"part", &wrapped).is_err());
        assert!(unwrap(&mine, "test 1", b"part", &wrapped[..79]).is_err());
    }

    /// Made by another program, which gives the values of RFC 9180, A.2.1 too: wraps are kept for years, whatever
    /// becomes of the crate.
    const FROZEN: [&str; 2] = [
        "50a61409b1ddd0325e9b16b700e719e9772c07000b1bd7786e907c653d20495daed7c1b0011b9bcb",
        "db5a84e9ad3e42c4c97b6a4b6b3c2157260353d2ceb225171b62e774d31c582ad276c03d87cd7c24",
    ];

    #[test]
    fn a_wrap_that_another_program_made_opens_and_always_will() {
        let hex = FROZEN.concat();
        let wrapped: Vec<u8> =
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
        assert_eq!(*unwrap(&[7; 32], "test 1", b"part", &wrapped).unwrap(), [42; 32]);
    }

    #[test]
    fn an_x25519_public_key_is_that_of_the_keys_of_users() {
        let secret = [9; 32];
        let dalek = x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from(secret));
        assert_eq!(public_of(&secret).unwrap(), dalek.to_bytes());
    }
}
