//! People who were erased: nothing about them is taken again, whoever brings it.

use crate::error::EngineError;
use document::Hash;
use domain::ids::{DocumentId, PathwayId};
use rusqlite::{Connection, params};

/// Whether a person was erased here.
pub(crate) fn is(connection: &Connection, pathway: PathwayId) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM erased WHERE pathway = ?1")?;
    Ok(statement.exists([pathway.as_bytes()])?)
}

/// Whether a document is about a person who was erased. Identifiers are random: those of other kinds
/// are nobody's.
pub(crate) fn covers(connection: &Connection, id: DocumentId) -> Result<bool, EngineError> {
    is(connection, PathwayId::from(id))
}

/// A person is erased from now on, by a record.
pub(crate) fn keep(
    connection: &Connection,
    pathway: PathwayId,
    generation: u32,
    record: Hash,
) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO erased (pathway, generation, record) VALUES (?1, ?2, ?3)")?
        .execute(params![pathway.as_bytes(), generation, record])?;
    Ok(())
}
