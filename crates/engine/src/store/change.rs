//! Changes and the outbox.

use super::Store;
use crate::error::EngineError;
use document::{Actor, Document, DocumentKey, Edit, NewChange};
use domain::ids::{CiteId, DocumentId};
use domain::time::{Day, InstantMs};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};

/// A change to be kept.
#[derive(Debug)]
pub struct Kept<'a> {
    /// Document.
    pub key: DocumentKey,
    /// Change.
    pub change: &'a NewChange,
    /// Day of the user's action.
    pub on: Day,
}

/// A change made here that waits to be acknowledged.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Position in the log of this store.
    pub position: i64,
    /// Document.
    pub key: DocumentKey,
    /// Hash.
    pub hash: [u8; 32],
    /// Actor.
    pub actor: Actor,
    /// When it was made, by this device's clock.
    pub made_at_ms: InstantMs,
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
            "INSERT INTO change (kind, doc, generation, hash, actor, seq, on_day, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            kept.key.kind.code(),
            kept.key.id.as_bytes(),
            kept.key.generation,
            kept.change.hash,
            kept.change.actor.bytes(),
            i64::try_from(kept.change.seq).map_err(|_| EngineError::Damaged)?,
            kept.on.0,
            kept.change.bytes,
        ])?;
    Ok(connection.last_insert_rowid())
}

/// Puts a change made here into the outbox.
pub(crate) fn enqueue(
    connection: &Connection,
    position: i64,
    edits: &[Edit],
    group: &[u8],
    signature: &[u8; 64],
    made_at_ms: InstantMs,
) -> Result<(), EngineError> {
    let edits = serde_json::to_string(edits).map_err(|_| EngineError::Damaged)?;
    connection
        .prepare_cached("INSERT INTO outbox (position, edits, grouped, signature, made_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![position, edits, group, signature, made_at_ms])?;
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
        let mut statement = self.connection().prepare_cached(
            "SELECT position, hash, edits, grouped, signature, made_at_ms, kind, doc, generation, actor
             FROM outbox JOIN change USING (position) WHERE set_aside IS NULL ORDER BY position",
        )?;
        let mut rows = statement.query([])?;
        let mut waiting = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(6)?;
            let kind = DocumentKind::from_code(&kind).ok_or(EngineError::Damaged)?;
            let edits: String = row.get(2)?;
            let actor: Vec<u8> = row.get(9)?;
            waiting.push(Waiting {
                position: row.get(0)?,
                key: DocumentKey { kind, id: DocumentId::from_bytes(row.get(7)?), generation: row.get(8)? },
                hash: row.get(1)?,
                actor: Actor::read(&actor).ok_or(EngineError::Damaged)?,
                made_at_ms: row.get(5)?,
                edits: serde_json::from_str(&edits).map_err(|_| EngineError::Damaged)?,
                group: row.get(3)?,
                signature: row.get(4)?,
            });
        }
        Ok(waiting)
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
