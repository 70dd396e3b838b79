//! Frames: self-contained pieces of an exchange, each with its own length and compression.
//!
//! `length (4, big endian) | version (1) | dictionary (1) | raw length (4) | zstd with checksum`.
//! The length counts what follows it. Sizes are checked before anything is decompressed.

use super::error::SyncError;
use document::dictionary::DICTIONARY_1;
use std::sync::LazyLock;
use zstd::bulk::{Compressor, Decompressor};

/// Longest upload, raw bytes.
pub const MOST_UPLOAD: usize = 1536 * 1024;
/// Longest frame of a download, raw bytes: an asset may be large.
const MOST_DOWNLOAD: usize = 8 * 1024 * 1024;
/// Raw bytes of frames handed on together, about.
const TOGETHER: usize = 1024 * 1024;
const HEAD: usize = 6;
const FORMAT: u8 = 1;
const LEVEL: i32 = 9;

const DICTIONARY: u8 = 1;

static ENCODER: LazyLock<zstd::dict::EncoderDictionary<'static>> =
    LazyLock::new(|| zstd::dict::EncoderDictionary::copy(DICTIONARY_1, LEVEL));
static DECODER: LazyLock<zstd::dict::DecoderDictionary<'static>> =
    LazyLock::new(|| zstd::dict::DecoderDictionary::copy(DICTIONARY_1));

/// Makes a frame, its length in front.
pub(crate) fn pack(raw: &[u8]) -> Result<Vec<u8>, SyncError> {
    let mut compressor = Compressor::with_prepared_dictionary(&ENCODER).map_err(|_| SyncError::Untrusted)?;
    compressor.include_checksum(true).map_err(|_| SyncError::Untrusted)?;
    compressor.include_contentsize(false).map_err(|_| SyncError::Untrusted)?;
    compressor.include_dictid(false).map_err(|_| SyncError::Untrusted)?;
    let packed = compressor.compress(raw).map_err(|_| SyncError::Untrusted)?;
    let mut frame = Vec::with_capacity(packed.len() + HEAD + 4);
    frame.extend_from_slice(&((packed.len() + HEAD) as u32).to_be_bytes());
    frame.extend_from_slice(&[FORMAT, DICTIONARY]);
    frame.extend_from_slice(&(raw.len() as u32).to_be_bytes());
    frame.extend_from_slice(&packed);
    Ok(frame)
}

/// Opens a frame without its length in front; `most` bounds the raw bytes.
fn unpack(frame: &[u8], most: usize) -> Result<Vec<u8>, SyncError> {
    let (head, packed) = frame.split_at_checked(HEAD).ok_or(SyncError::Untrusted)?;
    let raw = u32::from_be_bytes([head[2], head[3], head[4], head[5]]) as usize;
    if head[0] != FORMAT || head[1] != DICTIONARY || raw > most {
        return Err(SyncError::Untrusted);
    }
    let mut decompressor =
        Decompressor::with_prepared_dictionary(&DECODER).map_err(|_| SyncError::Untrusted)?;
    let bytes = decompressor.decompress(packed, raw).map_err(|_| SyncError::Untrusted)?;
    if bytes.len() == raw { Ok(bytes) } else { Err(SyncError::Untrusted) }
}

/// Opens an upload: one frame, bounded.
pub(crate) fn unpack_upload(body: &[u8]) -> Result<Vec<u8>, SyncError> {
    let (length, frame) = body.split_at_checked(4).ok_or(SyncError::Untrusted)?;
    if length != (frame.len() as u32).to_be_bytes() {
        return Err(SyncError::Untrusted);
    }
    unpack(frame, MOST_UPLOAD)
}

/// Frames out of a stream of bytes, cut anywhere.
#[derive(Debug, Default)]
pub struct Frames {
    buffer: Vec<u8>,
}

impl Frames {
    /// Takes more bytes; hands on the frames that are whole now, in order, as many together as came.
    ///
    /// # Errors
    /// [`SyncError::Untrusted`] for a frame that is too long or does not open (those before it are handed
    /// on), and what `each` refuses.
    pub fn take(&mut self, bytes: &[u8], each: super::exchange::Taken<'_>) -> Result<(), SyncError> {
        self.buffer.extend_from_slice(bytes);
        let mut at = 0;
        let mut whole = Vec::new();
        let mut size = 0;
        let read = loop {
            match self.next(at) {
                Ok(Some((frame, length))) => {
                    at += 4 + length;
                    size += frame.len();
                    whole.push(frame);
                    if size > TOGETHER {
                        each(&std::mem::take(&mut whole))?;
                        size = 0;
                    }
                }
                Ok(None) => break Ok(()),
                Err(refused) => break Err(refused),
            }
        };
        if !whole.is_empty() {
            each(&whole)?;
        }
        self.buffer.drain(..at);
        read
    }

    /// The frame at a place, opened, and its length; none where it is not whole.
    fn next(&self, at: usize) -> Result<Option<(Vec<u8>, usize)>, SyncError> {
        let Some(length) = self.buffer.get(at..at + 4) else { return Ok(None) };
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        if length > MOST_DOWNLOAD {
            return Err(SyncError::Untrusted);
        }
        let frame = self.buffer.get(at + 4..at + 4 + length);
        frame.map(|frame| Ok((unpack(frame, MOST_DOWNLOAD)?, length))).transpose()
    }

    /// The stream has ended.
    ///
    /// # Errors
    /// [`SyncError::Cut`] in the middle of a frame.
    pub fn end(&self) -> Result<(), SyncError> {
        if self.buffer.is_empty() { Ok(()) } else { Err(SyncError::Cut) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_cut_anywhere_come_out_whole_or_not_at_all() {
        let all: Vec<u8> =
            [b"premier".as_slice(), b"second"].iter().flat_map(|raw| pack(raw).unwrap()).collect();
        for cut in 0..all.len() {
            let mut frames = Frames::default();
            let mut seen = Vec::new();
            frames
                .take(&all[..cut], &mut |whole| {
                    seen.extend_from_slice(whole);
                    Ok(())
                })
                .unwrap();
            assert!(seen.len() < 2);
            assert_eq!(frames.end().is_ok(), cut == 0 || cut == pack(b"premier").unwrap().len());
            frames
                .take(&all[cut..], &mut |whole| {
                    seen.extend_from_slice(whole);
                    Ok(())
                })
                .unwrap();
            assert_eq!(seen, [b"premier".to_vec(), b"second".to_vec()]);
        }
    }

    #[test]
    fn a_frame_that_claims_more_than_allowed_is_refused_before_it_is_opened() {
        let mut bomb = pack(&vec![0; MOST_UPLOAD + 1]).unwrap();
        assert!(matches!(unpack_upload(&bomb), Err(SyncError::Untrusted)));
        // One that lies about its raw length is cut at what it claimed.
        bomb[6..10].copy_from_slice(&16_u32.to_be_bytes());
        assert!(matches!(unpack_upload(&bomb), Err(SyncError::Untrusted)));
        let mut changed = pack(b"premier").unwrap();
        let last = changed.len() - 1;
        changed[last] ^= 1;
        assert!(matches!(unpack_upload(&changed), Err(SyncError::Untrusted)));
    }
}
