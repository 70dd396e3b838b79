//! A sum for each document over what is settled of it: on the server everything, on a device what the
//! server acknowledged or served. Two sides with the same changes have the same sums, in whatever order
//! they came; the sum of all sums tells in 16 bytes whether two sides hold the same.
//!
//! Changes name those before them by hash, so the sum over a document's changes says the same as its
//! heads. The sum of a named part is over its sealed changes and its wraps. What stands beside the
//! documents has sums too, under keys of generation 0: each person's ledger, and the epochs.

mod count;

pub(crate) use count::{Counted, add, count, forget, hide, hold, is_hidden, recount, show, uncount};

use crate::error::EngineError;
use document::DocumentKey;
use domain::ids::{DeviceId, DocumentId, PathwayId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, Params, params};

/// Stands for all epochs: every device holds them.
pub(crate) const EPOCHS: DocumentKey =
    DocumentKey { kind: DocumentKind::Cite, id: DocumentId::from_bytes([0; 16]), generation: 0 };

/// Stands for a person's ledger: every device holds it.
pub(crate) fn ledger(pathway: PathwayId) -> DocumentKey {
    DocumentKey { kind: DocumentKind::Pathway, id: pathway.into(), generation: 0 }
}

/// The person whose ledger a key stands for.
pub(crate) fn whose_ledger(key: DocumentKey) -> Option<PathwayId> {
    (key.generation == 0 && key.kind == DocumentKind::Pathway).then(|| key.id.into())
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
            "SELECT kind, doc, generation, sum FROM digest d WHERE doc BETWEEN ?1 AND ?2
             AND (generation = 0 OR EXISTS
             (SELECT 1 FROM visible v WHERE v.kind = d.kind AND v.doc = d.doc AND v.generation = d.generation
              AND v.device = ?3)) ORDER BY doc, kind, generation",
            params![from, to, device.as_bytes()],
        ),
    }
}

/// The sum over all documents: those a device may see, or all of this store.
pub(crate) fn total(connection: &Connection, device: Option<DeviceId>) -> Result<u128, EngineError> {
    let mut statement = connection.prepare_cached(match device {
        None => "SELECT sum FROM digest WHERE ?1 IS NULL",
        Some(_) => {
            "SELECT sum FROM digest d WHERE generation = 0 OR EXISTS
             (SELECT 1 FROM visible v WHERE v.kind = d.kind AND v.doc = d.doc AND v.generation = d.generation
              AND v.device = ?1)"
        }
    })?;
    let mut rows = statement.query([device.map(|it| *it.as_bytes())])?;
    let mut total = 0_u128;
    while let Some(row) = rows.next()? {
        total = total.wrapping_add(u128::from_be_bytes(row.get(0)?));
    }
    Ok(total)
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
