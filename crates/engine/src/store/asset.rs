//! Assets: settings, QPV, solutions. About nobody, the same on every device; the last of a name counts.

use super::{Store, meta};
use crate::error::EngineError;
use document::control::{Chain, RecordKind};
use domain::api::cite::QpvName;
use domain::cite::CiteSettings;
use domain::solution::Solution;
use domain::territory::QpvShape;
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// The cité's settings.
pub const SETTINGS: &str = "settings";
/// The polygons of the cité's QPV.
pub const QPV: &str = "qpv";
/// Their names.
pub const QPV_NAMES: &str = "qpv_names";
/// The directory of solutions.
pub const SOLUTIONS: &str = "solutions";

/// Longest asset, bytes: a frame of the exchange.
const MOST: usize = 8 * 1024 * 1024;
/// Longest asset of words, bytes.
const MOST_WORDS: usize = 1024 * 1024;
/// Name under which what could not be read is kept.
const UNREAD: &str = "unread_assets";

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

/// Keeps an asset that came from the server, where this program knows its name and can read it; else
/// the last good one stays and the name is counted. Returns whether it was kept.
pub(crate) fn take(connection: &Connection, name: &str, content: &[u8]) -> Result<bool, EngineError> {
    let good = reads(name, content);
    if good {
        put(connection, name, content)?;
    }
    mark(connection, name, !good)?;
    Ok(good)
}

/// Whether content reads as what an asset of this name is.
fn reads(name: &str, content: &[u8]) -> bool {
    fn as_json<T: DeserializeOwned>(content: &[u8], most: usize) -> bool {
        content.len() <= most && serde_json::from_slice::<T>(content).is_ok()
    }
    match name {
        SETTINGS => as_json::<CiteSettings>(content, MOST_WORDS),
        QPV => as_json::<Vec<QpvShape>>(content, MOST),
        QPV_NAMES => as_json::<Vec<QpvName>>(content, MOST_WORDS),
        SOLUTIONS => as_json::<Vec<Solution>>(content, MOST),
        _ => false,
    }
}

/// Notes that an asset could not be read, or that it can again. Names this program does not know count
/// as one.
fn mark(connection: &Connection, name: &str, unread: bool) -> Result<(), EngineError> {
    let name = if [SETTINGS, QPV, QPV_NAMES, SOLUTIONS].contains(&name) { name } else { "other" };
    let mut all: BTreeSet<String> = meta::get(connection, UNREAD)?.unwrap_or_default();
    let moved = if unread { all.insert(name.to_owned()) } else { all.remove(name) };
    if moved { meta::put(connection, UNREAD, &all) } else { Ok(()) }
}

impl Store {
    /// An asset on a device, where nothing may wait for it: one that does not read is counted, and what
    /// stands there before any came is used.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn asset_or_default<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, EngineError> {
        match self.asset(name) {
            Ok(found) => Ok(found.unwrap_or_default()),
            Err(EngineError::Damaged) => {
                mark(self.connection(), name, true)?;
                Ok(T::default())
            }
            Err(other) => Err(other),
        }
    }

    /// How many kinds of assets came, or stand here, and could not be read.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn unread_assets(&self) -> Result<u32, EngineError> {
        let all: BTreeSet<String> = self.meta(UNREAD)?.unwrap_or_default();
        Ok(all.len() as u32)
    }

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
