//! The bytes of everything that travels or is signed, frozen: a change of format is seen here first.
//!
//! Written anew, once a change is meant, by `cargo xtask freeze`; the difference in `frozen.txt` then
//! says what moved.

mod documents;
mod exchange;
mod joining;
mod ledger;
mod records;

use document::{DocumentKey, SignerKey};
use documents::documents;
use domain::ids::{CiteId, PathwayId};
use domain::vocabulary::DocumentKind;
use exchange::{audit, exchange};
use joining::joining;
use ledger::ledger;
use minicbor::{Decode, Encode};
use records::records;
use std::fmt::Write as _;

const CITE: CiteId = CiteId::from_bytes([1; 16]);
const FROZEN: &str = "src/sync/frozen.txt";

/// A frame as packed by zstd 1.5, level 9, dictionary 1, and what was in it. Never written anew.
const EARLIER: &[u8] = b"\0\0\0\x1d\x01\x01\0\0\0\x0a\x28\xb5\x2f\xfd\x04\0\x51\0\0\x87\x01\x05\x19\x01\x2c\x01\0\x80\x80\x7c\xe3\xe0\xf0";
const EARLIER_RAW: &[u8] = b"\x87\x01\x05\x19\x01\x2c\x01\0\x80\x80";

/// What is frozen so far, as lines of a name and hexadecimal digits.
#[derive(Default)]
struct Frozen(String);

impl Frozen {
    fn bytes(&mut self, name: &str, bytes: &[u8]) {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(self.0, "{name} {hex}").unwrap();
    }

    /// A message: its bytes, which must also read back to themselves.
    fn message<T: Encode<()> + for<'b> Decode<'b, ()>>(&mut self, name: &str, message: &T) {
        let bytes = minicbor::to_vec(message).unwrap();
        let again: T = minicbor::decode(&bytes).unwrap();
        assert_eq!(minicbor::to_vec(&again).unwrap(), bytes, "{name} reads back as something else");
        self.bytes(name, &bytes);
    }
}

fn key() -> DocumentKey {
    DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16]))
}

fn signer() -> SignerKey {
    SignerKey::from_secret(&[3; 32])
}

fn part() -> DocumentKey {
    DocumentKey { kind: DocumentKind::Contact, generation: 2, ..key() }
}

#[test]
fn the_bytes_of_everything_that_travels_or_is_signed_are_frozen() {
    let mut frozen = Frozen::default();
    exchange(&mut frozen);
    audit(&mut frozen);
    documents(&mut frozen);
    records(&mut frozen);
    ledger(&mut frozen);
    joining(&mut frozen);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FROZEN);
    #[allow(clippy::disallowed_methods, reason = "how `cargo xtask freeze` says that a change is meant")]
    if std::env::var_os("ALLERVERS_FREEZE").is_some() {
        std::fs::write(&path, &frozen.0).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    for (is, was) in lines(&frozen.0).iter().zip(&lines(&kept)) {
        assert_eq!(is, was, "a format changed; if that is meant: cargo xtask freeze");
    }
    assert_eq!(frozen.0, kept, "something new travels: cargo xtask freeze");
}

#[test]
fn a_frame_opens_to_what_was_packed_and_begins_with_its_frozen_head() {
    let frame = crate::sync::frame::pack(b"premier").unwrap();
    assert_eq!(frame[..4], (frame.len() as u32 - 4).to_be_bytes(), "length");
    assert_eq!(frame[4..10], [1, 1, 0, 0, 0, 7], "format, dictionary, raw length");
    assert_eq!(crate::sync::frame::unpack_upload(&frame).unwrap(), b"premier");
    // A frame of an earlier version of the compression library opens all the same.
    assert_eq!(crate::sync::frame::unpack_upload(EARLIER).unwrap(), EARLIER_RAW);
}
