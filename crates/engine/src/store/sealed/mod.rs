//! Named parts in the store: sealed changes, wraps, keys and views. Nothing is opened here.

pub(crate) mod change;
pub(crate) mod due;
pub(crate) mod key;
pub(crate) mod outbox;
pub(crate) mod view;
pub(crate) mod wrap;

use super::scrub;
use crate::error::EngineError;
use document::DocumentKey;
use domain::ids::{DocumentId, PathwayId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};

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

/// Deletes all of one generation of a part: changes, keys, wraps, views, what waited of it. Returns how
/// many sealed changes there were.
pub(crate) fn erase(connection: &Connection, key: DocumentKey) -> Result<usize, EngineError> {
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation];
    const OF: &str = "kind = ?1 AND doc = ?2 AND generation = ?3";
    connection
        .prepare_cached(&format!(
            "DELETE FROM sealed_outbox WHERE position IN (SELECT position FROM sealed_change WHERE {OF})"
        ))?
        .execute(of)?;
    let mut deleted = 0;
    for table in ["again", "wrap", "part_key", "part_view", "carried", "sealed_change"] {
        deleted = connection.prepare_cached(&format!("DELETE FROM {table} WHERE {OF}"))?.execute(of)?;
    }
    // What was set aside of it names it.
    connection
        .prepare_cached("DELETE FROM set_aside WHERE doc = ?1 OR instr(bytes, ?1) > 0")?
        .execute([key.id.as_bytes()])?;
    scrub::due(connection)?;
    Ok(deleted)
}
