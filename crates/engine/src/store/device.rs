//! Devices, on the server: their tokens and what is known of their exchanges.

use crate::error::EngineError;
use domain::ids::DeviceId;
use domain::time::{Day, InstantMs};
use rusqlite::{Connection, OptionalExtension as _, params};

/// What is known of a device's exchanges.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    pub(crate) enrolled_at_ms: InstantMs,
    pub(crate) last_seen_ms: Option<InstantMs>,
    pub(crate) cursor: u64,
    pub(crate) announced: u32,
    /// Number of its newest store.
    pub(crate) store: u32,
    /// Its cursor when it last sent with nothing left waiting.
    pub(crate) confirmed: u64,
    /// The same, with no part, key or record waiting either.
    pub(crate) settled: u64,
}

/// What an upload left waiting on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// Changes of coded documents, and whatever else.
    Changes,
    /// Parts, keys or records.
    Beside,
    /// Nothing.
    Nothing,
}

/// The device of a token, by the token's hash.
pub(crate) fn of_token(connection: &Connection, hash: [u8; 32]) -> Result<Option<DeviceId>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT device FROM device_token WHERE hash = ?1")?;
    let found: Option<[u8; 16]> = statement.query_row([hash], |row| row.get(0)).optional()?;
    Ok(found.map(DeviceId::from_bytes))
}

/// Keeps a token's hash.
pub(crate) fn keep_token(
    connection: &Connection,
    hash: [u8; 32],
    device: DeviceId,
) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO device_token (hash, device) VALUES (?1, ?2)")?
        .execute(params![hash, device.as_bytes()])?;
    Ok(())
}

/// Forgets the tokens of a device.
pub(crate) fn forget_tokens(connection: &Connection, device: DeviceId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM device_token WHERE device = ?1")?.execute([device.as_bytes()])?;
    Ok(())
}

/// A device was enrolled; one that is known keeps its first day.
pub(crate) fn enrolled(
    connection: &Connection,
    device: DeviceId,
    now_ms: InstantMs,
) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO device_seen (device, enrolled_at_ms) VALUES (?1, ?2)")?
        .execute(params![device.as_bytes(), now_ms])?;
    Ok(())
}

/// A device exchanged.
pub(crate) fn exchanged(
    connection: &Connection,
    device: DeviceId,
    now_ms: InstantMs,
    cursor: u64,
    announced: u32,
    left: Left,
) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT INTO device_seen (device, enrolled_at_ms, last_seen_ms, cursor, announced, confirmed, settled)
             VALUES (?1, ?2, ?2, ?3, ?4, iif(?5, ?3, 0), iif(?6, ?3, 0)) ON CONFLICT (device) DO UPDATE SET last_seen_ms = ?2,
             cursor = ?3, announced = ?4, confirmed = iif(?5, ?3, confirmed), settled = iif(?6, ?3, settled)",
        )?
        .execute(params![
            device.as_bytes(),
            now_ms,
            cursor as i64,
            announced,
            left != Left::Changes,
            left == Left::Nothing
        ])?;
    Ok(())
}

/// The server was restored: these devices may bring back what they hold of colleagues, and what any had
/// confirmed says nothing about this server's log.
pub(crate) fn begin_regaining(
    connection: &Connection,
    devices: impl IntoIterator<Item = DeviceId>,
    today: Day,
) -> Result<(), EngineError> {
    connection.execute("UPDATE device_seen SET cursor = 0, confirmed = 0, settled = 0", [])?;
    super::erasure::forget_stores(connection)?;
    connection.execute("DELETE FROM device_store", [])?;
    let mut statement =
        connection.prepare_cached("INSERT OR REPLACE INTO regaining (device, since_on) VALUES (?1, ?2)")?;
    for device in devices {
        statement.execute(params![device.as_bytes(), today.0])?;
    }
    Ok(())
}

/// Whether a device may still bring back what it holds of colleagues after a restore, that was not before
/// a day.
pub(crate) fn regains(connection: &Connection, device: DeviceId, since: Day) -> Result<bool, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM regaining WHERE device = ?1 AND since_on >= ?2")?;
    Ok(statement.exists(params![device.as_bytes(), since.0])?)
}

/// A device and this server hold the same again.
pub(crate) fn has_regained(connection: &Connection, device: DeviceId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM regaining WHERE device = ?1")?.execute([device.as_bytes()])?;
    Ok(())
}

/// What is known of a device.
pub(crate) fn seen(connection: &Connection, device: DeviceId) -> Result<Seen, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT enrolled_at_ms, last_seen_ms, cursor, announced, stores, confirmed, settled FROM device_seen
         WHERE device = ?1",
    )?;
    let found = statement
        .query_row([device.as_bytes()], |row| {
            Ok(Seen {
                enrolled_at_ms: row.get(0)?,
                last_seen_ms: row.get(1)?,
                cursor: row.get::<_, i64>(2)? as u64,
                announced: row.get(3)?,
                store: row.get(4)?,
                confirmed: row.get::<_, i64>(5)? as u64,
                settled: row.get::<_, i64>(6)? as u64,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}
