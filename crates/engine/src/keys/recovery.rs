//! The recovery key of a cité: 256 random bits on paper, as twenty-four French words of BIP-39 (the last
//! word checks the others). Two pairs are derived from them by HKDF-SHA256, each under its own name: X25519,
//! to which group keys and store keys are sealed, and Ed25519, which signs one step of the chain. Their
//! public halves stand in the signed chain; the secret touches no disk.

use crate::error::EngineError;
use crate::keys::passphrase::normalise;
use crate::random;
use bip39::{Language, Mnemonic};
use document::SignerKey;
use document::control::RecoveryKeys;
use domain::secret::SecretText;
use hkdf::Hkdf;
use sha2::Sha256;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization as _;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Words of the key.
pub const RECOVERY_WORDS: usize = 24;

/// The secret; zeroized when dropped. It has no `Debug` on purpose.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RecoveryKey([u8; 32]);

impl RecoveryKey {
    /// A new key.
    ///
    /// # Errors
    /// [`EngineError::NoRandomness`].
    pub fn draw() -> Result<Self, EngineError> {
        Ok(Self(random::bytes()?))
    }

    /// The words to note, with their accents.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`], which cannot be for 32 bytes.
    pub fn words(&self) -> Result<SecretText, EngineError> {
        let mnemonic = Mnemonic::from_entropy_in(Language::French, &self.0);
        let mnemonic = mnemonic.map_err(|_| EngineError::KeyDerivation)?;
        Ok(SecretText::from(
            mnemonic.words().flat_map(|it| [it, " "]).collect::<String>().trim().nfc().collect::<String>(),
        ))
    }

    /// Reads the words; accents, capitals and extra spaces do not matter. None where one of them is wrong.
    pub fn read(typed: &SecretText) -> Option<Self> {
        let plain = normalise(typed);
        let list = Language::French.word_list();
        let mut words = Zeroizing::new(String::new());
        for word in plain.split(' ') {
            let known = list.iter().find(|it| *normalise(&SecretText::from(**it)) == word)?;
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(known);
        }
        let mnemonic = Mnemonic::parse_in_normalized(Language::French, &words).ok()?;
        let (entropy, length) = mnemonic.to_entropy_array();
        let entropy = Zeroizing::new(entropy);
        Some(Self(entropy[..length].try_into().ok()?))
    }

    /// Public halves, as the chain names them.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`], which cannot be for 32 bytes.
    pub fn public(&self) -> Result<RecoveryKeys, EngineError> {
        let agree = PublicKey::from(&StaticSecret::from(*self.agree()?)).to_bytes();
        Ok(RecoveryKeys { agree: agree.into(), sign: self.signer()?.public().into() })
    }

    /// The X25519 secret, for opening what was sealed to the key.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`], which cannot be for 32 bytes.
    pub fn agree(&self) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        self.derived(b"allervers recovery agree 1")
    }

    /// The Ed25519 key.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`], which cannot be for 32 bytes.
    pub fn signer(&self) -> Result<SignerKey, EngineError> {
        Ok(SignerKey::from_secret(&*self.derived(b"allervers recovery sign 1")?))
    }

    fn derived(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, EngineError> {
        let mut key = Zeroizing::new([0; 32]);
        let expanded = Hkdf::<Sha256>::new(None, &self.0).expand(purpose, key.as_mut());
        expanded.map_err(|_| EngineError::KeyDerivation)?;
        Ok(key)
    }
}

/// Positions, from 1, of words that are in no list, among those typed so far; an empty one is not typed yet.
pub fn unknown_words<'a>(typed: impl IntoIterator<Item = &'a SecretText>) -> Vec<u8> {
    let words = Language::French.word_list().iter();
    let list: HashSet<String> =
        words.map(|word| normalise(&SecretText::from(*word)).as_str().to_owned()).collect();
    let typed = (1..=u8::MAX).zip(typed).map(|(n, word)| (n, normalise(word)));
    typed.filter(|(_, word)| !word.is_empty() && !list.contains(word.as_str())).map(|(n, _)| n).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_on_paper_give_the_key_back_without_accents_and_in_capitals() {
        let key = RecoveryKey::draw().unwrap();
        let words = key.words().unwrap();
        assert_eq!(words.expose().split(' ').count(), RECOVERY_WORDS);
        let typed = SecretText::from(format!("  {} ", normalise(&words).to_uppercase()));
        assert_eq!(RecoveryKey::read(&typed).unwrap().public().unwrap(), key.public().unwrap());
    }

    /// Printed sheets are kept for years: what is derived from them never changes. The values were computed with
    /// another implementation of HKDF, X25519 and Ed25519 too.
    #[test]
    fn what_the_words_give_is_frozen_and_neither_pair_tells_the_other() {
        let key = RecoveryKey([0; 32]);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let public = key.public().unwrap();
        assert_eq!(hex(&*public.agree), "cb3939e849f8b72d7eb47baa9425eafc888c313a01363fc8ed42c5562c34e205");
        assert_eq!(hex(&*public.sign), "074ea6c902f50e893d5e2ff3e774d78db954b8074a1fab9371c632cd14dea10b");
        let signer = SignerKey::from_secret(&key.agree().unwrap());
        assert_ne!(signer.public(), *public.sign);
        assert_ne!(*key.agree().unwrap(), [0; 32]);
    }

    #[test]
    fn each_word_that_is_in_no_list_is_named() {
        let typed = ["ABAISSER", "", "écureil", "  écureuil ", "xyz"].map(SecretText::from);
        assert_eq!(unknown_words(&typed), [3, 5]);
    }

    #[test]
    fn a_wrong_or_missing_word_is_noticed() {
        // The vector of BIP-39 for 32 zero bytes.
        let zeros = RecoveryKey([0; 32]).words().unwrap();
        let all = zeros.expose().to_owned();
        assert!(all.starts_with("abaisser abaisser "), "{}", all.len());
        assert!(RecoveryKey::read(&zeros).is_some());
        let swapped = all.replacen("abaisser", "abandon", 1);
        assert!(RecoveryKey::read(&swapped.into()).is_none());
        let short = all.split_once(' ').unwrap().1.to_owned();
        assert!(RecoveryKey::read(&short.into()).is_none());
    }
}
