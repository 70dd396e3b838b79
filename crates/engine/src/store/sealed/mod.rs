//! Named parts in the store: sealed changes, wraps, keys and views. Nothing is opened here.

pub(crate) mod change;
pub(crate) mod due;
pub(crate) mod key;
pub(crate) mod outbox;
pub(crate) mod partner;
pub(crate) mod view;
pub(crate) mod wrap;

use super::{digest, offer, scrub};
use crate::error::EngineError;
use document::DocumentKey;
use domain::ids::{DocumentId, PathwayId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};

const OF: &str = "kind = ?1 AND doc = ?2 AND generation = ?3";

/// Reads a document's key from three columns.
pub(super) fn key_at(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Option<DocumentKey>> {
    let kind: String = row.get(at)?;
    let (id, generation) = (DocumentId::from_bytes(row.get(at + 1)?), row.get(at + 2)?);
    Ok(DocumentKind::from_code(&kind).map(|kind| DocumentKey { kind, id, generation }))
}

/// Generations of a person's part before a number of which anything is here.
pub(crate) fn generations_before(
    connection: &Connection,
    kind: DocumentKind,
    pathway: PathwayId,
    before: u32,
) -> Result<Vec<u32>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT generation FROM (
             SELECT generation FROM sealed_change WHERE kind = ?1 AND doc = ?2
             UNION SELECT generation FROM wrap WHERE kind = ?1 AND doc = ?2
             UNION SELECT generation FROM part_key WHERE kind = ?1 AND doc = ?2)
         WHERE generation < ?3 ORDER BY generation",
    )?;
    let rows = statement.query_map(params![kind.code(), pathway.as_bytes(), before], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes all of one generation of a part: changes, keys, wraps, views, what waited of it, was to be
/// brought or was refused. Returns how many sealed changes there were.
pub(crate) fn erase(connection: &Connection, key: DocumentKey) -> Result<usize, EngineError> {
    for table in ["again", "carried", "refused"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE {OF}"))?.execute(params![
            key.kind.code(),
            key.id.as_bytes(),
            key.generation
        ])?;
    }
    connection.prepare_cached("DELETE FROM key_doubt WHERE doc = ?1")?.execute([key.id.as_bytes()])?;
    // What was set aside of it names it.
    connection
        .prepare_cached("DELETE FROM set_aside WHERE doc = ?1 OR instr(bytes, ?1) > 0")?
        .execute([key.id.as_bytes()])?;
    drop_copy(connection, key)
}

/// Deletes this device's copy of a part that it no longer sees and in which nothing was written here.
pub(crate) fn drop_copy(connection: &Connection, key: DocumentKey) -> Result<usize, EngineError> {
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation];
    connection
        .prepare_cached(&format!(
            "DELETE FROM sealed_outbox WHERE position IN (SELECT position FROM sealed_change WHERE {OF})"
        ))?
        .execute(of)?;
    let mut deleted = 0;
    for table in ["wrap", "part_key", "part_view", "sealed_change"] {
        deleted = connection.prepare_cached(&format!("DELETE FROM {table} WHERE {OF}"))?.execute(of)?;
    }
    partner::forget_part(connection, key)?;
    digest::forget(connection, key)?;
    offer::forget(connection, key)?;
    scrub::due(connection)?;
    Ok(deleted)
}
