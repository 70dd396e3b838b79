//! Mailboxes of the invitations of devices, on the server: what two devices leave for each other.

use crate::enrol::Tagged;
use crate::error::EngineError;
use domain::ids::DeviceId;
use domain::time::InstantMs;
use rusqlite::{Connection, OptionalExtension as _, params};

/// A mailbox.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// The inviter's device.
    pub(crate) device: DeviceId,
    pub(crate) card: Tagged,
    pub(crate) expires_at_ms: InstantMs,
    pub(crate) offer: Option<Tagged>,
    /// Id of the record that let the newcomer in, and the inviter's MAC.
    pub(crate) answer: Option<([u8; 32], [u8; 32])>,
    pub(crate) closed: bool,
}

fn encoded(message: &Tagged) -> Vec<u8> {
    minicbor::to_vec(message).expect("encoding into memory does not fail")
}

fn decoded(bytes: &[u8]) -> Result<Tagged, EngineError> {
    minicbor::decode(bytes).map_err(|_| EngineError::Damaged)
}

/// Opens a mailbox; says whether its name was free.
pub(crate) fn open(
    connection: &Connection,
    id: [u8; 16],
    device: DeviceId,
    card: &Tagged,
    expires_at_ms: InstantMs,
) -> Result<bool, EngineError> {
    let made = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO pairing (id, device, card, expires_at_ms) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![id, device.as_bytes(), encoded(card), expires_at_ms])?;
    Ok(made > 0)
}

/// Mailboxes of a device that are open.
pub(crate) fn open_of(
    connection: &Connection,
    device: DeviceId,
    now_ms: InstantMs,
) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM pairing
         WHERE device = ?1 AND expires_at_ms > ?2 AND closed = 0 AND record IS NULL",
    )?;
    Ok(statement.query_row(params![device.as_bytes(), now_ms], |row| row.get(0))?)
}

/// Deletes mailboxes that expired before an instant.
pub(crate) fn sweep(connection: &Connection, before_ms: InstantMs) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM pairing WHERE expires_at_ms < ?1")?.execute([before_ms])?;
    Ok(())
}

/// A mailbox by its name.
pub(crate) fn get(connection: &Connection, id: [u8; 16]) -> Result<Option<Kept>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT device, card, expires_at_ms, offer, record, mac, closed FROM pairing WHERE id = ?1",
    )?;
    let row = statement.query_row([id], |row| {
        let (device, card): ([u8; 16], Vec<u8>) = (row.get(0)?, row.get(1)?);
        let offer: Option<Vec<u8>> = row.get(3)?;
        let (record, mac): (Option<[u8; 32]>, Option<[u8; 32]>) = (row.get(4)?, row.get(5)?);
        Ok((device, card, row.get(2)?, offer, record.zip(mac), row.get(6)?))
    });
    let Some((device, card, expires_at_ms, offer, answer, closed)) = row.optional()? else {
        return Ok(None);
    };
    let offer = offer.map(|bytes| decoded(&bytes)).transpose()?;
    let (device, card) = (DeviceId::from_bytes(device), decoded(&card)?);
    Ok(Some(Kept { device, card, expires_at_ms, offer, answer, closed }))
}

/// Leaves the newcomer's keys.
pub(crate) fn offer(connection: &Connection, id: [u8; 16], offer: &Tagged) -> Result<(), EngineError> {
    connection
        .prepare_cached("UPDATE pairing SET offer = ?2 WHERE id = ?1 AND offer IS NULL")?
        .execute(params![id, encoded(offer)])?;
    Ok(())
}

/// Leaves the inviter's answer; the mailbox is used up.
pub(crate) fn answer(
    connection: &Connection,
    id: [u8; 16],
    record: [u8; 32],
    mac: [u8; 32],
) -> Result<(), EngineError> {
    connection
        .prepare_cached("UPDATE pairing SET record = ?2, mac = ?3 WHERE id = ?1 AND record IS NULL")?
        .execute(params![id, record, mac])?;
    Ok(())
}

/// Closes a mailbox.
pub(crate) fn close(connection: &Connection, id: [u8; 16]) -> Result<(), EngineError> {
    connection.prepare_cached("UPDATE pairing SET closed = 1 WHERE id = ?1")?.execute([id])?;
    Ok(())
}
