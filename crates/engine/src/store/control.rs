//! Control records.

use super::Store;
use crate::error::EngineError;
use document::control::{Chain, Record, RecordKind};
use rusqlite::Connection;

/// Keeps a record; one that is here already is no change.
pub(crate) fn keep(connection: &Connection, record: &Record) -> Result<(), EngineError> {
    let bytes = minicbor::to_vec(record).expect("encoding into memory does not fail");
    connection
        .prepare_cached("INSERT OR IGNORE INTO control (id, kind, bytes) VALUES (?1, ?2, ?3)")?
        .execute((record.id(), record.kind as i64, bytes))?;
    Ok(())
}

/// Records of a kind, in the order in which they were kept.
pub(crate) fn list(connection: &Connection, kind: RecordKind) -> Result<Vec<Record>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT bytes FROM control WHERE kind = ?1 ORDER BY position")?;
    let rows =
        statement.query_map([kind as i64], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
    rows.iter().map(|bytes| minicbor::decode(bytes).map_err(|_| EngineError::Damaged)).collect()
}

impl Store {
    /// The membership chain, verified from its founding.
    ///
    /// # Errors
    /// [`EngineError::Document`] where it does not hold together.
    pub fn chain(&self) -> Result<Chain, EngineError> {
        Ok(Chain::read(&list(self.connection(), RecordKind::Membership)?)?)
    }

    /// The records of the membership chain.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn membership(&self) -> Result<Vec<Record>, EngineError> {
        list(self.connection(), RecordKind::Membership)
    }
}
