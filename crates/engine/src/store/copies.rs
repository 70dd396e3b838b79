//! Which stores exchange for a device, on the server: one, unless it was copied or put back from an image.

use crate::error::EngineError;
use domain::ids::DeviceId;
use domain::time::InstantMs;
use rusqlite::{Connection, params};

/// A token: random, drawn by the server for one answer.
pub(crate) type Token = [u8; 8];

/// Most stores of one device that are remembered; one that is forgotten counts as copied.
const MOST: u32 = 8;

/// A store of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) number: u32,
    /// What its last answer gave it.
    pub(crate) token: Token,
    /// What it presented for that answer; none where it had nothing yet.
    pub(crate) before: Option<Token>,
}

/// The stores of a device, as they are remembered.
pub(crate) fn of(connection: &Connection, device: DeviceId) -> Result<Vec<Known>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT number, token, before FROM device_store WHERE device = ?1 ORDER BY number")?;
    let rows = statement.query_map([device.as_bytes()], |row| {
        Ok(Known { number: row.get(0)?, token: row.get(1)?, before: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A number that no store of this device had before.
pub(crate) fn number(
    connection: &Connection,
    device: DeviceId,
    now_ms: InstantMs,
) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO device_seen (device, enrolled_at_ms, stores) VALUES (?1, ?2, 1)
         ON CONFLICT (device) DO UPDATE SET stores = stores + 1 RETURNING stores",
    )?;
    Ok(statement.query_row(params![device.as_bytes(), now_ms], |row| row.get(0))?)
}

/// Keeps a store, in the place of the one it was where it is a known one.
pub(crate) fn keep(
    connection: &Connection,
    device: DeviceId,
    was: Option<u32>,
    known: Known,
    now_ms: InstantMs,
) -> Result<(), EngineError> {
    if let Some(was) = was {
        connection
            .prepare_cached("DELETE FROM device_store WHERE device = ?1 AND number = ?2")?
            .execute(params![device.as_bytes(), was])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO device_store (device, number, token, before, seen_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![device.as_bytes(), known.number, known.token, known.before, now_ms])?;
    connection
        .prepare_cached(
            "DELETE FROM device_store WHERE device = ?1 AND number NOT IN
             (SELECT number FROM device_store WHERE device = ?1 ORDER BY number DESC LIMIT ?2)",
        )?
        .execute(params![device.as_bytes(), MOST])?;
    Ok(())
}

/// Stores of a device that exchanged within a month.
pub(crate) fn lately(
    connection: &Connection,
    device: DeviceId,
    now_ms: InstantMs,
) -> Result<u32, EngineError> {
    const MONTH_MS: i64 = 30 * 24 * 3_600_000;
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM device_store WHERE device = ?1 AND seen_ms >= ?2")?;
    Ok(statement.query_row(params![device.as_bytes(), now_ms - MONTH_MS], |row| row.get(0))?)
}

/// The highest incarnation of a device's stores, one of which says that it has this one.
pub(crate) fn incarnation(connection: &Connection, device: DeviceId, said: u32) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "UPDATE device_seen SET incarnation = max(incarnation, ?2) WHERE device = ?1 RETURNING incarnation",
    )?;
    Ok(statement.query_row(params![device.as_bytes(), said], |row| row.get(0))?)
}
