//! The code of a receipt: nineteen characters of 95 random bits and one that checks them.

use crate::error::EngineError;
use crate::random;
use document::control::Tag;
use domain::ids::{CiteId, PathwayId};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// Crockford's: read aloud and written by hand without confusion.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 20;

/// A code.
pub(crate) struct Code([u8; LENGTH]);

impl Code {
    /// Draws one.
    pub(crate) fn draw() -> Result<Self, EngineError> {
        let random: [u8; LENGTH] = random::bytes()?;
        let mut values = random.map(|byte| byte % 32);
        values[LENGTH - 1] = check(&values);
        Ok(Self(values))
    }

    /// Reads what was typed or scanned: letters that are mistaken for digits, spaces and dashes are no
    /// matter. None where it cannot be one.
    pub(crate) fn read(typed: &str) -> Option<Self> {
        let mut values = [0; LENGTH];
        let mut count = 0;
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET.iter().position(|it| char::from(*it) == c)?;
            *values.get_mut(count)? = value as u8;
            count += 1;
        }
        (count == LENGTH && values[LENGTH - 1] == check(&values)).then_some(Self(values))
    }

    /// As it is printed: five groups of four.
    pub(crate) fn text(&self) -> String {
        let letters: Vec<char> =
            self.0.iter().map(|value| char::from(ALPHABET[usize::from(*value)])).collect();
        letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// Its tag in a cité.
    pub(crate) fn tag(&self, cite: CiteId) -> Tag {
        let hash = Sha256::new_with_prefix(b"allervers receipt tag 1").chain_update(cite.as_bytes());
        first(&hash.chain_update(self.0).finalize())
    }
}

/// What a ledger holds of a receipt: nothing without the tag.
pub(crate) fn mark(tag: &Tag, pathway: PathwayId) -> [u8; 16] {
    let mut mac = Hmac::<Sha256>::new_from_slice(tag).expect("HMAC takes a key of any length");
    mac.update(b"allervers receipt mark 1");
    mac.update(pathway.as_bytes());
    first(&mac.finalize().into_bytes())
}

/// Bytes of so many hexadecimal digits.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

/// One wrong character, or two neighbours exchanged, are noticed.
fn check(values: &[u8; LENGTH]) -> u8 {
    let weighted = (1_u32..).zip(&values[..LENGTH - 1]).map(|(weight, value)| weight * u32::from(*value));
    (weighted.sum::<u32>() % 31) as u8
}

fn first(bytes: &[u8]) -> [u8; 16] {
    let mut first = [0; 16];
    first.copy_from_slice(&bytes[..16]);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_typed_by_hand_is_read_and_one_with_a_wrong_character_is_refused() {
        let code = Code::draw().unwrap();
        let text = code.text();
        assert_eq!((text.len(), text.matches('-').count()), (24, 4));
        let typed = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(Code::read(&typed).unwrap().0, code.0);
        for at in 0..LENGTH - 1 {
            let mut wrong = code.0;
            // 31 apart is the one difference that the check does not see.
            wrong[at] = (wrong[at] + 7) % 32;
            if wrong[at].abs_diff(code.0[at]) != 31 {
                let wrong = Code(wrong).text();
                assert!(Code::read(&wrong).is_none(), "{at}: {text} {wrong}");
            }
        }
        assert!(Code::read("").is_none() && Code::read(&format!("{text}A")).is_none());
    }

    #[test]
    fn two_cites_and_two_people_have_nothing_in_common() {
        let code = Code::draw().unwrap();
        let tag = code.tag(CiteId::from_bytes([1; 16]));
        assert_ne!(tag, code.tag(CiteId::from_bytes([2; 16])));
        assert_ne!(mark(&tag, PathwayId::from_bytes([1; 16])), mark(&tag, PathwayId::from_bytes([2; 16])));
    }
}
