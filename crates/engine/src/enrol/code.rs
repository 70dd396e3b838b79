//! The invitation code: 128 random bits and two check bits, as 26 characters of Crockford base32.

use crate::error::EngineError;
use crate::random;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code.
pub const LENGTH: usize = 26;

/// A code; never shown but by [`InvitationCode::text`], never stored by the server.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct InvitationCode([u8; 16]);

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

impl InvitationCode {
    /// A new code.
    ///
    /// # Errors
    /// [`EngineError::NoRandomness`].
    pub fn draw() -> Result<Self, EngineError> {
        Ok(Self(random::bytes()?))
    }

    /// The bits of a code, to be sealed.
    pub(crate) fn bits(&self) -> [u8; 16] {
        self.0
    }

    /// The code of its bits.
    pub(crate) fn of_bits(bits: [u8; 16]) -> Self {
        Self(bits)
    }

    /// The code to give to the newcomer, in groups of five characters.
    pub fn text(&self) -> String {
        let bits = u128::from_be_bytes(self.0);
        let check = self.check();
        let digit = |n: usize| match n {
            25 => ((bits & 0b111) as u8) << 2 | check,
            n => ((bits >> (123 - 5 * n)) & 31) as u8,
        };
        let characters: Vec<char> =
            (0..LENGTH).map(|n| char::from(ALPHABET[usize::from(digit(n))])).collect();
        characters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// Reads what was typed: spaces, dashes and capitals do not matter, O is 0, I and L are 1.
    pub fn read(typed: &str) -> Option<Self> {
        let mut digits = Vec::with_capacity(LENGTH);
        for character in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let upper = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            digits.push(ALPHABET.iter().position(|it| char::from(*it) == upper)? as u8);
        }
        if digits.len() != LENGTH {
            return None;
        }
        let bits = digits[..25].iter().fold(0_u128, |bits, digit| bits << 5 | u128::from(*digit));
        let code = Self((bits << 3 | u128::from(digits[25] >> 2)).to_be_bytes());
        (code.check() == digits[25] & 0b11).then_some(code)
    }

    fn check(&self) -> u8 {
        Sha256::digest(self.0)[0] & 0b11
    }

    /// The name under which the server keeps the invitation: reveals nothing of the code.
    pub fn id(&self) -> [u8; 16] {
        let digest: [u8; 32] =
            Sha256::new().chain_update(b"allervers invitation id 1").chain_update(self.0).finalize().into();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        id
    }

    /// The key of the MACs of both sides.
    pub fn mac_key(&self) -> [u8; 32] {
        Sha256::new().chain_update(b"allervers invitation mac 1").chain_update(self.0).finalize().into()
    }
}

/// MAC of the parts, each preceded by its length.
pub(in crate::enrol) fn mac(key: &[u8; 32], context: &str, parts: &[&[u8]]) -> [u8; 32] {
    started(key, context, parts).finalize().into_bytes().into()
}

/// Checks a MAC in constant time.
pub(in crate::enrol) fn mac_holds(key: &[u8; 32], context: &str, parts: &[&[u8]], tag: &[u8; 32]) -> bool {
    started(key, context, parts).verify_slice(tag).is_ok()
}

fn started(key: &[u8; 32], context: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in [context.as_bytes()].iter().chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_whatever_its_spaces_and_capitals() {
        for seed in 0..=255_u8 {
            let code = InvitationCode([seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, seed ^ 0xFF]);
            let text = code.text();
            assert_eq!(text.chars().filter(|c| *c != ' ').count(), LENGTH);
            assert_eq!(InvitationCode::read(&text.to_lowercase().replace(' ', "-")), Some(code));
        }
    }

    #[test]
    fn three_of_four_codes_with_one_wrong_character_are_refused_before_they_travel() {
        let text = InvitationCode([7; 16]).text();
        let wrong = ALPHABET
            .iter()
            .filter(|c| InvitationCode::read(&text.replacen('0', &char::from(**c).to_string(), 1)).is_some());
        assert!(wrong.count() < 20);
        assert_eq!(InvitationCode::read(""), None);
        assert_eq!(InvitationCode::read(&format!("{text}0")), None);
    }
}
