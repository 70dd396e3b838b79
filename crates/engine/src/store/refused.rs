//! Edits that the cité finally refused: kept here for their author, never sent again.

use super::sealed::key_at;
use crate::error::EngineError;
use document::{DocumentKey, Edit, Hash, SignerId};
use domain::time::Day;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// Refused edits.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub(crate) key: DocumentKey,
    /// Their author.
    pub(crate) signer: SignerId,
    /// Day of the author's action.
    pub(crate) on: Day,
    /// Those of a coded document.
    pub(crate) edits: Vec<Edit>,
    /// Those of a named part, sealed with their author's own key.
    pub(crate) sealed: Option<Vec<u8>>,
    /// Code of the refusal.
    pub(crate) reason: String,
    /// Taken over from another device.
    pub(crate) recovered: bool,
}

impl Refused {
    /// Of a coded document.
    pub(crate) fn coded(key: DocumentKey, signer: SignerId, on: Day, edits: &[Edit], reason: &str) -> Self {
        let (edits, reason) = (edits.to_vec(), reason.into());
        Self { key, signer, on, edits, sealed: None, reason, recovered: false }
    }

    /// Of a named part.
    pub(crate) fn sealed(key: DocumentKey, signer: SignerId, on: Day, edits: &[u8], reason: &str) -> Self {
        Self { sealed: Some(edits.to_vec()), ..Self::coded(key, signer, on, &[], reason) }
    }
}

/// Keeps them.
pub(crate) fn keep(connection: &Connection, it: &Refused) -> Result<(), EngineError> {
    insert(connection, it, None).map(drop)
}

/// Keeps some that were found on another device, once; false where they are here already.
pub(crate) fn take_over(connection: &Connection, it: &Refused, origin: &Hash) -> Result<bool, EngineError> {
    insert(connection, it, Some(origin))
}

fn insert(connection: &Connection, it: &Refused, origin: Option<&Hash>) -> Result<bool, EngineError> {
    let edits = serde_json::to_string(&it.edits).map_err(|_| EngineError::Damaged)?;
    let kept = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO refused (kind, doc, generation, signer, on_day, edits, sealed, reason, origin)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            it.key.kind.code(),
            it.key.id.as_bytes(),
            it.key.generation,
            it.signer.0,
            it.on.0,
            edits,
            it.sealed,
            it.reason,
            origin
        ])?;
    Ok(kept > 0)
}

const COLUMNS: &str = "SELECT id, signer, on_day, edits, sealed, reason, kind, doc, generation, origin IS NOT NULL FROM refused";

fn read(row: &Row<'_>) -> Result<(i64, Refused), EngineError> {
    let edits: String = row.get(3)?;
    let it = Refused {
        signer: SignerId(row.get(1)?),
        on: Day(row.get(2)?),
        edits: serde_json::from_str(&edits).map_err(|_| EngineError::Damaged)?,
        sealed: row.get(4)?,
        reason: row.get(5)?,
        key: key_at(row, 6)?.ok_or(EngineError::Damaged)?,
        recovered: row.get(9)?,
    };
    Ok((row.get(0)?, it))
}

/// All of them, oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<(i64, Refused)>, EngineError> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} ORDER BY id"))?;
    let rows = statement.query_map([], |row| Ok(read(row)))?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().collect()
}

/// One of them.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<Option<Refused>, EngineError> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    let found = statement.query_row([id], |row| Ok(read(row))).optional()?;
    Ok(found.transpose()?.map(|(_, it)| it))
}

/// It is not wanted any more: it goes, with the entries that it recorded on this device.
pub(crate) fn discard(connection: &Connection, id: i64, it: &Refused) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM refused WHERE id = ?1")?.execute([id])?;
    for edit in &it.edits {
        if let Edit::Add { id, .. } = edit {
            connection
                .prepare_cached("DELETE FROM entry WHERE id = ?1 AND doc = ?2")?
                .execute(params![id.as_bytes(), it.key.id.as_bytes()])?;
        }
    }
    Ok(())
}
