//! A server that cheats: what it answers is changed on its way, frame by frame.

use crate::line::Line;
use engine::sync::{Exchange, Outcome, SyncError, Taken};
use minicbor::bytes::ByteVec;
use minicbor::{Decoder, Encoder};

/// Changes the parts of a download.
pub type Change = Box<dyn Fn(&mut Download) + Send + Sync>;

/// A line whose downloads are changed.
pub struct Altered {
    line: Line,
    change: Change,
}

impl std::fmt::Debug for Altered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Altered")
    }
}

impl Altered {
    /// A line whose downloads are changed.
    pub fn new(line: Line, change: Change) -> Self {
        Self { line, change }
    }
}

/// The parts of a download, in the order of `docs/SYNC.md`, each as it is encoded.
#[derive(Debug)]
pub struct Download(Vec<Vec<u8>>);

/// Place of the cursor.
const CURSOR: usize = 1;
/// Place of the server's schema level, of the outcomes of groups.
const LEVEL: usize = 2;
const GROUPS_TAKEN: usize = 5;
/// Place of the control records, of the chain's length, of its head.
const CONTROLS: usize = 6;
const LENGTH: usize = 10;
const HEAD: usize = 11;
/// Place of the erasures.
const ERASED: usize = 16;

/// The parts of a CBOR array, each as it is encoded.
pub(crate) fn parts(raw: &[u8]) -> Vec<Vec<u8>> {
    let mut decoder = Decoder::new(raw);
    let count = decoder.array().unwrap().unwrap();
    let mut parts = Vec::new();
    for _ in 0..count {
        let from = decoder.position();
        decoder.skip().unwrap();
        parts.push(raw[from..decoder.position()].to_vec());
    }
    parts
}

/// The CBOR array of parts.
pub(crate) fn joined(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    encoder.array(parts.len() as u64).unwrap();
    let mut raw = encoder.into_writer();
    raw.extend(parts.concat());
    raw
}

impl Download {
    pub(crate) fn read(raw: &[u8]) -> Self {
        Self(parts(raw))
    }

    pub(crate) fn raw(&self) -> Vec<u8> {
        joined(&self.0)
    }

    /// Control records.
    pub fn controls(&self) -> Vec<ByteVec> {
        minicbor::decode(&self.0[CONTROLS]).unwrap()
    }

    /// Puts other control records in their place.
    pub fn set_controls(&mut self, controls: &[ByteVec]) {
        self.0[CONTROLS] = minicbor::to_vec(controls).unwrap();
    }

    /// Says the schema level of an older server, and of so many groups that they are of a later one.
    pub fn refuse_as_older(&mut self, groups: u32) {
        self.0[LEVEL] = minicbor::to_vec(0).unwrap();
        let runs: &[_] = if groups == 0 { &[] } else { &[(groups, Outcome::ServerTooOld)] };
        self.0[GROUPS_TAKEN] = minicbor::to_vec(runs).unwrap();
    }

    /// Adds an erasure, and asks for a receipt.
    pub fn push_erased(&mut self, record: &[u8]) {
        let mut encoder = minicbor::Encoder::new(Vec::new());
        let all: Vec<(ByteVec, bool)> = minicbor::decode(&self.0[ERASED]).unwrap();
        encoder.array(all.len() as u64 + 1).unwrap();
        for (bytes, confirm) in all {
            encoder.array(2).unwrap().bytes(&bytes).unwrap().bool(confirm).unwrap();
        }
        encoder.array(2).unwrap().bytes(record).unwrap().bool(true).unwrap();
        self.0[ERASED] = encoder.into_writer();
    }

    /// Says another cursor.
    pub fn set_cursor(&mut self, cursor: u64) {
        self.0[CURSOR] = minicbor::to_vec(cursor).unwrap();
    }

    /// Says another chain.
    pub fn set_chain(&mut self, length: u32, head: [u8; 32]) {
        self.0[LENGTH] = minicbor::to_vec(length).unwrap();
        self.0[HEAD] = minicbor::to_vec(minicbor::bytes::ByteArray::from(head)).unwrap();
    }
}

impl Exchange for Altered {
    async fn exchange<'a>(&'a self, upload: Vec<u8>, each: Taken<'a>) -> Result<(), SyncError> {
        let mut altered = |frames: &[Vec<u8>]| {
            let changed = frames.iter().map(|raw| {
                let mut download = Download::read(raw);
                (self.change)(&mut download);
                download.raw()
            });
            each(&changed.collect::<Vec<_>>())
        };
        self.line.exchange(upload, &mut altered).await
    }
}
