//! Part keys wrapped for a public key.

use super::key_at;
use crate::error::EngineError;
use crate::store::digest::{self, Counted};
use document::DocumentKey;
use document::sealed::PartKeyId;
use domain::ids::UserId;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// The first 16 bytes of a public key: for whom a wrap is.
pub(crate) type Recipient = [u8; 16];

/// A wrap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrap {
    pub(crate) key: DocumentKey,
    pub(crate) part_key: PartKeyId,
    pub(crate) recipient: Recipient,
    pub(crate) sealed: Vec<u8>,
}

const COLUMNS: &str = "id, kind, doc, generation, part_key, recipient, sealed";

fn read(row: &Row<'_>) -> rusqlite::Result<Option<(i64, Wrap)>> {
    let Some(key) = key_at(row, 1)? else { return Ok(None) };
    let (part_key, recipient) = (PartKeyId(row.get(4)?), row.get(5)?);
    Ok(Some((row.get(0)?, Wrap { key, part_key, recipient, sealed: row.get(6)? })))
}

/// Keeps a wrap; returns its row, or none where it is here already. `waits` for one made here.
pub(crate) fn keep(connection: &Connection, wrap: &Wrap, waits: bool) -> Result<Option<i64>, EngineError> {
    let kept = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO wrap (kind, doc, generation, part_key, recipient, sealed, waits)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            wrap.key.kind.code(),
            wrap.key.id.as_bytes(),
            wrap.key.generation,
            wrap.part_key.0,
            wrap.recipient,
            wrap.sealed,
            waits
        ])?;
    if kept == 0 {
        return Ok(None);
    }
    let row = connection.last_insert_rowid();
    if !waits {
        digest::count(connection, Counted::Wrap(row))?;
    }
    Ok(Some(row))
}

/// A wrap that came from the server is here already: where it was made here, that is its
/// acknowledgement, whose answer was lost.
pub(crate) fn acknowledge_known(connection: &Connection, wrap: &Wrap) -> Result<(), EngineError> {
    let key = wrap.key;
    let mut statement = connection.prepare_cached(
        "SELECT id FROM wrap WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND part_key = ?4
         AND recipient = ?5 AND sealed = ?6",
    )?;
    let of = params![
        key.kind.code(),
        key.id.as_bytes(),
        key.generation,
        wrap.part_key.0,
        wrap.recipient,
        wrap.sealed
    ];
    let row: Option<i64> = statement.query_row(of, |row| row.get(0)).optional()?;
    row.map_or(Ok(()), |row| acknowledge(connection, row))
}

/// Whether a part key is wrapped for a recipient already.
pub(crate) fn exists(
    connection: &Connection,
    key: DocumentKey,
    part_key: PartKeyId,
    recipient: Recipient,
) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM wrap WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND part_key = ?4 AND recipient = ?5",
    )?;
    Ok(statement.exists(params![
        key.kind.code(),
        key.id.as_bytes(),
        key.generation,
        part_key.0,
        recipient
    ])?)
}

/// How many wraps a document has here.
pub(crate) fn count(connection: &Connection, key: DocumentKey) -> Result<u32, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) FROM wrap WHERE kind = ?1 AND doc = ?2 AND generation = ?3")?;
    Ok(statement.query_row(params![key.kind.code(), key.id.as_bytes(), key.generation], |row| row.get(0))?)
}

/// Every wrap of a document.
pub(crate) fn of(connection: &Connection, key: DocumentKey) -> Result<Vec<Wrap>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM wrap WHERE kind = ?1 AND doc = ?2 AND generation = ?3 ORDER BY id"
    ))?;
    let rows = statement
        .query_map(params![key.kind.code(), key.id.as_bytes(), key.generation], read)?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().flatten().map(|(_, wrap)| wrap).collect())
}

/// Wraps made here that wait, oldest first, at most so many.
pub(crate) fn waiting(
    connection: &Connection,
    after: i64,
    most: u32,
) -> Result<Vec<(i64, Wrap)>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM wrap WHERE waits = 1 AND id > ?1 ORDER BY id LIMIT ?2"
    ))?;
    let rows = statement.query_map(params![after, most], read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// The server has a wrap.
pub(crate) fn acknowledge(connection: &Connection, id: i64) -> Result<(), EngineError> {
    refuse(connection, id)?;
    digest::count(connection, Counted::Wrap(id))
}

/// A wrap made here was finally refused: it is not sent again.
pub(crate) fn refuse(connection: &Connection, id: i64) -> Result<(), EngineError> {
    connection.prepare_cached("UPDATE wrap SET waits = 0 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// A wrap by its row.
pub(crate) fn at(connection: &Connection, id: i64) -> Result<Option<Wrap>, EngineError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM wrap WHERE id = ?1"))?;
    Ok(statement.query_row([id], read).optional()?.flatten().map(|(_, wrap)| wrap))
}

/// Wraps whose part key a user does not hold yet: of one document, or of all.
pub(crate) fn not_held(
    connection: &Connection,
    user: UserId,
    of: Option<DocumentKey>,
) -> Result<Vec<Wrap>, EngineError> {
    let columns = "w.id, w.kind, w.doc, w.generation, w.part_key, w.recipient, w.sealed";
    let those = match of {
        Some(_) => "w.kind = ?2 AND w.doc = ?3 AND w.generation = ?4",
        None => "?2 IS NULL AND ?3 IS NULL AND ?4 IS NULL",
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns} FROM wrap w WHERE {those}
           AND NOT EXISTS (SELECT 1 FROM part_key k WHERE k.user = ?1 AND k.doc = w.doc AND k.kind = w.kind
               AND k.generation = w.generation AND k.part_key = w.part_key)"
    ))?;
    let rows = statement
        .query_map(
            params![
                user.as_bytes(),
                of.map(|key| key.kind.code()),
                of.map(|key| *key.id.as_bytes()),
                of.map(|key| key.generation)
            ],
            read,
        )?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().flatten().map(|(_, wrap)| wrap).collect())
}
