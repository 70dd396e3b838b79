//! The key of a device's store as text, to be read from a référent's screen and typed on the device: 32
//! bytes and three check bytes, as 56 characters of Crockford base32 in groups of four.

use crate::store::StoreKey;
use domain::secret::SecretText;
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters.
const LENGTH: usize = 56;
const BYTES: usize = 35;

/// The key; zeroized when dropped. It has no `Debug` on purpose.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RescueKey([u8; 32]);

impl RescueKey {
    /// Of a store's key.
    pub fn of(key: &StoreKey) -> Self {
        Self(*key.expose())
    }

    /// The store's key.
    pub fn store_key(&self) -> StoreKey {
        StoreKey::from_bytes(self.0)
    }

    /// As text.
    pub fn text(&self) -> SecretText {
        let mut bytes = Zeroizing::new([0; BYTES]);
        bytes[..32].copy_from_slice(&self.0);
        bytes[32..].copy_from_slice(&self.check());
        let mut text = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / 4));
        for (n, five) in bytes.chunks_exact(5).enumerate() {
            let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            for (half, shift) in (0..8).zip((0..40).step_by(5).rev()) {
                if half % 4 == 0 && n + half > 0 {
                    text.push(' ');
                }
                text.push(char::from(ALPHABET[(bits >> shift & 31) as usize]));
            }
        }
        SecretText::from(text.as_str())
    }

    /// Reads what was typed: spaces, dashes and capitals do not matter, O is 0, I and L are 1. None where a
    /// character is wrong.
    pub fn read(typed: &SecretText) -> Option<Self> {
        let mut digits = Zeroizing::new(Vec::with_capacity(LENGTH));
        for character in typed.expose().chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let upper = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            digits.push(ALPHABET.iter().position(|it| char::from(*it) == upper)? as u64);
        }
        if digits.len() != LENGTH {
            return None;
        }
        let mut bytes = Zeroizing::new([0; BYTES]);
        for (eight, five) in digits.chunks_exact(8).zip(bytes.chunks_exact_mut(5)) {
            let bits = eight.iter().fold(0_u64, |bits, digit| bits << 5 | digit);
            five.copy_from_slice(&bits.to_be_bytes()[3..]);
        }
        let mut key = Self([0; 32]);
        key.0.copy_from_slice(&bytes[..32]);
        (key.check() == bytes[32..]).then_some(key)
    }

    fn check(&self) -> [u8; 3] {
        let digest = Sha256::new().chain_update(b"allervers rescue key 1").chain_update(self.0).finalize();
        [digest[0], digest[1], digest[2]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_one_wrong_character_is_noticed() {
        for seed in 0..=255_u8 {
            let key = RescueKey([seed; 32]);
            let text = key.text();
            assert_eq!(text.expose().split(' ').map(str::len).collect::<Vec<_>>(), [4; 14]);
            let typed = SecretText::from(text.expose().to_lowercase().replace(' ', "-"));
            assert_eq!(RescueKey::read(&typed).unwrap().0, key.0);
            let wrong = text.expose().replacen(&text.expose()[..1], if seed < 8 { "Z" } else { "0" }, 1);
            assert!(RescueKey::read(&SecretText::from(wrong)).is_none(), "seed {seed}");
        }
        assert!(RescueKey::read(&SecretText::from("")).is_none());
    }
}
