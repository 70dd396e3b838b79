//! What travels of named parts, as CBOR arrays (field numbers are positions; new ones are appended).

use super::super::batches::Travels;
use crate::store::sealed::wrap::Wrap;
use document::sealed::PartKeyId;
use document::{DocumentKey, Group, Hash, SignerId};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

/// Sealed groups of one signer under one signature.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(crate) struct SealedBatch {
    #[n(0)]
    pub(crate) signer: SignerId,
    #[n(1)]
    pub(crate) signature: ByteArray<64>,
    #[n(2)]
    pub(crate) items: Vec<SealedItem>,
}

impl SealedBatch {
    /// How many groups it has, without the digests of those that do not travel.
    pub(crate) fn groups(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, SealedItem::Group(_))).count()
    }
}

impl Travels for SealedBatch {
    type Item = SealedItem;

    fn begin(signer: SignerId, signature: [u8; 64]) -> Self {
        Self { signer, signature: signature.into(), items: Vec::new() }
    }

    fn items(&mut self) -> &mut Vec<SealedItem> {
        &mut self.items
    }

    fn digest(digest: Hash) -> SealedItem {
        SealedItem::Digest(digest.into())
    }

    fn sign(&mut self, signature: [u8; 64]) {
        self.signature = signature.into();
    }
}

/// A sealed group, or only the digest of one that is not for the receiver.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(flat)]
pub(crate) enum SealedItem {
    #[n(0)]
    Group(#[n(0)] SentSealed),
    #[n(1)]
    Digest(#[n(0)] ByteArray<32>),
}

/// A sealed change as it travels; its document stands in the envelope's header.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(crate) struct SentSealed {
    #[n(0)]
    pub(crate) cursor: u64,
    #[n(1)]
    pub(crate) on: i32,
    #[n(2)]
    pub(crate) level: u16,
    /// The agreement it is sent under.
    #[n(3)]
    pub(crate) relied_on: ByteArray<32>,
    #[n(4)]
    pub(crate) envelope: ByteVec,
}

impl SentSealed {
    /// A signed group of one envelope, under an agreement.
    pub(crate) fn of(group: &Group, relied_on: Hash, envelope: Vec<u8>) -> Self {
        Self {
            cursor: group.cursor,
            on: group.on,
            level: group.level,
            relied_on: relied_on.into(),
            envelope: envelope.into(),
        }
    }
}

/// A part key wrapped for a public key, as its author signed it.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(array)]
pub(crate) struct SentWrap {
    #[n(0)]
    pub(crate) key: DocumentKey,
    #[n(1)]
    part_key: ByteArray<16>,
    #[n(2)]
    recipient: ByteArray<16>,
    #[n(3)]
    sealed: ByteVec,
    #[n(4)]
    by: SignerId,
    #[n(5)]
    cursor: u64,
    #[n(6)]
    signature: ByteArray<64>,
}

impl From<Wrap> for SentWrap {
    fn from(wrap: Wrap) -> Self {
        Self {
            key: wrap.key,
            part_key: wrap.part_key.0.into(),
            recipient: wrap.recipient.into(),
            sealed: wrap.sealed.into(),
            by: wrap.by,
            cursor: wrap.cursor,
            signature: wrap.signature.into(),
        }
    }
}

impl SentWrap {
    /// Longest wrap, bytes: an encapsulated key, 32 bytes and a tag.
    const LONGEST: usize = 80;

    /// About how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        self.sealed.len() + 144
    }

    /// The wrap; none for one of another shape.
    pub(crate) fn read(&self) -> Option<Wrap> {
        let fits =
            self.key.kind.is_named_part() && self.key.generation > 0 && self.sealed.len() == Self::LONGEST;
        // What SQLite can keep: a sequence is never near it.
        let fits = fits && i64::try_from(self.cursor).is_ok();
        fits.then(|| Wrap {
            key: self.key,
            part_key: PartKeyId(*self.part_key),
            recipient: *self.recipient,
            sealed: self.sealed.to_vec(),
            by: self.by,
            cursor: self.cursor,
            signature: *self.signature,
        })
    }
}
