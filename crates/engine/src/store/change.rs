//! Changes and the outbox.

use super::digest::{self, Counted};
use super::served::{self, Served};
use super::{Store, link, offer};
use crate::error::EngineError;
use document::{Actor, Document, DocumentKey, Edit, Hash, SignerId};
use domain::ids::{CiteId, DocumentId};
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::collections::HashMap;

/// A change to be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept<'a> {
    /// Document.
    pub(crate) key: DocumentKey,
    /// Hash.
    pub(crate) hash: &'a Hash,
    /// Actor.
    pub(crate) actor: Actor,
    /// Number among the actor's changes of this document.
    pub(crate) seq: u64,
    /// The change chunk.
    pub(crate) bytes: &'a [u8],
    /// Day of the user's action.
    pub(crate) on: Day,
    /// Server sequence its author had seen.
    pub(crate) cursor: u64,
    /// Schema level it was written at.
    pub(crate) level: u16,
    /// Signed batch and place in it; none for what was made here.
    pub(crate) batch: Option<(i64, u32)>,
}

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

/// Appends a change; returns its position.
pub(crate) fn append(connection: &Connection, kept: &Kept<'_>) -> Result<i64, EngineError> {
    connection
        .prepare_cached(
            "INSERT INTO change (kind, doc, generation, hash, actor, seq, on_day, bytes, cursor, level, batch, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            kept.key.kind.code(),
            kept.key.id.as_bytes(),
            kept.key.generation,
            kept.hash,
            kept.actor.bytes(),
            i64::try_from(kept.seq).map_err(|_| EngineError::Damaged)?,
            kept.on.0,
            kept.bytes,
            kept.cursor as i64,
            kept.level,
            kept.batch.map(|(batch, _)| batch),
            kept.batch.map(|(_, place)| place),
        ])?;
    let position = connection.last_insert_rowid();
    if kept.batch.is_some() {
        digest::count(connection, Counted::Change(position))?;
    }
    Ok(position)
}

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

/// Loads a document; its genesis alone where nothing is kept of it.
pub(crate) fn load(connection: &Connection, cite: CiteId, key: DocumentKey) -> Result<Document, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT bytes FROM change WHERE kind = ?1 AND doc = ?2 AND generation = ?3 ORDER BY position",
    )?;
    let rows = statement.query_map(params![key.kind.code(), key.id.as_bytes(), key.generation], |row| {
        row.get::<_, Vec<u8>>(0)
    })?;
    let changes = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(Document::from_changes(cite, key, changes.iter().map(Vec::as_slice))?)
}

/// Day of the user's action that made a change.
pub(crate) fn day(
    connection: &Connection,
    key: DocumentKey,
    hash: &Hash,
) -> Result<Option<Day>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT on_day FROM change WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND hash = ?4",
    )?;
    let day: Option<i32> = statement
        .query_row(params![key.kind.code(), key.id.as_bytes(), key.generation, hash], |row| row.get(0))
        .optional()?;
    Ok(day.map(Day))
}

/// Days of the user's actions that made a document's changes.
pub(crate) fn days(connection: &Connection, key: DocumentKey) -> Result<HashMap<Hash, Day>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT hash, on_day FROM change WHERE kind = ?1 AND doc = ?2 AND generation = ?3")?;
    let rows = statement.query_map(params![key.kind.code(), key.id.as_bytes(), key.generation], |row| {
        Ok((row.get(0)?, Day(row.get(1)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a change is here.
pub(crate) fn has(connection: &Connection, key: DocumentKey, hash: &Hash) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM change WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND hash = ?4",
    )?;
    Ok(statement.exists(params![key.kind.code(), key.id.as_bytes(), key.generation, hash])?)
}

/// What waits to be sent from a position on, oldest first, at most so many.
pub(crate) fn waiting(connection: &Connection, after: i64, most: u32) -> Result<Vec<Waiting>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT position, hash, edits, grouped, signature, bytes, kind, doc, generation, actor
         FROM outbox JOIN change USING (position)
         WHERE acknowledged = 0 AND position > ?1 ORDER BY position LIMIT ?2",
    )?;
    let rows =
        statement.query_map(params![after, most], |row| Ok(read(row)))?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().collect()
}

/// What waits of one document, from a position on.
pub(crate) fn waiting_of(
    connection: &Connection,
    key: DocumentKey,
    from: i64,
) -> Result<Vec<Waiting>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT position, hash, edits, grouped, signature, bytes, kind, doc, generation, actor
         FROM outbox JOIN change USING (position)
         WHERE acknowledged = 0 AND kind = ?1 AND doc = ?2 AND generation = ?3 AND position >= ?4
         ORDER BY position",
    )?;
    let rows = statement
        .query_map(params![key.kind.code(), key.id.as_bytes(), key.generation, from], |row| Ok(read(row)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().collect()
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

/// Drops a document this device no longer sees; while something of it waits to be sent it stays, and
/// counts no more.
pub(crate) fn drop_document(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    if waits(connection, key)? {
        digest::hide(connection, key)?;
        return Ok(false);
    }
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation];
    connection
        .prepare_cached(
            "DELETE FROM outbox WHERE position IN
             (SELECT position FROM change WHERE kind = ?1 AND doc = ?2 AND generation = ?3)",
        )?
        .execute(of)?;
    connection
        .prepare_cached("DELETE FROM change WHERE kind = ?1 AND doc = ?2 AND generation = ?3")?
        .execute(of)?;
    connection
        .prepare_cached("DELETE FROM projection WHERE kind = ?1 AND doc = ?2 AND generation = ?3")?
        .execute(of)?;
    if key.kind == DocumentKind::Pathway {
        link::forget(connection, key.id.into())?;
    }
    offer::forget(connection, key)?;
    digest::forget(connection, key)?;
    Ok(true)
}

/// Signers of a document's changes.
pub(crate) fn authors(connection: &Connection, key: DocumentKey) -> Result<Vec<SignerId>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT substr(actor, 1, 16) FROM change WHERE kind = ?1 AND doc = ?2 AND generation = ?3",
    )?;
    let rows = statement.query_map(params![key.kind.code(), key.id.as_bytes(), key.generation], |row| {
        Ok(SignerId(row.get(0)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is a coded change's own where it is served.
#[derive(Debug, Clone)]
pub(crate) struct Coded {
    pub(crate) hash: Hash,
    pub(crate) bytes: Vec<u8>,
}

/// A change by its position, where it came in a signed batch.
pub(crate) fn served(connection: &Connection, position: i64) -> Result<Option<Served<Coded>>, EngineError> {
    const SQL: &str = served::columns!("hash, bytes", "change");
    served::at(connection, SQL, position, |row| {
        Ok(Coded { hash: row.get(served::OWN)?, bytes: row.get(served::OWN + 1)? })
    })
}

impl Store {
    /// A document as this store knows it.
    ///
    /// # Errors
    /// What SQLite refuses, or a change that no longer reads.
    pub fn document(&self, cite: CiteId, key: DocumentKey) -> Result<Document, EngineError> {
        load(self.connection(), cite, key)
    }

    /// What waits to be sent, oldest first.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn outbox(&self) -> Result<Vec<Waiting>, EngineError> {
        waiting(self.connection(), 0, u32::MAX)
    }

    /// The highest incarnation under which this store wrote, of any signer; 0 where it wrote nothing.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn highest_incarnation(&self) -> Result<u32, EngineError> {
        let mut statement = self.connection().prepare_cached("SELECT DISTINCT actor FROM change")?;
        let actors =
            statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(actors
            .iter()
            .filter_map(|bytes| Actor::read(bytes))
            .map(|actor| actor.incarnation)
            .max()
            .unwrap_or(0))
    }
}
