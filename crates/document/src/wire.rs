//! A change as it travels: what the receiver recomputes is left out.
//!
//! Left out are magic, checksum, chunk type and length, and the dependency list where it is just
//! the previous change of the same document in the same frame. The receiver rebuilds the chunk and
//! its hash must be the one announced.

use crate::change::Hash;
use crate::error::DocumentError;
use crate::scan::{HEAD, MAX_CHANGE, MAX_DEPENDENCIES, Reader};
use sha2::{Digest as _, Sha256};

/// The dependencies are the previous change alone.
const AFTER_PREVIOUS: u8 = 1;
/// The dependencies are written out.
const WRITTEN_OUT: u8 = 0;

/// Strips a change chunk. `previous` is the change before it in the frame (or the genesis).
///
/// # Errors
/// [`DocumentError::Malformed`] where the bytes are no change chunk.
pub fn strip(bytes: &[u8], previous: Option<&Hash>) -> Result<Vec<u8>, DocumentError> {
    crate::scan::scan(bytes)?;
    let mut reader = Reader { rest: &bytes[HEAD..] };
    reader.unsigned()?;
    let body = reader.rest;
    let count = reader.unsigned()?;
    let dependencies = reader.take(count * 32)?;
    if previous.is_some_and(|hash| dependencies == hash) {
        return Ok([&[AFTER_PREVIOUS], reader.rest].concat());
    }
    Ok([&[WRITTEN_OUT], body].concat())
}

/// Rebuilds the change chunk.
///
/// # Errors
/// [`DocumentError::Malformed`] or [`DocumentError::TooLarge`]; the result is not yet scanned.
pub fn restore(stripped: &[u8], previous: Option<&Hash>) -> Result<Vec<u8>, DocumentError> {
    if stripped.len() > MAX_CHANGE {
        return Err(DocumentError::TooLarge);
    }
    let (flag, rest) = stripped.split_first().ok_or(DocumentError::Malformed)?;
    let body = match (*flag, previous) {
        (AFTER_PREVIOUS, Some(hash)) => [&[1], hash.as_slice(), rest].concat(),
        (WRITTEN_OUT, _) => {
            let mut reader = Reader { rest };
            if reader.unsigned()? > MAX_DEPENDENCIES {
                return Err(DocumentError::TooLarge);
            }
            rest.to_vec()
        }
        _ => return Err(DocumentError::Malformed),
    };
    let mut tail = vec![1];
    unsigned(&mut tail, body.len() as u64);
    tail.extend_from_slice(&body);
    let hash = Sha256::digest(&tail);
    Ok([&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &tail].concat())
}

fn unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
