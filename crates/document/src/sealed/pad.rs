//! Compression and padding of what is sealed.

use crate::dictionary::DICTIONARY_1;
use crate::error::DocumentError;
use crate::scan::MAX_CHANGE;
use std::sync::LazyLock;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Lengths are padded to multiples of this, so that a length says little.
const STEP: usize = 64;
/// Length of the compressed bytes and of the raw ones, big endian.
const HEAD: usize = 8;
const LEVEL: i32 = 9;

static ENCODER: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_1, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_1));

/// Compresses and pads.
pub(super) fn pad(raw: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let failed = |_| DocumentError::TooLarge;
    let mut compressor = Compressor::with_prepared_dictionary(&ENCODER).map_err(failed)?;
    compressor.include_checksum(false).map_err(failed)?;
    compressor.include_contentsize(false).map_err(failed)?;
    compressor.include_dictid(false).map_err(failed)?;
    let packed = compressor.compress(raw).map_err(failed)?;
    let mut out = Vec::with_capacity((HEAD + packed.len()).next_multiple_of(STEP));
    out.extend_from_slice(&(packed.len() as u32).to_be_bytes());
    out.extend_from_slice(&(raw.len() as u32).to_be_bytes());
    out.extend_from_slice(&packed);
    out.resize(out.len().next_multiple_of(STEP), 0);
    Ok(out)
}

/// Undoes [`pad`]; sizes are checked before anything is decompressed.
pub(super) fn unpad(padded: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let (head, rest) = padded.split_at_checked(HEAD).ok_or(DocumentError::Malformed)?;
    let number =
        |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]) as usize;
    let (packed, raw) = (number(0), number(4));
    if raw > MAX_CHANGE {
        return Err(DocumentError::TooLarge);
    }
    let packed = rest.get(..packed).ok_or(DocumentError::Malformed)?;
    let mut decompressor =
        Decompressor::with_prepared_dictionary(&DECODER).map_err(|_| DocumentError::Malformed)?;
    let bytes = decompressor.decompress(packed, raw).map_err(|_| DocumentError::Malformed)?;
    if bytes.len() == raw { Ok(bytes) } else { Err(DocumentError::Malformed) }
}
