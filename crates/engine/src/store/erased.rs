//! People who were erased: nothing about them is taken again, whoever brings it.

use super::control;
use crate::error::EngineError;
use document::Hash;
use document::control::{ErasureBody, ErasureCause, Record};
use domain::ids::{DocumentId, PathwayId};
use rusqlite::{Connection, OptionalExtension as _, params};

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

/// Why a person was erased; none where they were not.
pub(crate) fn cause(
    connection: &Connection,
    pathway: PathwayId,
) -> Result<Option<ErasureCause>, EngineError> {
    Ok(body(connection, pathway)?.map(|body| body.cause()).transpose()?)
}

/// What the record says that erased a person.
pub(crate) fn body(connection: &Connection, pathway: PathwayId) -> Result<Option<ErasureBody>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT record FROM erased WHERE pathway = ?1")?;
    let record: Option<Hash> = statement.query_row([pathway.as_bytes()], |row| row.get(0)).optional()?;
    let position = record.map(|id| control::position(connection, &id)).transpose()?.flatten();
    let bytes = position.map(|it| control::at(connection, it)).transpose()?.flatten();
    Ok(bytes.and_then(|bytes| minicbor::decode::<Record>(&bytes).ok()?.read::<ErasureBody>().ok()))
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
