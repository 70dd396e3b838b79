//! The server's log: one growing sequence for the whole cité, taken in the writing transaction; and
//! which device may see which document.

use crate::error::EngineError;
use document::DocumentKey;
use domain::ids::{DeviceId, DocumentId};
use domain::vocabulary::DocumentKind;
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Params, params};

/// What a row of the log is. Numbers are frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Control = 1,
    Change = 2,
    Grant = 3,
    Revoke = 4,
    Asset = 5,
    Sealed = 6,
    Wrap = 7,
    Erase = 8,
}

/// A row of the log.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) seq: u64,
    pub(crate) what: What,
    pub(crate) reference: Option<i64>,
    pub(crate) key: Option<DocumentKey>,
}

/// Appends a row; returns its sequence.
pub(crate) fn append(
    connection: &Connection,
    what: What,
    reference: Option<i64>,
    key: Option<DocumentKey>,
    device: Option<DeviceId>,
) -> Result<u64, EngineError> {
    insert(connection, what, reference, key, (device, None))
}

fn insert(
    connection: &Connection,
    what: What,
    reference: Option<i64>,
    key: Option<DocumentKey>,
    (device, store): (Option<DeviceId>, Option<u32>),
) -> Result<u64, EngineError> {
    let seq: i64 = connection
        .prepare_cached("UPDATE log_head SET seq = seq + 1 RETURNING seq")?
        .query_row([], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO log (seq, what, reference, kind, doc, generation, device, store)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            seq,
            what as i64,
            reference,
            key.map(|key| key.kind.code()),
            key.map(|key| *key.id.as_bytes()),
            key.map(|key| key.generation),
            device.map(|device| *device.as_bytes()),
            store,
        ])?;
    Ok(seq as u64)
}

/// Who brought a control record or a change: it is not served back to the same store of the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bringer {
    pub(crate) device: DeviceId,
    /// Number of the store (`store::copies`).
    pub(crate) store: u32,
}

/// Appends what a device brought; returns its sequence.
pub(crate) fn brought(
    connection: &Connection,
    what: What,
    reference: i64,
    key: Option<DocumentKey>,
    by: Option<Bringer>,
) -> Result<u64, EngineError> {
    insert(connection, what, Some(reference), key, (by.map(|by| by.device), by.map(|by| by.store)))
}

/// The last sequence given out; 0 at first.
pub(crate) fn last(connection: &Connection) -> Result<u64, EngineError> {
    let mut statement = connection.prepare_cached("SELECT seq FROM log_head")?;
    Ok(statement.query_row([], |row| row.get::<_, i64>(0))? as u64)
}

/// The sequence at which a control record went on the log.
pub(crate) fn sequence_of_control(
    connection: &Connection,
    position: i64,
) -> Result<Option<u64>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT min(seq) FROM log WHERE what = 1 AND reference = ?1")?;
    let seq: Option<i64> = statement.query_row([position], |row| row.get(0))?;
    Ok(seq.map(|seq| seq as u64))
}

/// How far everything is that figures are made of; another one after any of it was written or erased.
pub(crate) type Mark = [i64; 4];

/// The present mark.
pub(crate) fn mark(connection: &Connection) -> Result<Mark, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT coalesce(max(seq), 0) FROM log), (SELECT coalesce(max(position), 0) FROM change),
                (SELECT coalesce(max(position), 0) FROM control), (SELECT count(*) FROM projection)",
    )?;
    Ok(statement.query_row([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?)
}

/// Rows after a cursor that concern a device, oldest first, at most so many: controls and assets of
/// all, its own grants and revokes, changes of documents it may see, but for what this store brought itself.
/// Controls and erasures up to `ahead` it has already.
pub(crate) fn after(
    connection: &Connection,
    Bringer { device, store }: Bringer,
    cursor: u64,
    ahead: u64,
    most: u32,
) -> Result<Vec<Row>, EngineError> {
    let statement = connection.prepare_cached(
        "SELECT seq, what, reference, log.kind, log.doc, log.generation FROM log
         WHERE seq > ?2 AND CASE what
             WHEN 3 THEN device = ?1 WHEN 4 THEN device = ?1 WHEN 5 THEN true WHEN 8 THEN seq > ?5
             WHEN 1 THEN (device IS NOT ?1 OR coalesce(store, ?4) <> ?4) AND seq > ?5
             ELSE (device IS NOT ?1 OR coalesce(store, ?4) <> ?4) AND EXISTS (SELECT 1 FROM visible v WHERE v.kind = log.kind AND v.doc = log.doc
                  AND v.generation = log.generation AND v.device = ?1 AND v.since < log.seq) END
         ORDER BY seq LIMIT ?3",
    )?;
    rows(statement, params![device.as_bytes(), cursor as i64, most, store, ahead as i64])
}

/// Controls and erasures after a sequence that concern a device, oldest first, at most so many.
pub(crate) fn records_after(
    connection: &Connection,
    Bringer { device, store }: Bringer,
    seq: u64,
    most: u32,
) -> Result<Vec<Row>, EngineError> {
    let statement = connection.prepare_cached(
        "SELECT seq, what, reference, kind, doc, generation FROM log
         WHERE seq > ?2 AND (what = 8 OR (what = 1 AND (device IS NOT ?1 OR coalesce(store, ?4) <> ?4)))
         ORDER BY seq LIMIT ?3",
    )?;
    rows(statement, params![device.as_bytes(), seq as i64, most, store])
}

fn rows(mut statement: CachedStatement<'_>, of: impl Params) -> Result<Vec<Row>, EngineError> {
    let mut rows = statement.query(of)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let what = match row.get(1)? {
            1 => What::Control,
            2 => What::Change,
            3 => What::Grant,
            4 => What::Revoke,
            5 => What::Asset,
            6 => What::Sealed,
            7 => What::Wrap,
            8 => What::Erase,
            _ => return Err(EngineError::Damaged),
        };
        let kind: Option<String> = row.get(3)?;
        let key = match kind {
            Some(kind) => Some(DocumentKey {
                kind: DocumentKind::from_code(&kind).ok_or(EngineError::Damaged)?,
                id: DocumentId::from_bytes(row.get(4)?),
                generation: row.get(5)?,
            }),
            None => None,
        };
        found.push(Row { seq: row.get::<_, i64>(0)? as u64, what, reference: row.get(2)?, key });
    }
    Ok(found)
}

/// Since when a device may see a document.
pub(crate) fn visible_since(
    connection: &Connection,
    device: DeviceId,
    key: DocumentKey,
) -> Result<Option<u64>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT since FROM visible WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND device = ?4",
    )?;
    let since: Option<i64> = statement
        .query_row(params![key.kind.code(), key.id.as_bytes(), key.generation, device.as_bytes()], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(since.map(|since| since as u64))
}

/// Whether a device stopped seeing a document after a sequence.
pub(crate) fn hidden_since(
    connection: &Connection,
    device: DeviceId,
    key: DocumentKey,
    after: u64,
) -> Result<bool, EngineError> {
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM log WHERE what = 4 AND seq > ?1 AND kind = ?2 AND doc = ?3 AND generation = ?4
         AND device = ?5",
    )?;
    Ok(statement.exists(params![
        after,
        key.kind.code(),
        key.id.as_bytes(),
        key.generation,
        device.as_bytes()
    ])?)
}

/// A device sees a document from a sequence on.
pub(crate) fn set_visible(
    connection: &Connection,
    device: DeviceId,
    key: DocumentKey,
    since: u64,
) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO visible (device, kind, doc, generation, since) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![device.as_bytes(), key.kind.code(), key.id.as_bytes(), key.generation, since as i64])?;
    Ok(())
}

/// A device no longer sees a document.
pub(crate) fn set_hidden(
    connection: &Connection,
    device: DeviceId,
    key: DocumentKey,
) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "DELETE FROM visible WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND device = ?4",
        )?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation, device.as_bytes()])?;
    Ok(())
}

/// Positions of a document's changes that are on the log up to a sequence, in the order of the log.
/// Those the device brought itself are among them: it may have dropped the document since.
pub(crate) fn changes_up_to(
    connection: &Connection,
    key: DocumentKey,
    seq: u64,
) -> Result<Vec<i64>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT reference FROM log WHERE what = 2 AND kind = ?1 AND doc = ?2 AND generation = ?3 AND seq <= ?4
         ORDER BY seq",
    )?;
    let rows = statement
        .query_map(params![key.kind.code(), key.id.as_bytes(), key.generation, seq as i64], |row| {
            row.get(0)
        })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows of a named part up to a sequence, in the order of the log: what, and its reference.
pub(crate) fn sealed_up_to(
    connection: &Connection,
    key: DocumentKey,
    seq: u64,
) -> Result<Vec<(What, i64)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT what, reference FROM log WHERE what IN (6, 7) AND kind = ?1 AND doc = ?2 AND generation = ?3 AND seq <= ?4
         ORDER BY seq",
    )?;
    let rows = statement.query_map(
        params![key.kind.code(), key.id.as_bytes(), key.generation, seq as i64],
        |row| {
            let what = if row.get::<_, i64>(0)? == What::Sealed as i64 { What::Sealed } else { What::Wrap };
            Ok((what, row.get(1)?))
        },
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes an erased part off the log: its rows lead nowhere any more. Devices that saw it are returned.
pub(crate) fn erase(connection: &Connection, key: DocumentKey) -> Result<Vec<DeviceId>, EngineError> {
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation];
    connection
        .prepare_cached(
            "DELETE FROM log WHERE what IN (6, 7) AND kind = ?1 AND doc = ?2 AND generation = ?3",
        )?
        .execute(of)?;
    let mut statement = connection.prepare_cached(
        "DELETE FROM visible WHERE kind = ?1 AND doc = ?2 AND generation = ?3 RETURNING device",
    )?;
    let devices = statement.query_map(of, |row| Ok(DeviceId::from_bytes(row.get(0)?)))?;
    Ok(devices.collect::<Result<_, _>>()?)
}

impl super::Store {
    /// The last sequence the server gave out.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn last_sequence(&self) -> Result<u64, EngineError> {
        last(self.connection())
    }
}
