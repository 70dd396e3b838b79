//! A sum for each document over what is settled of it: on the server everything, on a device what the
//! server acknowledged or served. Two sides with the same changes have the same sums, in whatever order
//! they came; the sum of all sums tells in 16 bytes whether two sides hold the same.
//!
//! Changes name those before them by hash, so the sum over a document's changes says the same as its heads.

use crate::error::EngineError;
use document::{DocumentKey, Hash};
use domain::ids::{DeviceId, DocumentId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, Params, params};
use sha2::{Digest as _, Sha256};

/// What a change adds to the sum of its document.
fn term(key: DocumentKey, hash: &Hash) -> u128 {
    let digest: [u8; 32] = Sha256::new()
        .chain_update("allervers digest 1")
        .chain_update([key.kind_number()])
        .chain_update(key.id.as_bytes())
        .chain_update(key.generation.to_be_bytes())
        .chain_update(hash)
        .finalize()
        .into();
    digest.first_chunk().map_or(0, |half| u128::from_be_bytes(*half))
}

/// The sum of a document; none where nothing of it is settled.
pub(crate) fn of(connection: &Connection, key: DocumentKey) -> Result<Option<u128>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT sum FROM digest WHERE doc = ?1 AND kind = ?2 AND generation = ?3")?;
    let sum: Option<[u8; 16]> = statement
        .query_row(params![key.id.as_bytes(), key.kind.code(), key.generation], |row| row.get(0))
        .optional()?;
    Ok(sum.map(u128::from_be_bytes))
}

/// A change is settled now.
pub(crate) fn add(connection: &Connection, key: DocumentKey, hash: &Hash) -> Result<(), EngineError> {
    let sum = of(connection, key)?.unwrap_or_default();
    put(connection, key, sum.wrapping_add(term(key, hash)))
}

/// A change is no longer settled.
pub(crate) fn subtract(connection: &Connection, key: DocumentKey, hash: &Hash) -> Result<(), EngineError> {
    let sum = of(connection, key)?.unwrap_or_default();
    put(connection, key, sum.wrapping_sub(term(key, hash)))
}

fn put(connection: &Connection, key: DocumentKey, sum: u128) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO digest (doc, kind, generation, sum) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![key.id.as_bytes(), key.kind.code(), key.generation, sum.to_be_bytes()])?;
    Ok(())
}

/// A document is no longer here.
pub(crate) fn forget(connection: &Connection, key: DocumentKey) -> Result<(), EngineError> {
    connection
        .prepare_cached("DELETE FROM digest WHERE doc = ?1 AND kind = ?2 AND generation = ?3")?
        .execute(params![key.id.as_bytes(), key.kind.code(), key.generation])?;
    Ok(())
}

/// Sums of the documents whose identifiers lie between two, both included, in their order: those a
/// device may see, or all of this store.
pub(crate) fn between(
    connection: &Connection,
    device: Option<DeviceId>,
    from: [u8; 16],
    to: [u8; 16],
) -> Result<Vec<(DocumentKey, u128)>, EngineError> {
    match device {
        None => sums(
            connection,
            "SELECT kind, doc, generation, sum FROM digest WHERE doc BETWEEN ?1 AND ?2
             ORDER BY doc, kind, generation",
            params![from, to],
        ),
        Some(device) => sums(
            connection,
            "SELECT kind, doc, generation, sum FROM digest d WHERE doc BETWEEN ?1 AND ?2 AND EXISTS
             (SELECT 1 FROM visible v WHERE v.kind = d.kind AND v.doc = d.doc AND v.generation = d.generation
              AND v.device = ?3) ORDER BY doc, kind, generation",
            params![from, to, device.as_bytes()],
        ),
    }
}

/// The sum over all documents: those a device may see, or all of this store.
pub(crate) fn total(connection: &Connection, device: Option<DeviceId>) -> Result<u128, EngineError> {
    let all = between(connection, device, [0; 16], [0xff; 16])?;
    Ok(all.iter().fold(0, |total, (_, sum)| total.wrapping_add(*sum)))
}

fn sums(
    connection: &Connection,
    sql: &str,
    of: impl Params,
) -> Result<Vec<(DocumentKey, u128)>, EngineError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(of)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kind = DocumentKind::from_code(row.get_ref(0)?.as_str().unwrap_or_default());
        let key = DocumentKey {
            kind: kind.ok_or(EngineError::Damaged)?,
            id: DocumentId::from_bytes(row.get(1)?),
            generation: row.get(2)?,
        };
        found.push((key, u128::from_be_bytes(row.get(3)?)));
    }
    Ok(found)
}
