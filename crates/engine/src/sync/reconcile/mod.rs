//! Finding what two sides hold differently, in two rounds whatever the number of documents.
//!
//! Each side has a sum for every document (`store::digest`). First the device sends one sum for each
//! span of identifiers, about 32 documents wide, and the server names the spans that differ; then the
//! device sends its documents of those spans, a page at a time, and the server names those of which it
//! lacks something and serves those of which the device lacks something. What the server lacks is
//! offered again (`offer`, and `sealed::offer` for named parts). Nothing is deleted on either side, but
//! for a document that the server knows whole and does not let this device see.
//!
//! A key of generation 0 stands for a person's ledger, or for the epochs (`store::digest`).

mod ask;
mod find;
mod offer;
mod span;

pub(crate) use ask::{Next, Reconcile};
pub(super) use find::{Asked, find};
pub(super) use offer::{gather as gather_offers, settle as settle_offers, settle_one as settle_offer};

use document::DocumentKey;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Most spans, as bits of the identifier.
const MOST_BITS: u8 = 12;
/// Most documents in one upload.
const MOST_ENTRIES: usize = 4_096;

/// What the device asks to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
pub(crate) enum Check {
    /// Eight bytes for each of `2^bits` spans of identifiers: the end of the sum over its documents.
    #[n(0)]
    Spans(#[n(0)] u8, #[n(1)] ByteVec),
    /// Documents of some ranges; whether all that the server wanted was offered before.
    #[n(1)]
    Ranges(#[n(0)] Vec<Range>, #[n(1)] bool),
}

impl Check {
    /// Raw bytes in an upload, about.
    pub(super) fn size(&self) -> usize {
        match self {
            Check::Spans(_, sums) => sums.len(),
            Check::Ranges(ranges, _) => ranges.iter().map(|it| 40 + 40 * it.entries.len()).sum(),
        }
    }

    /// The end of the sum that was listed for a document.
    pub(super) fn sum_of(&self, key: DocumentKey) -> Option<[u8; 8]> {
        let Check::Ranges(ranges, _) = self else { return None };
        let entry = ranges.iter().flat_map(|it| &it.entries).find(|it| it.key == key);
        entry.map(|it| *it.sum)
    }
}

/// All documents of this device whose identifiers lie between two, both included.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Range {
    #[n(0)]
    pub(super) from: ByteArray<16>,
    #[n(1)]
    pub(super) to: ByteArray<16>,
    #[n(2)]
    pub(super) entries: Vec<Entry>,
}

/// A document and the last eight bytes of its sum.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Entry {
    #[n(0)]
    pub(super) key: DocumentKey,
    #[n(1)]
    pub(super) sum: ByteArray<8>,
}

/// What the server found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Found {
    /// Spans that differ.
    #[n(0)]
    pub(super) spans: Vec<u16>,
    /// Documents of which the server lacks something, and what it has of them for this device: 0 for nothing.
    #[n(1)]
    pub(super) wanted: Vec<Entry>,
}

/// The last eight bytes of a sum.
fn short(sum: u128) -> [u8; 8] {
    (sum as u64).to_be_bytes()
}
