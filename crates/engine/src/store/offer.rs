//! Documents and parts of which the server lacks something that it had acknowledged or served: all that
//! is settled of them is offered again, colleagues' changes too, as their authors signed them. How far
//! it has come is kept, so that a cut costs one upload.

use super::sealed::key_at;
use super::sealed::wrap::{self, Wrap};
use crate::error::EngineError;
use document::{Actor, DocumentKey, Hash};
use rusqlite::{Connection, Row, params};
use std::collections::BTreeSet;

/// A settled change as it is offered again, coded or sealed.
#[derive(Debug, Clone)]
pub(crate) struct Settled<T> {
    pub(crate) position: i64,
    pub(crate) key: DocumentKey,
    pub(crate) actor: Actor,
    pub(crate) cursor: u64,
    pub(crate) on: i32,
    pub(crate) level: u16,
    pub(crate) signed: Signed,
    pub(crate) what: T,
}

/// What is a coded change's own.
#[derive(Debug, Clone)]
pub(crate) struct Coded {
    pub(crate) hash: Hash,
    pub(crate) bytes: Vec<u8>,
}

/// Under which signature a change stands.
#[derive(Debug, Clone)]
pub(crate) enum Signed {
    /// In a batch that came from the server: its row, and the place in it.
    Batch(i64, u32),
    /// Made here: alone under its author's signature.
    Alone([u8; 64]),
}

/// Where changes of a table are settled and not offered yet.
macro_rules! due {
    ($changes:literal, $outbox:literal) => {
        concat!(
            "FROM offer f JOIN ",
            $changes,
            " c ON c.kind = f.kind AND c.doc = f.doc AND c.generation = f.generation LEFT JOIN ",
            $outbox,
            " o ON o.position = c.position WHERE c.position > f.after
              AND (c.batch IS NOT NULL OR o.acknowledged = 1) "
        )
    };
}

/// The next of them, after a position.
macro_rules! next {
    ($changes:literal, $outbox:literal, $own:literal) => {
        concat!(
            "SELECT c.position, c.kind, c.doc, c.generation, c.actor, c.cursor, c.on_day, c.level, c.batch,
             c.place, o.signature, ",
            $own,
            " ",
            due!($changes, $outbox),
            "AND c.position > ?1 ORDER BY c.position LIMIT ?2"
        )
    };
}

const WRAPS: &str =
    "FROM offer f JOIN wrap w ON w.kind = f.kind AND w.doc = f.doc AND w.generation = f.generation
     WHERE w.waits = 0 AND w.id > f.wraps_after";

/// A document is to be offered; whether that is new in this run.
pub(crate) fn put(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    let made = connection
        .prepare_cached("INSERT OR IGNORE INTO offer (kind, doc, generation) VALUES (?1, ?2, ?3)")?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation])?;
    Ok(made > 0)
}

/// Documents and parts of which something is still to be offered.
pub(crate) fn pending(connection: &Connection) -> Result<BTreeSet<DocumentKey>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT f.kind, f.doc, f.generation {} UNION SELECT f.kind, f.doc, f.generation {}
         UNION SELECT f.kind, f.doc, f.generation {WRAPS}",
        due!("change", "outbox"),
        due!("sealed_change", "sealed_outbox")
    ))?;
    let keys = statement.query_map([], |row| key_at(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(keys.into_iter().flatten().collect())
}

/// Coded changes to be offered after a position, in the order in which they were kept, at most so many.
pub(crate) fn due(
    connection: &Connection,
    after: i64,
    most: u32,
) -> Result<Vec<Settled<Coded>>, EngineError> {
    const SQL: &str = next!("change", "outbox", "c.hash, c.bytes");
    all(connection, SQL, after, most, |row| Ok(Coded { hash: row.get(11)?, bytes: row.get(12)? }))
}

/// Envelopes to be offered, in the same way.
pub(crate) fn due_sealed(
    connection: &Connection,
    after: i64,
    most: u32,
) -> Result<Vec<Settled<Vec<u8>>>, EngineError> {
    const SQL: &str = next!("sealed_change", "sealed_outbox", "c.envelope");
    all(connection, SQL, after, most, |row| row.get(11))
}

/// Wraps to be offered after a row, at most so many.
pub(crate) fn due_wraps(
    connection: &Connection,
    after: i64,
    most: u32,
) -> Result<Vec<(i64, Wrap)>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {} {WRAPS}
         AND w.id > ?1 ORDER BY w.id LIMIT ?2",
        wrap::COLUMNS
    ))?;
    let mut rows = statement.query(params![after, most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(wrap::read(row)?.ok_or(EngineError::Damaged)?);
    }
    Ok(found)
}

fn all<T>(
    connection: &Connection,
    sql: &str,
    after: i64,
    most: u32,
    own: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<Settled<T>>, EngineError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![after, most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let actor: Vec<u8> = row.get(4)?;
        let signed = match (row.get::<_, Option<i64>>(8)?, row.get::<_, Option<u32>>(9)?) {
            (Some(batch), Some(place)) => Signed::Batch(batch, place),
            _ => Signed::Alone(row.get(10)?),
        };
        found.push(Settled {
            position: row.get(0)?,
            key: key_at(row, 1)?.ok_or(EngineError::Damaged)?,
            actor: Actor::read(&actor).ok_or(EngineError::Damaged)?,
            cursor: row.get::<_, i64>(5)? as u64,
            on: row.get(6)?,
            level: row.get(7)?,
            signed,
            what: own(row)?,
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

/// A part's wraps up to a row were answered.
pub(crate) fn advance_wraps(connection: &Connection, key: DocumentKey, row: i64) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "UPDATE offer SET wraps_after = max(wraps_after, ?4) WHERE kind = ?1 AND doc = ?2 AND generation = ?3",
        )?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation, row])?;
    Ok(())
}

/// A document is no longer here, or may not be offered.
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
