//! Sealed changes.

use super::key_at;
use crate::error::EngineError;
use crate::store::digest::{self, Counted};
use crate::store::served::{self, Served};
use document::sealed::{Envelope, Header};
use document::{DocumentKey, SignerId};
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeSet;

/// A sealed change to be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept<'a> {
    pub(crate) envelope: &'a Envelope,
    pub(crate) bytes: &'a [u8],
    pub(crate) on: i32,
    pub(crate) cursor: u64,
    pub(crate) level: u16,
    pub(crate) relied_on: Option<[u8; 32]>,
    /// Signed batch and place in it; none for what was made here.
    pub(crate) batch: Option<(i64, u32)>,
}

/// Whether a sealed change is here, and whether its actor's number is taken by another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    New,
    Here,
    NumberTaken,
}

/// What is known of a sealed change.
pub(crate) fn known(connection: &Connection, envelope: &Envelope) -> Result<Known, EngineError> {
    let (header, key) = (envelope.header(), envelope.header().key);
    let mut statement = connection.prepare_cached(
        "SELECT id = ?4 FROM sealed_change WHERE kind = ?1 AND doc = ?2 AND generation = ?3
         AND (id = ?4 OR (actor = ?5 AND seq = ?6)) ORDER BY id = ?4 DESC LIMIT 1",
    )?;
    let same: Option<bool> = statement
        .query_row(
            params![
                key.kind.code(),
                key.id.as_bytes(),
                key.generation,
                header.id(),
                header.actor().bytes(),
                header.seq as i64
            ],
            |row| row.get(0),
        )
        .optional()?;
    Ok(match same {
        None => Known::New,
        Some(true) => Known::Here,
        Some(false) => Known::NumberTaken,
    })
}

/// Appends a sealed change; returns its position.
pub(crate) fn append(connection: &Connection, kept: &Kept<'_>) -> Result<i64, EngineError> {
    let (header, key) = (kept.envelope.header(), kept.envelope.header().key);
    connection
        .prepare_cached(
            "INSERT INTO sealed_change (kind, doc, generation, id, actor, seq, on_day, envelope, cursor, level, relied_on, batch, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            key.kind.code(),
            key.id.as_bytes(),
            key.generation,
            header.id(),
            header.actor().bytes(),
            header.seq as i64,
            kept.on,
            kept.bytes,
            kept.cursor as i64,
            kept.level,
            kept.relied_on,
            kept.batch.map(|(batch, _)| batch),
            kept.batch.map(|(_, place)| place),
        ])?;
    let position = connection.last_insert_rowid();
    if kept.batch.is_some() {
        digest::count(connection, Counted::Sealed(position))?;
    }
    Ok(position)
}

/// A sealed change that came from the server is here already: where it was made here, that is its
/// acknowledgement, whose answer was lost.
pub(crate) fn acknowledge_known(connection: &Connection, header: &Header) -> Result<(), EngineError> {
    let key = header.key;
    let mut statement = connection.prepare_cached(
        "SELECT position FROM sealed_change WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND id = ?4",
    )?;
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation, header.id()];
    let position: Option<i64> = statement.query_row(of, |row| row.get(0)).optional()?;
    let Some(position) = position else { return Ok(()) };
    super::outbox::acknowledge(connection, position)?;
    digest::count(connection, Counted::Sealed(position))
}

/// Envelopes of a document, in the order in which they were kept.
pub(crate) fn of(connection: &Connection, key: DocumentKey) -> Result<Vec<Vec<u8>>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT envelope FROM sealed_change WHERE kind = ?1 AND doc = ?2 AND generation = ?3 ORDER BY position",
    )?;
    let rows =
        statement.query_map(params![key.kind.code(), key.id.as_bytes(), key.generation], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Headers of a document's sealed changes, each with the day of the user's action.
pub(crate) fn headers(connection: &Connection, key: DocumentKey) -> Result<Vec<(Header, Day)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT envelope, on_day FROM sealed_change WHERE kind = ?1 AND doc = ?2 AND generation = ?3
         ORDER BY position",
    )?;
    let mut rows = statement.query(params![key.kind.code(), key.id.as_bytes(), key.generation])?;
    let mut headers = Vec::new();
    while let Some(row) = rows.next()? {
        let envelope: Vec<u8> = row.get(0)?;
        headers.push((Envelope::read(&envelope)?.header().clone(), Day(row.get(1)?)));
    }
    Ok(headers)
}

/// How many sealed changes of a signer a document has here.
pub(crate) fn count(connection: &Connection, key: DocumentKey, by: SignerId) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM sealed_change WHERE kind = ?1 AND doc = ?2 AND generation = ?3
         AND substr(actor, 1, 16) = ?4",
    )?;
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation, by.0];
    Ok(statement.query_row(of, |row| row.get(0))?)
}

/// Signers of a document's sealed changes.
pub(crate) fn authors(connection: &Connection, key: DocumentKey) -> Result<Vec<SignerId>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT substr(actor, 1, 16) FROM sealed_change WHERE kind = ?1 AND doc = ?2 AND generation = ?3",
    )?;
    let rows = statement.query_map(params![key.kind.code(), key.id.as_bytes(), key.generation], |row| {
        Ok(SignerId(row.get(0)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Parts of a person of which anything is here: kind and generation.
pub(crate) fn parts_of(
    connection: &Connection,
    pathway: domain::ids::PathwayId,
) -> Result<BTreeSet<(DocumentKind, u32)>, EngineError> {
    // Kind by kind, as they are indexed.
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT generation FROM sealed_change WHERE kind = ?1 AND doc = ?2")?;
    let mut parts = BTreeSet::new();
    for kind in DocumentKind::NAMED_PARTS {
        let rows = statement.query_map(params![kind.code(), pathway.as_bytes()], |row| row.get(0))?;
        for generation in rows {
            parts.insert((kind, generation?));
        }
    }
    Ok(parts)
}

/// Every document of which a sealed change is here.
pub(crate) fn keys(connection: &Connection) -> Result<Vec<DocumentKey>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT kind, doc, generation FROM sealed_change")?;
    let rows = statement.query_map([], |row| key_at(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// What is a sealed change's own where it is served.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    pub(crate) envelope: Vec<u8>,
    pub(crate) relied_on: Option<[u8; 32]>,
}

/// A sealed change by its position, where it came in a signed batch.
pub(crate) fn served(connection: &Connection, position: i64) -> Result<Option<Served<Sealed>>, EngineError> {
    const SQL: &str = served::columns!("envelope, relied_on", "sealed_change");
    served::at(connection, SQL, position, |row| {
        Ok(Sealed { envelope: row.get(served::OWN)?, relied_on: row.get(served::OWN + 1)? })
    })
}
