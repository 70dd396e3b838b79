//! Documents of which the server lacks something that it had acknowledged or served: all that is settled
//! of them is offered again, colleagues' changes too, as their authors signed them. How far it has come
//! is kept, so that a cut costs one upload.

use crate::error::EngineError;
use document::{Actor, DocumentKey, Hash};
use domain::ids::DocumentId;
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// A settled change as it is offered again.
#[derive(Debug, Clone)]
pub(crate) struct Settled {
    pub(crate) position: i64,
    pub(crate) key: DocumentKey,
    pub(crate) hash: Hash,
    pub(crate) actor: Actor,
    pub(crate) bytes: Vec<u8>,
    pub(crate) cursor: u64,
    pub(crate) on: i32,
    pub(crate) level: u16,
    pub(crate) signed: Signed,
}

/// Under which signature a change stands.
#[derive(Debug, Clone)]
pub(crate) enum Signed {
    /// In a batch that came from the server: its row, and the place in it.
    Batch(i64, u32),
    /// Made here: alone under its author's signature.
    Alone([u8; 64]),
}

/// Where a document's changes are settled and not offered yet.
const DUE: &str = "offer f JOIN change c ON c.kind = f.kind AND c.doc = f.doc AND c.generation = f.generation
     LEFT JOIN outbox o ON o.position = c.position
     WHERE c.position > f.after AND (c.batch IS NOT NULL OR o.acknowledged = 1)";

/// A document is to be offered; whether that is new in this run.
pub(crate) fn put(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    let made = connection
        .prepare_cached("INSERT OR IGNORE INTO offer (kind, doc, generation) VALUES (?1, ?2, ?3)")?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation])?;
    Ok(made > 0)
}

/// Documents of which something is still to be offered.
pub(crate) fn pending(connection: &Connection) -> Result<BTreeSet<DocumentKey>, EngineError> {
    let sql = format!("SELECT DISTINCT f.kind, f.doc, f.generation FROM {DUE}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut found = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        found.insert(DocumentKey {
            kind: DocumentKind::from_code(&kind).ok_or(EngineError::Damaged)?,
            id: DocumentId::from_bytes(row.get(1)?),
            generation: row.get(2)?,
        });
    }
    Ok(found)
}

/// What is to be offered after a position, in the order in which it was kept, at most so many.
pub(crate) fn due(connection: &Connection, after: i64, most: u32) -> Result<Vec<Settled>, EngineError> {
    let sql = format!(
        "SELECT c.position, c.kind, c.doc, c.generation, c.hash, c.actor, c.bytes, c.cursor, c.on_day, c.level,
         c.batch, c.place, o.signature FROM {DUE} AND c.position > ?1 ORDER BY c.position LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![after, most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(1)?;
        let actor: Vec<u8> = row.get(5)?;
        let signed = match (row.get::<_, Option<i64>>(10)?, row.get::<_, Option<u32>>(11)?) {
            (Some(batch), Some(place)) => Signed::Batch(batch, place),
            _ => Signed::Alone(row.get(12)?),
        };
        found.push(Settled {
            position: row.get(0)?,
            key: DocumentKey {
                kind: DocumentKind::from_code(&kind).ok_or(EngineError::Damaged)?,
                id: DocumentId::from_bytes(row.get(2)?),
                generation: row.get(3)?,
            },
            hash: row.get(4)?,
            actor: Actor::read(&actor).ok_or(EngineError::Damaged)?,
            bytes: row.get(6)?,
            cursor: row.get::<_, i64>(7)? as u64,
            on: row.get(8)?,
            level: row.get(9)?,
            signed,
        });
    }
    Ok(found)
}

/// A document's changes up to a position were answered.
pub(crate) fn advance(connection: &Connection, key: DocumentKey, position: i64) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "UPDATE offer SET after = max(after, ?4) WHERE kind = ?1 AND doc = ?2 AND generation = ?3",
        )?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation, position])?;
    Ok(())
}

/// A document is no longer here.
pub(crate) fn forget(connection: &Connection, key: DocumentKey) -> Result<(), EngineError> {
    connection
        .prepare_cached("DELETE FROM offer WHERE kind = ?1 AND doc = ?2 AND generation = ?3")?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation])?;
    Ok(())
}

/// Everything was offered, or nothing more can be done about it: a later run begins again.
pub(crate) fn clear(connection: &Connection) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM offer")?.execute([])?;
    Ok(())
}
