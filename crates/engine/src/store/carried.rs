//! What was found on another device and is brought to the cité for its author: signed there, sent from here.

use crate::error::EngineError;
use crate::store::sealed::key_at;
use document::{DocumentKey, Edit, Hash, SignerId};
use rusqlite::{Connection, Row, params};

/// Something that is brought.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    pub(crate) key: DocumentKey,
    /// Hash of a change, or of an envelope's bytes.
    pub(crate) hash: Hash,
    /// Who signed.
    pub(crate) signer: SignerId,
    /// The change chunk, or the envelope.
    pub(crate) bytes: Vec<u8>,
    /// The signed group, CBOR.
    pub(crate) group: Vec<u8>,
    pub(crate) signature: [u8; 64],
    /// The typed edits, where they can be read: kept where the cité refuses.
    pub(crate) edits: Vec<Edit>,
}

/// Keeps something to be brought; false where it is here already.
pub(crate) fn keep(connection: &Connection, it: &Carried) -> Result<bool, EngineError> {
    let edits = serde_json::to_string(&it.edits).map_err(|_| EngineError::Damaged)?;
    let kept = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO carried (sealed, kind, doc, generation, hash, signer, bytes, grouped, signature, edits)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            it.key.kind.is_named_part(),
            it.key.kind.code(),
            it.key.id.as_bytes(),
            it.key.generation,
            it.hash,
            it.signer.0,
            it.bytes,
            it.group,
            it.signature,
            edits
        ])?;
    Ok(kept > 0)
}

/// What waits from a row on, in the order in which it was made: coded changes, or sealed ones.
pub(crate) fn waiting(
    connection: &Connection,
    sealed: bool,
    after: i64,
    most: u32,
) -> Result<Vec<(i64, Carried)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, doc, generation, hash, signer, bytes, grouped, signature, edits FROM carried
         WHERE sealed = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
    )?;
    let rows = statement
        .query_map(params![sealed, after, most], |row| Ok(read(row)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().collect()
}

fn read(row: &Row<'_>) -> Result<(i64, Carried), EngineError> {
    let edits: String = row.get(9)?;
    let carried = Carried {
        key: key_at(row, 1)?.ok_or(EngineError::Damaged)?,
        hash: row.get(4)?,
        signer: SignerId(row.get(5)?),
        bytes: row.get(6)?,
        group: row.get(7)?,
        signature: row.get(8)?,
        edits: serde_json::from_str(&edits).map_err(|_| EngineError::Damaged)?,
    };
    Ok((row.get(0)?, carried))
}

/// Whether something of a document waits.
pub(crate) fn waits(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM carried WHERE kind = ?1 AND doc = ?2 AND generation = ?3")?;
    Ok(statement.exists(params![key.kind.code(), key.id.as_bytes(), key.generation])?)
}

/// How much waits.
pub(crate) fn count(connection: &Connection) -> Result<u32, EngineError> {
    Ok(connection.prepare_cached("SELECT count(*) FROM carried")?.query_row([], |row| row.get(0))?)
}

/// The cité has it, or finally refused it (its edits are kept then).
pub(crate) fn done(connection: &Connection, id: i64) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM carried WHERE id = ?1")?.execute([id])?;
    Ok(())
}
