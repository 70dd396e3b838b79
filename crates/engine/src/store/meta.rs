//! Named values of this store: the cité, the server's address, preferences.

use super::Store;
use crate::error::EngineError;
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes a value.
pub(crate) fn put(connection: &Connection, name: &str, value: &impl Serialize) -> Result<(), EngineError> {
    let json = serde_json::to_vec(value).map_err(|_| EngineError::Damaged)?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?
        .execute((name, json))?;
    Ok(())
}

/// Reads a value.
pub(crate) fn get<T: DeserializeOwned>(
    connection: &Connection,
    name: &str,
) -> Result<Option<T>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    let json: Option<Vec<u8>> = statement.query_row([name], |row| row.get(0)).optional()?;
    json.map(|json| serde_json::from_slice(&json).map_err(|_| EngineError::Damaged)).transpose()
}

/// Forgets a value.
pub(crate) fn forget(connection: &Connection, name: &str) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM meta WHERE name = ?1")?.execute([name])?;
    Ok(())
}

impl Store {
    /// Reads a named value.
    ///
    /// # Errors
    /// What SQLite refuses; [`EngineError::Damaged`] for a value that does not read.
    pub fn meta<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, EngineError> {
        get(self.connection(), name)
    }

    /// Writes a named value.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn put_meta(&mut self, name: &str, value: &impl Serialize) -> Result<(), EngineError> {
        self.transact(|connection| put(connection, name, value))
    }
}
