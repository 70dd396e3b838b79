//! What the codes of receipts are recognised by.

use crate::error::EngineError;
use document::control::LedgerEntry;
use domain::api::ledger::LedgerActKind;
use domain::ids::PathwayId;
use rusqlite::{Connection, params};

/// Keeps what a new entry of a ledger says of a receipt.
pub(crate) fn put(connection: &Connection, entry: &LedgerEntry) -> Result<(), EngineError> {
    let Ok(act) = entry.act() else { return Ok(()) };
    let LedgerActKind::Receipt { check } = act.kind else { return Ok(()) };
    let Some(mark) = crate::request::unhex::<16>(&check) else { return Ok(()) };
    connection
        .prepare_cached("INSERT OR IGNORE INTO receipt (pathway, mark) VALUES (?1, ?2)")?
        .execute(params![entry.pathway().as_bytes(), mark])?;
    Ok(())
}

/// Every receipt.
pub(crate) fn all(connection: &Connection) -> Result<Vec<(PathwayId, [u8; 16])>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT pathway, mark FROM receipt")?;
    let rows = statement.query_map([], |row| Ok((PathwayId::from_bytes(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A person is erased: their codes open nothing any more.
pub(crate) fn forget(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM receipt WHERE pathway = ?1")?.execute([pathway.as_bytes()])?;
    Ok(())
}
