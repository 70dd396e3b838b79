//! The recovery key of a cité: 256 random bits on paper, as twenty-four French words of BIP-39 (the last
//! word checks the others). Its X25519 public key stands in the signed chain; the secret touches no disk.

use crate::error::EngineError;
use crate::keys::passphrase::normalise;
use crate::random;
use bip39::{Language, Mnemonic};
use domain::secret::SecretText;
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

    /// X25519 public key, to which group keys are sealed.
    pub fn public(&self) -> [u8; 32] {
        PublicKey::from(&StaticSecret::from(self.0)).to_bytes()
    }

    /// The X25519 secret, for opening what was sealed to the key.
    pub fn secret(&self) -> &[u8; 32] {
        &self.0
    }
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
        assert_eq!(RecoveryKey::read(&typed).unwrap().public(), key.public());
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
