//! What travels, as CBOR arrays (field numbers are positions; new ones are only appended).

use super::answer::Run;
use super::batches::Travels;
use super::days::SentDay;
use super::reconcile::{Check, Found};
use super::sealed::{SealedBatch, SentWrap};
use document::audit::{AuditHead, AuditUpload};
use document::{DocumentKey, Group, Hash, SignerId};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// From the device: what it knows and what it offers.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(super) struct Upload {
    /// Version of the protocol.
    #[n(0)]
    pub(super) version: u16,
    /// Server epoch the cursor belongs to; 0 at first.
    #[n(1)]
    pub(super) epoch: u64,
    /// Last sequence applied.
    #[n(2)]
    pub(super) cursor: u64,
    /// Schema level of this device.
    #[n(3)]
    pub(super) level: u16,
    /// Changes that wait, those of this upload aside.
    #[n(4)]
    pub(super) announced: u32,
    /// Control records, CBOR.
    #[n(5)]
    pub(super) controls: Vec<ByteVec>,
    /// Signed batches of groups.
    #[n(6)]
    pub(super) batches: Vec<SentBatch>,
    /// Part keys, wrapped.
    #[n(7)]
    pub(super) wraps: Vec<SentWrap>,
    /// Signed batches of sealed groups.
    #[n(8)]
    pub(super) sealed: Vec<SealedBatch>,
    /// What is to be compared.
    #[n(9)]
    pub(super) check: Option<Check>,
    /// Which store of the device this is.
    #[n(10)]
    pub(super) store: Option<Presented>,
    /// Place of the last end of the server's audit that this device has verified.
    #[n(11)]
    pub(super) audit_seen: Option<u64>,
    /// The server was restored, and this device has not found yet that both hold the same.
    #[n(12)]
    pub(super) regaining: Option<bool>,
    /// Up to where control records and erasures are here, where that is beyond the cursor.
    #[n(13)]
    pub(super) ahead: Option<u64>,
    /// Entries of this device's own audit that the server has not.
    #[n(14)]
    pub(super) audit: Option<AuditUpload>,
    /// Another upload follows: nothing is to be compared yet.
    #[n(15)]
    pub(super) more: Option<bool>,
    /// Sealed changes, wraps and records that wait, those of this upload aside; none where there are none.
    #[n(16)]
    pub(super) beside: Option<u32>,
}

/// What a store shows of itself.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(super) struct Presented {
    /// The token that the last answer gave it; none before the first.
    #[n(0)]
    pub(super) token: Option<ByteArray<8>>,
    /// The incarnation it writes under.
    #[n(1)]
    pub(super) incarnation: u32,
}

/// What the server says to the store that asks.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(super) struct Recognised {
    /// To be presented next time.
    #[n(0)]
    pub(super) token: ByteArray<8>,
    /// It is not the store that the server knows: a copy, or one put back from an image.
    #[n(1)]
    pub(super) copied: bool,
    /// The incarnation to write under from now on, where it is to be another one.
    #[n(2)]
    pub(super) incarnation: Option<u32>,
    /// How many stores of this device exchange, where it is more than one.
    #[n(3)]
    pub(super) copies: Option<u32>,
}

/// Groups of one signer under one signature.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(super) struct SentBatch {
    #[n(0)]
    pub(super) signer: SignerId,
    #[n(1)]
    pub(super) signature: ByteArray<64>,
    #[n(2)]
    pub(super) items: Vec<Item>,
}

impl SentBatch {
    /// Its groups, without the digests of those that are not for the receiver.
    pub(super) fn groups(&self) -> impl Iterator<Item = &SentGroup> {
        self.items.iter().filter_map(|item| if let Item::Group(group) = item { Some(group) } else { None })
    }
}

impl Travels for SentBatch {
    type Item = Item;

    fn begin(signer: SignerId, signature: [u8; 64]) -> Self {
        Self { signer, signature: signature.into(), items: Vec::new() }
    }

    fn items(&mut self) -> &mut Vec<Item> {
        &mut self.items
    }

    fn digest(digest: Hash) -> Item {
        Item::Digest(digest.into())
    }

    fn sign(&mut self, signature: [u8; 64]) {
        self.signature = signature.into();
    }
}

/// A group, or only the digest of one that is not for the receiver.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(flat)]
pub(super) enum Item {
    #[n(0)]
    Group(#[n(0)] SentGroup),
    #[n(1)]
    Digest(#[n(0)] ByteArray<32>),
}

/// A group as it travels: hashes are recomputed from the changes.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(super) struct SentGroup {
    #[n(0)]
    pub(super) key: DocumentKey,
    #[n(1)]
    pub(super) cursor: u64,
    #[n(2)]
    pub(super) on: i32,
    #[n(3)]
    pub(super) level: u16,
    /// Stripped changes; see `document::wire`.
    #[n(4)]
    pub(super) changes: Vec<ByteVec>,
}

impl SentGroup {
    /// A signed group of one change, as an item.
    pub(super) fn of(group: &Group, stripped: Vec<u8>) -> Item {
        Item::Group(Self {
            key: group.key,
            cursor: group.cursor,
            on: group.on,
            level: group.level,
            changes: vec![stripped.into()],
        })
    }
}

/// From the server: answers in the first frame, then what is new, each frame with its own cursor.
#[derive(Debug, Clone, Default, Encode, Decode)]
#[cbor(array)]
pub(super) struct Download {
    #[n(0)]
    pub(super) epoch: u64,
    /// Cursor once this frame is applied.
    #[n(1)]
    pub(super) cursor: u64,
    /// Schema level of the server.
    #[n(2)]
    pub(super) level: u16,
    /// Rows of the log after this frame, at most.
    #[n(3)]
    pub(super) remaining: u32,
    /// Outcomes of the upload's control records.
    #[n(4)]
    pub(super) controls_taken: Vec<Run>,
    /// Outcomes of the upload's groups.
    #[n(5)]
    pub(super) groups_taken: Vec<Run>,
    /// Control records, CBOR.
    #[n(6)]
    pub(super) controls: Vec<ByteVec>,
    /// Assets: name and JSON.
    #[n(7)]
    pub(super) assets: Vec<Asset>,
    /// Signed batches.
    #[n(8)]
    pub(super) batches: Vec<SentBatch>,
    /// Documents this device no longer sees.
    #[n(9)]
    pub(super) revoked: Vec<DocumentKey>,
    /// Records of the server's membership chain.
    #[n(10)]
    pub(super) chain_length: u32,
    /// Id of the last of them.
    #[cbor(n(11), with = "minicbor::bytes")]
    pub(super) chain_head: [u8; 32],
    /// Part keys, wrapped.
    #[n(12)]
    pub(super) wraps: Vec<SentWrap>,
    /// Signed batches of sealed groups.
    #[n(13)]
    pub(super) sealed: Vec<SealedBatch>,
    /// Outcomes of the upload's wraps.
    #[n(14)]
    pub(super) wraps_taken: Vec<Run>,
    /// Outcomes of the upload's sealed groups.
    #[n(15)]
    pub(super) sealed_taken: Vec<Run>,
    /// People who are erased.
    #[n(16)]
    pub(super) erased: Vec<SentErasure>,
    /// In the last frame: the sum over all that this device may see.
    #[n(17)]
    pub(super) digest: Option<ByteArray<16>>,
    /// In the first frame: what comparing found.
    #[n(18)]
    pub(super) found: Option<Found>,
    /// In the first frame: of the store that asks.
    #[n(19)]
    pub(super) store: Option<Recognised>,
    /// In the first frame: an end of the server's audit, where it is another than the device has seen.
    #[n(20)]
    pub(super) audit: Option<AuditHead>,
    /// Up to where control records and erasures have come once this frame is applied, where that is
    /// beyond the cursor.
    #[n(21)]
    pub(super) ahead: Option<u64>,
    /// In the first frame, where the upload brought entries of the device's audit: up to which place the
    /// server has it.
    #[n(22)]
    pub(super) audit_taken: Option<u64>,
    /// In the first frame: the cité's day.
    #[n(23)]
    pub(super) day: Option<i32>,
    /// Days of contacts that this frame brings, or the upload brought, which the cité's clock does not bear out.
    #[n(24)]
    pub(super) days: Option<Vec<SentDay>>,
}

/// An erasure with its cause: the signed record.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(super) struct SentErasure {
    /// The record, CBOR.
    #[n(0)]
    pub(super) record: ByteVec,
    /// The server waits for this device's receipt: it held something of the person.
    #[n(1)]
    pub(super) confirm: bool,
}

/// An asset.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(super) struct Asset {
    #[n(0)]
    pub(super) name: String,
    #[n(1)]
    pub(super) content: ByteVec,
}
