//! The words both screens show: they differ where a key was swapped on the way, even by somebody who
//! learnt the code.

use super::message::Tagged;
use crate::enrol::code::{InvitationCode, mac};
use bip39::Language;
use unicode_normalization::UnicodeNormalization as _;

/// Words to compare: 66 bits, too many to search for a key that gives the same ones within ten minutes.
pub const COMPARED: usize = 6;

/// Six French words from the code, the inviter's card and the newcomer's keys.
pub(crate) fn words(code: &InvitationCode, card: &Tagged, offer: &Tagged) -> Vec<String> {
    let list = Language::French.word_list();
    let digest = mac(&code.mac_key(), "words", &[&code.id(), card.body(), offer.body()]);
    digest
        .chunks_exact(2)
        .take(COMPARED)
        // 2,048 words: eleven bits of sixteen.
        .map(|pair| list[usize::from(u16::from_be_bytes([pair[0], pair[1]])) % list.len()])
        .map(|word| word.nfc().collect())
        .collect()
}
