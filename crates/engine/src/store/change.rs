//! Changes of coded documents: those made here, and those that were received.

use super::digest::{self, Counted};
use super::served::{self, Served};
use super::{Store, link, offer, outbox};
use crate::error::EngineError;
use document::{Actor, Document, DocumentKey, Hash, SignerId};
use domain::ids::CiteId;
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, params};
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

/// Appends a change; returns its position.
pub(crate) fn append(connection: &Connection, kept: &Kept<'_>) -> Result<i64, EngineError> {
    let counts = kept.batch.is_some() && !digest::is_hidden(connection, kept.key)?;
    connection
        .prepare_cached(
            "INSERT INTO change (kind, doc, generation, hash, actor, seq, on_day, bytes, cursor, level, batch, place, counted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
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
            counts,
        ])?;
    let position = connection.last_insert_rowid();
    if counts {
        digest::add(connection, kept.key, Counted::Change(position), kept.hash)?;
    }
    Ok(position)
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

/// Drops a document this device no longer sees; while something of it waits to be sent it stays, and
/// counts no more.
pub(crate) fn drop_document(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    if outbox::waits(connection, key)? {
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
