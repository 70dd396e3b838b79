//! What could not be taken from outside: kept, counted, never in the way of the rest.

use crate::error::EngineError;
use document::DocumentKey;
use rusqlite::{Connection, params};
use sha2::{Digest as _, Sha256};

/// Keeps bytes aside with the reason's code.
pub(crate) fn keep(connection: &Connection, reason: &str, bytes: &[u8]) -> Result<(), EngineError> {
    keep_of(connection, None, reason, bytes)
}

/// The same, of a document that the bytes do not name themselves.
pub(crate) fn keep_of(
    connection: &Connection,
    of: Option<DocumentKey>,
    reason: &str,
    bytes: &[u8],
) -> Result<(), EngineError> {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    connection
        .prepare_cached("INSERT OR IGNORE INTO set_aside (hash, reason, doc, bytes) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![hash, reason, of.map(|key| *key.id.as_bytes()), bytes])?;
    Ok(())
}
