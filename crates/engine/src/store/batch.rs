//! Signed batches, as their author signed them.

use crate::error::EngineError;
use document::{Batch, Hash, SignerId};
use rusqlite::{Connection, OptionalExtension as _, params};

/// Keeps a batch; returns its row, the same one where it is here already.
pub(crate) fn keep(connection: &Connection, signer: SignerId, batch: &Batch) -> Result<i64, EngineError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO batch (signer, digests, signature) VALUES (?1, ?2, ?3)
         ON CONFLICT (signature) DO UPDATE SET signer = signer RETURNING id",
    )?;
    Ok(statement.query_row(params![signer.0, batch.digests.concat(), batch.signature], |row| row.get(0))?)
}

/// A batch by its row.
pub(crate) fn get(connection: &Connection, id: i64) -> Result<Option<(SignerId, Batch)>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT signer, digests, signature FROM batch WHERE id = ?1")?;
    let row: Option<([u8; 16], Vec<u8>, [u8; 64])> =
        statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let Some((signer, digests, signature)) = row else { return Ok(None) };
    let (digests, rest) = digests.as_chunks::<32>();
    if !rest.is_empty() {
        return Err(EngineError::Damaged);
    }
    let digests: Vec<Hash> = digests.to_vec();
    Ok(Some((SignerId(signer), Batch { digests, signature })))
}
