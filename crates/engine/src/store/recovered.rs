//! Edits found on another device that waited there for their author: written from here for them.

use super::sealed::key_at;
use crate::error::EngineError;
use document::{DocumentKey, Edit, Hash, SignerId};
use domain::time::Day;
use rusqlite::{Connection, params};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Edits to be written for their author.
#[derive(Debug, Clone)]
pub(crate) struct Recovered {
    /// Their author.
    pub(crate) signer: SignerId,
    pub(crate) key: DocumentKey,
    /// Day of the author's action.
    pub(crate) on: Day,
    /// They begin their document; else they wait until it is here.
    pub(crate) begins: bool,
    pub(crate) edits: Vec<Edit>,
}

/// Names edits of an author, wherever they are found.
pub(crate) fn name(signer: SignerId, key: DocumentKey, on: Day, edits: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update(signer.0);
    hash.update(key.kind.code());
    hash.update(key.id.as_bytes());
    hash.update(key.generation.to_be_bytes());
    hash.update(on.0.to_be_bytes());
    hash.update(edits);
    hash.finalize().into()
}

/// Keeps edits to be written; false where they are here already, or were written.
pub(crate) fn keep(connection: &Connection, it: &Recovered) -> Result<bool, EngineError> {
    let edits = serde_json::to_string(&it.edits).map_err(|_| EngineError::Damaged)?;
    let kept = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO recovered (hash, signer, kind, doc, generation, on_day, begins, edits)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            name(it.signer, it.key, it.on, edits.as_bytes()),
            it.signer.0,
            it.key.kind.code(),
            it.key.id.as_bytes(),
            it.key.generation,
            it.on.0,
            it.begins,
            edits
        ])?;
    Ok(kept > 0)
}

/// What waits to be written, in the order in which it was made.
pub(crate) fn waiting(connection: &Connection) -> Result<Vec<(i64, Recovered)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, signer, edits, on_day, kind, doc, generation, begins FROM recovered
         WHERE edits IS NOT NULL ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let edits: String = row.get(2)?;
        let it = Recovered {
            signer: SignerId(row.get(1)?),
            edits: serde_json::from_str(&edits).map_err(|_| EngineError::Damaged)?,
            on: Day(row.get(3)?),
            key: key_at(row, 4)?.ok_or(EngineError::Damaged)?,
            begins: row.get(7)?,
        };
        found.push((row.get(0)?, it));
    }
    Ok(found)
}

/// How much waits of each author.
pub(crate) fn counts(connection: &Connection) -> Result<BTreeMap<SignerId, u32>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT signer, count(*) FROM recovered WHERE edits IS NOT NULL GROUP BY signer")?;
    let rows = statement.query_map([], |row| Ok((SignerId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// They were written, or set aside: only their name stays.
pub(crate) fn done(connection: &Connection, id: i64) -> Result<(), EngineError> {
    connection.prepare_cached("UPDATE recovered SET edits = NULL WHERE id = ?1")?.execute([id])?;
    Ok(())
}
