//! One entry: what it is, and its bytes with length and checksum.
//!
//! `length (4, big endian) | its complement (4) | checksum (8) | what (1) | body`. The length counts what
//! follows the checksum, which is the beginning of the SHA-256 of the same.

use sha2::{Digest as _, Sha256};

/// Bytes in front of what is checked.
pub(super) const HEAD: usize = 16;
/// Longest entry, head aside: a record is at most 16 KiB and what stands round it.
pub(super) const MOST: usize = 64 * 1024;

/// What an entry is. Numbers are frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A control record, CBOR, of whatever kind.
    Control = 1,
    /// SHA-256 of a device's token (32), the device (16).
    Token = 2,
}

impl What {
    /// By its number.
    pub fn of(number: u8) -> Option<Self> {
        match number {
            1 => Some(What::Control),
            2 => Some(What::Token),
            _ => None,
        }
    }
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub what: What,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// What stands at a place of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A whole entry of so many bytes.
    Whole(Entry, usize),
    /// Nothing that checks.
    Broken,
    /// It checks, and is of a later version.
    Later,
}

impl Entry {
    /// As it stands in the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut checked = Vec::with_capacity(1 + self.body.len());
        checked.push(self.what as u8);
        checked.extend_from_slice(&self.body);
        let length = checked.len() as u32;
        let mut bytes = Vec::with_capacity(HEAD + checked.len());
        bytes.extend(length.to_be_bytes());
        bytes.extend((!length).to_be_bytes());
        bytes.extend(&Sha256::digest(&checked)[..8]);
        bytes.extend(checked);
        bytes
    }

    /// The entry at the beginning of some bytes.
    pub(super) fn read(bytes: &[u8]) -> Found {
        let Some(checked) = length(bytes).and_then(|length| bytes.get(HEAD..HEAD + length)) else {
            return Found::Broken;
        };
        if Sha256::digest(checked)[..8] != bytes[8..HEAD] {
            return Found::Broken;
        }
        match What::of(checked[0]) {
            Some(what) => Found::Whole(Entry { what, body: checked[1..].to_vec() }, HEAD + checked.len()),
            None => Found::Later,
        }
    }
}

/// The length that a head names, where it agrees with its complement and the limits.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let [a, b]: [[u8; 4]; 2] = [bytes.get(..4)?.try_into().ok()?, bytes.get(4..8)?.try_into().ok()?];
    let length = u32::from_be_bytes(a);
    let fits = (1..=MOST).contains(&(length as usize));
    (length == !u32::from_be_bytes(b) && fits).then_some(length as usize)
}
