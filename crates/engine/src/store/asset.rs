//! Assets: settings, QPV, solutions. About nobody, the same on every device; the last of a name counts.

use super::Store;
use crate::error::EngineError;
use document::control::{Chain, RecordKind};
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The cité's settings.
pub const SETTINGS: &str = "settings";
/// The polygons of the cité's QPV.
pub const QPV: &str = "qpv";
/// Their names.
pub const QPV_NAMES: &str = "qpv_names";
/// The directory of solutions.
pub const SOLUTIONS: &str = "solutions";

/// Keeps an asset; returns its row.
pub(crate) fn put(connection: &Connection, name: &str, content: &[u8]) -> Result<i64, EngineError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO asset (name, content) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET content = excluded.content RETURNING id",
    )?;
    Ok(statement.query_row((name, content), |row| row.get(0))?)
}

/// Bytes of an asset by its row.
pub(crate) fn at(connection: &Connection, id: i64) -> Result<Option<(String, Vec<u8>)>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT name, content FROM asset WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// An asset, read as JSON; none where there is none yet.
pub(crate) fn read<T: DeserializeOwned>(
    connection: &Connection,
    name: &str,
) -> Result<Option<T>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT content FROM asset WHERE name = ?1")?;
    let content: Option<Vec<u8>> = statement.query_row([name], |row| row.get(0)).optional()?;
    content.map(|json| serde_json::from_slice(&json).map_err(|_| EngineError::Damaged)).transpose()
}

impl Store {
    /// An asset, read as JSON; none where there is none yet.
    ///
    /// # Errors
    /// What SQLite refuses; [`EngineError::Damaged`] for one that does not read.
    pub fn asset<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, EngineError> {
        read(self.connection(), name)
    }

    /// Publishes an asset from the server: kept and put on the log, for every device.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn publish_asset(&mut self, name: &str, content: &impl Serialize) -> Result<(), EngineError> {
        let json = serde_json::to_vec(content).map_err(|_| EngineError::Damaged)?;
        self.transact(|connection| {
            let id = put(connection, name, &json)?;
            super::log::append(connection, super::log::What::Asset, Some(id), None, None)?;
            if name == SETTINGS {
                // Sectors decide who sees what.
                let records = super::control::list(connection, RecordKind::Membership)?;
                crate::sync::admit(connection, &Chain::read(&records)?)?;
            }
            Ok(())
        })
    }
}
