//! Changes made here that wait to be acknowledged, with the edits that made them.

use super::Store;
use super::digest::{self, Counted};
use crate::error::EngineError;
use document::{Actor, DocumentKey, Edit, Hash};
use domain::ids::DocumentId;
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// A change made here that waits to be acknowledged.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Position in the log of this store.
    pub position: i64,
    /// Document.
    pub key: DocumentKey,
    /// Hash.
    pub hash: Hash,
    /// Actor.
    pub actor: Actor,
    /// The change chunk.
    pub bytes: Vec<u8>,
    /// The edits that made it.
    pub edits: Vec<Edit>,
    /// The signed group, CBOR.
    pub group: Vec<u8>,
    /// Its signature.
    pub signature: [u8; 64],
}

/// What [`read`] reads.
const WAITING: &str = "SELECT position, hash, edits, grouped, signature, bytes, kind, doc, generation, actor
     FROM outbox JOIN change USING (position)";

/// Puts a change made here into the outbox.
pub(crate) fn enqueue(
    connection: &Connection,
    position: i64,
    edits: &[Edit],
    group: &[u8],
    signature: &[u8; 64],
) -> Result<(), EngineError> {
    let edits = serde_json::to_string(edits).map_err(|_| EngineError::Damaged)?;
    connection
        .prepare_cached("INSERT INTO outbox (position, edits, grouped, signature) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![position, edits, group, signature])?;
    Ok(())
}

/// What waits to be sent from a position on, oldest first, at most so many.
pub(crate) fn waiting(connection: &Connection, after: i64, most: u32) -> Result<Vec<Waiting>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "{WAITING}
         WHERE acknowledged = 0 AND position > ?1 ORDER BY position LIMIT ?2"
    ))?;
    let rows =
        statement.query_map(params![after, most], |row| Ok(read(row)))?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().collect()
}

/// Takes what waits of one document, from a position on, out of it ([`forget`]); returns it, oldest first.
pub(crate) fn take_out(
    connection: &Connection,
    key: DocumentKey,
    from: i64,
) -> Result<Vec<Waiting>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "{WAITING}
         WHERE acknowledged = 0 AND kind = ?1 AND doc = ?2 AND generation = ?3 AND position >= ?4
         ORDER BY position"
    ))?;
    let rows = statement
        .query_map(params![key.kind.code(), key.id.as_bytes(), key.generation, from], |row| Ok(read(row)))?
        .collect::<Result<Vec<_>, _>>()?;
    let waiting = rows.into_iter().collect::<Result<Vec<Waiting>, _>>()?;
    for it in &waiting {
        forget(connection, it.position)?;
    }
    Ok(waiting)
}

/// The position of a change made here that waits, by its actor's number.
pub(crate) fn numbered(
    connection: &Connection,
    key: DocumentKey,
    actor: Actor,
    seq: u64,
) -> Result<Option<i64>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT position FROM change JOIN outbox USING (position) WHERE acknowledged = 0
         AND kind = ?1 AND doc = ?2 AND generation = ?3 AND actor = ?4 AND seq = ?5",
    )?;
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation, actor.bytes(), seq as i64];
    Ok(statement.query_row(of, |row| row.get(0)).optional()?)
}

fn read(row: &Row<'_>) -> Result<Waiting, EngineError> {
    let kind: String = row.get(6)?;
    let edits: String = row.get(2)?;
    let actor: Vec<u8> = row.get(9)?;
    Ok(Waiting {
        position: row.get(0)?,
        key: DocumentKey {
            kind: DocumentKind::from_code(&kind).ok_or(EngineError::Damaged)?,
            id: DocumentId::from_bytes(row.get(7)?),
            generation: row.get(8)?,
        },
        hash: row.get(1)?,
        actor: Actor::read(&actor).ok_or(EngineError::Damaged)?,
        bytes: row.get(5)?,
        edits: serde_json::from_str(&edits).map_err(|_| EngineError::Damaged)?,
        group: row.get(3)?,
        signature: row.get(4)?,
    })
}

/// How many wait, and how many were refused.
pub(crate) fn counts(connection: &Connection) -> Result<(u32, u32), EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM outbox WHERE acknowledged = 0) +
         (SELECT count(*) FROM again WHERE kind IN ('pathway', 'outing')) +
         (SELECT count(*) FROM recovered WHERE edits IS NOT NULL), (SELECT count(*) FROM refused)",
    )?;
    Ok(statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// A change made here was acknowledged.
pub(crate) fn acknowledge(connection: &Connection, position: i64) -> Result<(), EngineError> {
    let settled = connection
        .prepare_cached("UPDATE outbox SET acknowledged = 1 WHERE position = ?1 AND acknowledged = 0")?
        .execute([position])?;
    if settled > 0 { digest::count(connection, Counted::Change(position)) } else { Ok(()) }
}

/// A change that came from the server is here already: where it was made here, that is its
/// acknowledgement, whose answer was lost.
pub(crate) fn acknowledge_known(
    connection: &Connection,
    key: DocumentKey,
    hash: &Hash,
) -> Result<(), EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT position FROM change WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND hash = ?4",
    )?;
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation, hash];
    let position: Option<i64> = statement.query_row(of, |row| row.get(0)).optional()?;
    let Some(position) = position else { return Ok(()) };
    acknowledge(connection, position)?;
    digest::count(connection, Counted::Change(position))
}

/// Takes a change made here out of its document. Its edits must have been kept elsewhere, or be made
/// again in the same transaction. What was acknowledged once is never taken out.
pub(crate) fn forget(connection: &Connection, position: i64) -> Result<(), EngineError> {
    let waited = connection
        .prepare_cached("DELETE FROM outbox WHERE position = ?1 AND acknowledged = 0")?
        .execute([position])?;
    if waited > 0 {
        connection.prepare_cached("DELETE FROM change WHERE position = ?1")?.execute([position])?;
    }
    Ok(())
}

/// Whether a change that writes in a list waits to be sent.
pub(crate) fn waits_with(connection: &Connection, key: DocumentKey, list: &str) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT edits FROM outbox JOIN change USING (position)
         WHERE acknowledged = 0 AND kind = ?1 AND doc = ?2 AND generation = ?3",
    )?;
    let mut rows = statement.query(params![key.kind.code(), key.id.as_bytes(), key.generation])?;
    while let Some(row) = rows.next()? {
        let edits: Vec<Edit> = serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default())
            .map_err(|_| EngineError::Damaged)?;
        let writes = |edit: &Edit| matches!(edit, Edit::Add { list: of, .. } | Edit::SetIn { list: of, .. } if of == list);
        if edits.iter().any(writes) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether something of a document waits to be sent.
pub(crate) fn waits(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM outbox JOIN change USING (position)
         WHERE acknowledged = 0 AND kind = ?1 AND doc = ?2 AND generation = ?3
         UNION ALL SELECT 1 FROM again WHERE kind = ?1 AND doc = ?2 AND generation = ?3
         UNION ALL SELECT 1 FROM recovered
         WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND edits IS NOT NULL",
    )?;
    Ok(statement.exists(params![key.kind.code(), key.id.as_bytes(), key.generation])?)
}

impl Store {
    /// What waits to be sent, oldest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn outbox(&self) -> Result<Vec<Waiting>, EngineError> {
        waiting(self.connection(), 0, u32::MAX)
    }
}
