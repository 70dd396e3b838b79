//! Which devices held what was erased on the server, and which have confirmed that they erased it too.

use crate::error::EngineError;
use document::Hash;
use domain::ids::DeviceId;
use domain::time::Day;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// A device that is to confirm, or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Confirmation {
    pub(crate) device: DeviceId,
    /// The device's day; none while it has not said.
    pub(crate) confirmed_on: Option<Day>,
}

/// A device held what a record told to erase.
pub(crate) fn expect(connection: &Connection, cause: Hash, device: DeviceId) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO erasure (cause, device) VALUES (?1, ?2)")?
        .execute(params![cause, device.as_bytes()])?;
    Ok(())
}

/// A device confirmed.
pub(crate) fn confirm(
    connection: &Connection,
    cause: Hash,
    device: DeviceId,
    on: Day,
) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT INTO erasure (cause, device, confirmed_on) VALUES (?1, ?2, ?3)
             ON CONFLICT (cause, device) DO UPDATE SET confirmed_on = coalesce(confirmed_on, ?3)",
        )?
        .execute(params![cause, device.as_bytes(), on.0])?;
    Ok(())
}

/// Whether a device is still to confirm what a record told it to erase.
pub(crate) fn is_expected(
    connection: &Connection,
    cause: Hash,
    device: DeviceId,
) -> Result<bool, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM erasure WHERE cause = ?1 AND device = ?2 AND confirmed_on IS NULL")?;
    Ok(statement.exists(params![cause, device.as_bytes()])?)
}

/// A record is gone, and with it who was to confirm it: a later one took its place.
pub(crate) fn forget(connection: &Connection, cause: Hash) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM erasure WHERE cause = ?1")?.execute([cause])?;
    Ok(())
}

/// Who was to confirm what, by the record that told to erase.
pub(crate) fn all(connection: &Connection) -> Result<BTreeMap<Hash, Vec<Confirmation>>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT cause, device, confirmed_on FROM erasure ORDER BY cause, device")?;
    let rows = statement.query_map([], |row| {
        let confirmed: Option<i32> = row.get(2)?;
        let device = DeviceId::from_bytes(row.get(1)?);
        Ok((row.get(0)?, Confirmation { device, confirmed_on: confirmed.map(Day) }))
    })?;
    let mut all: BTreeMap<Hash, Vec<Confirmation>> = BTreeMap::new();
    for row in rows {
        let (cause, confirmation) = row?;
        all.entry(cause).or_default().push(confirmation);
    }
    Ok(all)
}
