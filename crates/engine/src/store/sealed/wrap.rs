//! Part keys wrapped for a public key. There may be several of a key for one recipient, by several authors: the
//! one that opens is used.

use super::key_at;
use crate::error::EngineError;
use crate::store::digest::{self, Counted};
use document::sealed::{PartKeyId, Wrapped};
use document::{DocumentKey, Signature, SignerId};
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
    /// Who made it.
    pub(crate) by: SignerId,
    /// Server sequence they had seen.
    pub(crate) cursor: u64,
    pub(crate) signature: Signature,
}

impl Wrap {
    /// What its author signed.
    pub(crate) fn signed(&self) -> Wrapped<'_> {
        Wrapped {
            key: self.key,
            part_key: self.part_key,
            recipient: self.recipient,
            cursor: self.cursor,
            sealed: &self.sealed,
        }
    }
}

/// What [`read`] reads, of a table that is called `w`.
pub(crate) const COLUMNS: &str =
    "w.id, w.kind, w.doc, w.generation, w.part_key, w.recipient, w.sealed, w.signer, w.cursor, w.signature";

/// A wrap with its row; none of a kind that is not known.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Option<(i64, Wrap)>> {
    let Some(key) = key_at(row, 1)? else { return Ok(None) };
    let wrap = Wrap {
        key,
        part_key: PartKeyId(row.get(4)?),
        recipient: row.get(5)?,
        sealed: row.get(6)?,
        by: SignerId(row.get(7)?),
        cursor: row.get::<_, i64>(8)? as u64,
        signature: row.get(9)?,
    };
    Ok(Some((row.get(0)?, wrap)))
}

/// Keeps a wrap; returns its row, or none where it is here already. `waits` for one made here.
pub(crate) fn keep(connection: &Connection, wrap: &Wrap, waits: bool) -> Result<Option<i64>, EngineError> {
    let kept = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO wrap (kind, doc, generation, part_key, recipient, sealed, signer, cursor, signature, waits)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            wrap.key.kind.code(),
            wrap.key.id.as_bytes(),
            wrap.key.generation,
            wrap.part_key.0,
            wrap.recipient,
            wrap.sealed,
            wrap.by.0,
            wrap.cursor as i64,
            wrap.signature,
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

/// A wrap of a part key for a recipient, as far as it is known to be good.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) row: i64,
    pub(crate) wrap: Wrap,
    /// Whether it opens; none where nobody here could look.
    pub(crate) opens: Option<bool>,
}

/// Every wrap of a part key for a recipient.
pub(crate) fn candidates(
    connection: &Connection,
    key: DocumentKey,
    part_key: PartKeyId,
    recipient: Recipient,
) -> Result<Vec<Candidate>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, w.opens FROM wrap w WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND part_key = ?4
         AND recipient = ?5 ORDER BY id"
    ))?;
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation, part_key.0, recipient];
    let rows =
        statement.query_map(of, |row| Ok((read(row)?, row.get(10)?)))?.collect::<Result<Vec<_>, _>>()?;
    let candidate =
        |(it, opens): (Option<(i64, Wrap)>, _)| it.map(|(row, wrap)| Candidate { row, wrap, opens });
    Ok(rows.into_iter().filter_map(candidate).collect())
}

/// A wrap was tried by whoever it is for.
pub(crate) fn tried(connection: &Connection, row: i64, opens: bool) -> Result<(), EngineError> {
    connection.prepare_cached("UPDATE wrap SET opens = ?2 WHERE id = ?1")?.execute(params![row, opens])?;
    Ok(())
}

/// How many wraps of a signer a document has here.
pub(crate) fn count(connection: &Connection, key: DocumentKey, by: SignerId) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM wrap WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND signer = ?4",
    )?;
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation, by.0];
    Ok(statement.query_row(of, |row| row.get(0))?)
}

/// How many made here wait.
pub(crate) fn count_waiting(connection: &Connection) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM wrap WHERE waits = 1")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Every wrap of a document.
pub(crate) fn of(connection: &Connection, key: DocumentKey) -> Result<Vec<Wrap>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM wrap w WHERE kind = ?1 AND doc = ?2 AND generation = ?3 ORDER BY id"
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
        "SELECT {COLUMNS} FROM wrap w WHERE waits = 1 AND id > ?1 ORDER BY id LIMIT ?2"
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
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM wrap w WHERE id = ?1"))?;
    Ok(statement.query_row([id], read).optional()?.flatten().map(|(_, wrap)| wrap))
}

/// Wraps whose part key a user does not hold yet: of one document, or of all.
pub(crate) fn not_held(
    connection: &Connection,
    user: UserId,
    of: Option<DocumentKey>,
) -> Result<Vec<(i64, Wrap)>, EngineError> {
    let those = match of {
        Some(_) => "w.kind = ?2 AND w.doc = ?3 AND w.generation = ?4",
        None => "?2 IS NULL AND ?3 IS NULL AND ?4 IS NULL",
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM wrap w WHERE w.opens IS NOT 0 AND {those}
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
    Ok(rows.into_iter().flatten().collect())
}
