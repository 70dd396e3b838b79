//! The six-word passphrase: 66 random bits as French BIP-39 words, and its key.

use crate::error::EngineError;
use crate::random;
use argon2::{Algorithm, Argon2, Params, Version};
use bip39::Language;
use domain::secret::SecretText;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

/// Words of a passphrase.
pub const WORDS: usize = 6;

/// Cost of a key derivation; stored beside what it protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argon2Cost {
    /// Memory, KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Argon2Cost {
    /// For devices: 64 MiB, and passes enough for half a second on a slow tablet.
    pub const DEVICE: Self = Self { memory_kib: 64 * 1024, passes: 4, lanes: 1 };
    /// Least that is accepted from a key file.
    const LEAST: Self = Self { memory_kib: 8 * 1024, passes: 1, lanes: 1 };
    /// Most that is accepted from a key file, so that a damaged one cannot take all memory.
    const MOST: Self = Self { memory_kib: 1024 * 1024, passes: 64, lanes: 8 };

    /// Derives 32 bytes.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`] where the cost is out of bounds.
    pub fn derive(self, secret: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        let within = |least: u32, it: u32, most: u32| (least..=most).contains(&it);
        let sane = within(Self::LEAST.memory_kib, self.memory_kib, Self::MOST.memory_kib)
            && within(Self::LEAST.passes, self.passes, Self::MOST.passes)
            && within(Self::LEAST.lanes, self.lanes, Self::MOST.lanes);
        let failed = |_| EngineError::KeyDerivation;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(failed)?;
        if !sane {
            return Err(EngineError::KeyDerivation);
        }
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret.as_bytes(), salt, key.as_mut())
            .map_err(failed)?;
        Ok(key)
    }
}

/// Six words drawn at random from the French list of BIP-39 (2,048 words, 11 bits each).
///
/// # Errors
/// [`EngineError::NoRandomness`].
pub fn propose() -> Result<SecretText, EngineError> {
    let list = Language::French.word_list();
    let draws = random::bytes::<{ 2 * WORDS }>()?;
    let words = draws
        .chunks_exact(2)
        .map(|pair| list[usize::from(u16::from_be_bytes([pair[0], pair[1]])) % list.len()]);
    Ok(SecretText::from(words.collect::<Vec<_>>().join(" ").nfc().collect::<String>()))
}

/// What was typed, without what does not matter: accents, capitals, extra spaces.
pub fn normalise(typed: &SecretText) -> Zeroizing<String> {
    let plain: Zeroizing<String> = Zeroizing::new(
        typed.expose().nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase(),
    );
    Zeroizing::new(plain.split_whitespace().collect::<Vec<_>>().join(" "))
}
