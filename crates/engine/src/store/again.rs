//! Edits that wait to be made again by their author: what their change stood on was taken out while
//! somebody else was at work on this device.

use super::sealed::key_at;
use crate::error::EngineError;
use document::{DocumentKey, Group, SignerId};
use domain::time::Day;
use rusqlite::{Connection, params};

/// Edits to be made again.
#[derive(Debug, Clone)]
pub(crate) struct Edits {
    pub(crate) id: i64,
    pub(crate) signer: SignerId,
    pub(crate) key: DocumentKey,
    /// Day of the user's action.
    pub(crate) on: Day,
    /// Server sequence seen then.
    pub(crate) cursor: u64,
    /// JSON; a part's sealed with its author's own key.
    pub(crate) edits: Vec<u8>,
}

/// Keeps edits, after those that are here.
pub(crate) fn put(
    connection: &Connection,
    signer: SignerId,
    group: &Group,
    edits: &[u8],
) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT INTO again (signer, kind, doc, generation, on_day, cursor, edits)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            signer.0,
            group.key.kind.code(),
            group.key.id.as_bytes(),
            group.key.generation,
            group.on,
            group.cursor as i64,
            edits
        ])?;
    Ok(())
}

/// All of them, in the order in which they were made.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Edits>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, signer, edits, kind, doc, generation, on_day, cursor FROM again ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Edits {
            id: row.get(0)?,
            signer: SignerId(row.get(1)?),
            edits: row.get(2)?,
            key: key_at(row, 3)?.ok_or(EngineError::Damaged)?,
            on: Day(row.get(6)?),
            cursor: row.get::<_, i64>(7)? as u64,
        });
    }
    Ok(found)
}

/// They were made again, or set aside.
pub(crate) fn done(connection: &Connection, id: i64) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM again WHERE id = ?1")?.execute([id])?;
    Ok(())
}
