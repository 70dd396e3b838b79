//! What travels, written by hand as `docs/SYNC.md` says it: a second writer of the format, which can also
//! write what no device of ours would.

use document::dictionary::DICTIONARY_1 as DICTIONARY;
use document::{DocumentKey, SignerId};
use engine::sync::{Frames, Outcome};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decoder, Encode};
use sync_server::Cite;

/// Length, format, dictionary and raw length.
const HEAD: usize = 10;

/// Packs raw bytes as a frame.
pub fn pack(raw: &[u8]) -> Vec<u8> {
    let mut compressor = zstd::bulk::Compressor::with_dictionary(1, DICTIONARY).unwrap();
    compressor.include_contentsize(false).unwrap();
    compressor.include_dictid(false).unwrap();
    let packed = compressor.compress(raw).unwrap();
    let length = (packed.len() + HEAD - 4) as u32;
    [&length.to_be_bytes()[..], &[1, 1], &(raw.len() as u32).to_be_bytes(), &packed].concat()
}

/// The raw bytes of a frame.
pub fn opened(frame: &[u8]) -> Vec<u8> {
    let mut decompressor = zstd::bulk::Decompressor::with_dictionary(DICTIONARY).unwrap();
    decompressor.decompress(&frame[HEAD..], 8 * 1024 * 1024).unwrap()
}

/// How many things an upload says that wait beside it; none where it says nothing of it.
pub fn beside(frame: &[u8]) -> Option<u32> {
    /// Its place.
    const BESIDE: usize = 16;
    let parts = crate::altered::parts(&opened(frame));
    parts.get(BESIDE).and_then(|it| minicbor::decode(it).unwrap())
}

/// An upload.
#[derive(Debug, Clone, Default, Encode)]
#[cbor(array)]
#[allow(missing_docs)]
pub struct Upload {
    #[n(0)]
    pub version: u16,
    #[n(1)]
    pub epoch: u64,
    #[n(2)]
    pub cursor: u64,
    #[n(3)]
    pub level: u16,
    #[n(4)]
    pub announced: u32,
    #[n(5)]
    pub controls: Vec<ByteVec>,
    #[n(6)]
    pub batches: Vec<SentBatch>,
    #[n(7)]
    pub wraps: Vec<SentWrap>,
    #[n(8)]
    pub sealed: Vec<SealedBatch>,
    #[n(9)]
    pub check: Option<bool>,
    #[n(12)]
    pub regaining: Option<bool>,
    #[n(16)]
    pub beside: Option<u32>,
}

impl Upload {
    /// An upload of this version that holds nothing yet.
    pub fn empty() -> Self {
        Self { version: engine::sync::VERSION, level: document::schema::LEVEL, ..Self::default() }
    }

    /// As it is sent.
    pub fn frame(&self) -> Vec<u8> {
        pack(&minicbor::to_vec(self).unwrap())
    }
}

/// Groups under one signature.
#[derive(Debug, Clone, Encode)]
#[cbor(array)]
#[allow(missing_docs)]
pub struct SentBatch {
    #[n(0)]
    pub signer: SignerId,
    #[n(1)]
    pub signature: ByteArray<64>,
    #[n(2)]
    pub items: Vec<Item>,
}

/// A group, or the digest of one.
#[derive(Debug, Clone, Encode)]
#[cbor(flat)]
#[allow(missing_docs)]
pub enum Item {
    #[n(0)]
    Group(#[n(0)] SentGroup),
    #[n(1)]
    Digest(#[n(0)] ByteArray<32>),
}

/// A group.
#[derive(Debug, Clone, Encode)]
#[cbor(array)]
#[allow(missing_docs)]
pub struct SentGroup {
    #[n(0)]
    pub key: DocumentKey,
    #[n(1)]
    pub cursor: u64,
    #[n(2)]
    pub on: i32,
    #[n(3)]
    pub level: u16,
    #[n(4)]
    pub changes: Vec<ByteVec>,
}

/// Sealed groups under one signature.
#[derive(Debug, Clone, Encode)]
#[cbor(array)]
#[allow(missing_docs)]
pub struct SealedBatch {
    #[n(0)]
    pub signer: SignerId,
    #[n(1)]
    pub signature: ByteArray<64>,
    #[n(2)]
    pub items: Vec<SealedItem>,
}

/// A sealed group.
#[derive(Debug, Clone, Encode)]
#[cbor(flat)]
#[allow(missing_docs)]
pub enum SealedItem {
    #[n(0)]
    Group(#[n(0)] SentSealed),
}

/// A sealed change.
#[derive(Debug, Clone, Encode)]
#[cbor(array)]
#[allow(missing_docs)]
pub struct SentSealed {
    #[n(0)]
    pub cursor: u64,
    #[n(1)]
    pub on: i32,
    #[n(2)]
    pub level: u16,
    #[n(3)]
    pub relied_on: ByteArray<32>,
    #[n(4)]
    pub envelope: ByteVec,
}

/// A part key, wrapped.
#[derive(Debug, Clone, Encode)]
#[cbor(array)]
#[allow(missing_docs)]
pub struct SentWrap {
    #[n(0)]
    pub key: DocumentKey,
    #[n(1)]
    pub part_key: ByteArray<16>,
    #[n(2)]
    pub recipient: ByteArray<16>,
    #[n(3)]
    pub sealed: ByteVec,
    #[n(4)]
    pub by: SignerId,
    #[n(5)]
    pub cursor: u64,
    #[n(6)]
    pub signature: ByteArray<64>,
}

/// What the server says of each thing that was sent.
#[derive(Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Answers {
    pub controls: Vec<Outcome>,
    pub groups: Vec<Outcome>,
    pub wraps: Vec<Outcome>,
    pub sealed: Vec<Outcome>,
}

impl Answers {
    /// Those of a server to an upload.
    pub fn of(cite: &Cite, token: &[u8], upload: &Upload) -> Self {
        let answer = cite.exchange(token, &upload.frame()).unwrap();
        let mut first = None;
        Frames::default()
            .take(&answer, &mut |whole: &[Vec<u8>]| {
                first = first.take().or_else(|| whole.first().cloned());
                Ok(())
            })
            .unwrap();
        Self::read(&first.unwrap())
    }

    /// Those of the first frame of an answer, opened.
    pub fn read(raw: &[u8]) -> Self {
        let mut decoder = Decoder::new(raw);
        let mut answers = Self::default();
        for place in 0..decoder.array().unwrap().unwrap() {
            match place {
                4 => answers.controls = runs(&mut decoder),
                5 => answers.groups = runs(&mut decoder),
                14 => answers.wraps = runs(&mut decoder),
                15 => answers.sealed = runs(&mut decoder),
                _ => decoder.skip().unwrap(),
            }
        }
        answers
    }
}

fn runs(decoder: &mut Decoder<'_>) -> Vec<Outcome> {
    let mut all = Vec::new();
    for _ in 0..decoder.array().unwrap().unwrap() {
        decoder.array().unwrap();
        let count = decoder.u32().unwrap();
        let outcome: Outcome = decoder.decode().unwrap();
        all.extend(std::iter::repeat_n(outcome, count as usize));
    }
    all
}
