//! What is counted in the sums. Each row says whether it is, so that nothing counts twice and what the
//! server cannot have (as the ledger stands, or because it no longer shows it) is left out until it can.

use super::{EPOCHS, REQUESTS, TOLD, escrows, ledger, of};
use crate::error::EngineError;
use crate::store::sealed::key_at;
use document::DocumentKey;
use document::control::RecordKind;
use domain::ids::PathwayId;
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

/// A row that may be counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Counted {
    /// A coded change, by its position.
    Change(i64),
    /// A sealed change, by its position.
    Sealed(i64),
    /// A wrap, by its row.
    Wrap(i64),
    /// A control record, by its position; ledgers', epochs, escrows, what was told and requested count.
    Control(i64),
}

const OF: &str = "kind = ?1 AND doc = ?2 AND generation = ?3";
/// Numbers that stand in SQL below.
const _: () = assert!(RecordKind::Ledger as i64 == 1 && RecordKind::Epoch as i64 == 2);
const _: () = assert!(RecordKind::Escrow as i64 == 5 && RecordKind::Tell as i64 == 6);
const _: () = assert!(RecordKind::Request as i64 == 7);

impl Counted {
    fn row(self) -> i64 {
        let (Self::Change(row) | Self::Sealed(row) | Self::Wrap(row) | Self::Control(row)) = self;
        row
    }

    fn sql(self) -> &'static str {
        match self {
            Self::Change(_) => {
                "UPDATE change SET counted = ?2 WHERE position = ?1 AND counted <> ?2 AND (?2 = 0 OR NOT EXISTS
                 (SELECT 1 FROM hidden h WHERE h.kind = change.kind AND h.doc = change.doc
                  AND h.generation = change.generation)) RETURNING kind, doc, generation, hash"
            }
            Self::Sealed(_) => {
                "UPDATE sealed_change SET counted = ?2 WHERE position = ?1 AND counted <> ?2 AND (?2 = 0 OR NOT EXISTS
                 (SELECT 1 FROM hidden h WHERE h.kind = sealed_change.kind AND h.doc = sealed_change.doc
                  AND h.generation = sealed_change.generation)) RETURNING kind, doc, generation, id"
            }
            Self::Wrap(_) => {
                "UPDATE wrap SET counted = ?2 WHERE id = ?1 AND counted <> ?2 AND (?2 = 0 OR NOT EXISTS
                 (SELECT 1 FROM hidden h WHERE h.kind = wrap.kind AND h.doc = wrap.doc
                  AND h.generation = wrap.generation)) RETURNING kind, doc, generation, sealed"
            }
            // Not the chain, receipts, erasures. What stays after an erasure is the proof of it.
            Self::Control(_) => {
                "UPDATE control SET counted = ?2 WHERE position = ?1 AND counted <> ?2 AND kind IN (1, 2, 5, 6, 7)
                 AND (?2 = 0 OR NOT EXISTS (SELECT 1 FROM erased e WHERE e.pathway = control.subject))
                 RETURNING kind, subject, NULL, id"
            }
        }
    }
}

/// Makes one of the number of a row.
type Row = fn(i64) -> Counted;

/// What a row adds to the sum of its document.
fn term(key: DocumentKey, what: Counted, name: &[u8]) -> u128 {
    let label: &[u8] = match what {
        Counted::Wrap(_) => b"allervers digest of a wrap 1",
        _ => b"allervers digest 1",
    };
    let digest: [u8; 32] = Sha256::new()
        .chain_update(label)
        .chain_update([key.kind_number()])
        .chain_update(key.id.as_bytes())
        .chain_update(key.generation.to_be_bytes())
        .chain_update(name)
        .finalize()
        .into();
    digest.first_chunk().map_or(0, |half| u128::from_be_bytes(*half))
}

/// A row is settled: it counts from now on, unless its document is hidden.
pub(crate) fn count(connection: &Connection, what: Counted) -> Result<(), EngineError> {
    set(connection, what, true)
}

/// A row no longer counts: the server may not take it as the ledger stands.
pub(crate) fn uncount(connection: &Connection, what: Counted) -> Result<(), EngineError> {
    set(connection, what, false)
}

fn set(connection: &Connection, what: Counted, counted: bool) -> Result<(), EngineError> {
    let mut statement = connection.prepare_cached(what.sql())?;
    let changed = statement
        .query_row(params![what.row(), counted], |row| {
            let key = match what {
                Counted::Control(_) => {
                    let (kind, subject): (i64, Option<[u8; 16]>) = (row.get(0)?, row.get(1)?);
                    match subject {
                        Some(device) if kind == RecordKind::Escrow as i64 => Some(escrows(device)),
                        Some(subject) => Some(ledger(PathwayId::from_bytes(subject))),
                        None if kind == RecordKind::Tell as i64 => Some(TOLD),
                        None if kind == RecordKind::Request as i64 => Some(REQUESTS),
                        None => Some(EPOCHS),
                    }
                }
                _ => key_at(row, 0)?,
            };
            Ok((key, row.get::<_, Vec<u8>>(3)?))
        })
        .optional()?;
    let Some((key, name)) = changed else { return Ok(()) };
    let key = key.ok_or(EngineError::Damaged)?;
    put(connection, key, term(key, what, &name), counted)
}

/// A row that was written as one that counts: it is added to the sum of its document.
pub(crate) fn add(
    connection: &Connection,
    key: DocumentKey,
    what: Counted,
    name: &[u8],
) -> Result<(), EngineError> {
    put(connection, key, term(key, what, name), true)
}

/// Adds a term to the sum of a document, or takes it away.
fn put(connection: &Connection, key: DocumentKey, term: u128, counted: bool) -> Result<(), EngineError> {
    let sum = of(connection, key)?.unwrap_or_default();
    let sum = if counted { sum.wrapping_add(term) } else { sum.wrapping_sub(term) };
    if sum == 0 {
        // Nothing of it counts.
        connection.prepare_cached(&format!("DELETE FROM digest WHERE {OF}"))?.execute(params![
            key.kind.code(),
            key.id.as_bytes(),
            key.generation
        ])?;
        return Ok(());
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO digest (doc, kind, generation, sum) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![key.id.as_bytes(), key.kind.code(), key.generation, sum.to_be_bytes()])?;
    Ok(())
}

/// A document is no longer here.
pub(crate) fn forget(connection: &Connection, key: DocumentKey) -> Result<(), EngineError> {
    for table in ["digest", "hidden"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE {OF}"))?.execute(params![
            key.kind.code(),
            key.id.as_bytes(),
            key.generation
        ])?;
    }
    Ok(())
}

/// Nothing of a document counts any more; all of it stays.
pub(crate) fn hold(connection: &Connection, key: DocumentKey) -> Result<(), EngineError> {
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation];
    for table in ["change", "sealed_change", "wrap"] {
        connection
            .prepare_cached(&format!("UPDATE {table} SET counted = 0 WHERE {OF} AND counted = 1"))?
            .execute(of)?;
    }
    connection.prepare_cached(&format!("DELETE FROM digest WHERE {OF}"))?.execute(of)?;
    Ok(())
}

/// The server no longer shows a document that stays here.
pub(crate) fn hide(connection: &Connection, key: DocumentKey) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO hidden (kind, doc, generation) VALUES (?1, ?2, ?3)")?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation])?;
    hold(connection, key)
}

/// Whether the server no longer shows a document that stays here.
pub(crate) fn is_hidden(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached(&format!("SELECT 1 FROM hidden WHERE {OF}"))?;
    Ok(statement.exists(params![key.kind.code(), key.id.as_bytes(), key.generation])?)
}

/// The server shows a document: where it had not, what is settled of it counts again.
pub(crate) fn show(connection: &Connection, key: DocumentKey) -> Result<(), EngineError> {
    let was_hidden = connection
        .prepare_cached(&format!("DELETE FROM hidden WHERE {OF}"))?
        .execute(params![key.kind.code(), key.id.as_bytes(), key.generation])?;
    if was_hidden > 0 { recount(connection, key) } else { Ok(()) }
}

/// Everything that is settled of a document counts again: the ledger says something new.
pub(crate) fn recount(connection: &Connection, key: DocumentKey) -> Result<(), EngineError> {
    let tables: [(&str, Row); 3] = [
        (
            "SELECT c.position FROM change c LEFT JOIN outbox o USING (position) WHERE kind = ?1 AND doc = ?2
             AND generation = ?3 AND counted = 0 AND (batch IS NOT NULL OR o.acknowledged = 1)",
            Counted::Change,
        ),
        (
            "SELECT c.position FROM sealed_change c LEFT JOIN sealed_outbox o USING (position) WHERE kind = ?1
             AND doc = ?2 AND generation = ?3 AND counted = 0 AND (batch IS NOT NULL OR o.acknowledged = 1)",
            Counted::Sealed,
        ),
        (
            "SELECT id FROM wrap WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND counted = 0 AND waits = 0",
            Counted::Wrap,
        ),
    ];
    for (sql, make) in tables {
        let mut statement = connection.prepare_cached(sql)?;
        let of = params![key.kind.code(), key.id.as_bytes(), key.generation];
        let rows = statement.query_map(of, |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        rows.into_iter().try_for_each(|row| count(connection, make(row)))?;
    }
    Ok(())
}
