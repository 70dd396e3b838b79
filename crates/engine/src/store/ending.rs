//! Server only: people whose records are going to end, and since when that counts by the server's clock.

use crate::error::EngineError;
use document::Hash;
use domain::ids::PathwayId;
use domain::time::Day;
use rusqlite::{Connection, OptionalExtension as _, params};

/// An objection to everything came in.
pub(crate) fn stop(
    connection: &Connection,
    objection: Hash,
    pathway: PathwayId,
    today: Day,
) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO stopped (objection, pathway, since_on) VALUES (?1, ?2, ?3)")?
        .execute(params![objection, pathway.as_bytes(), today.0])?;
    Ok(())
}

/// Objections to everything that came in on a day or before, the oldest first.
pub(crate) fn stopped(connection: &Connection, by: Day) -> Result<Vec<(Hash, PathwayId)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT objection, pathway FROM stopped WHERE since_on <= ?1 ORDER BY since_on, objection",
    )?;
    let rows = statement.query_map([by.0], |row| Ok((row.get(0)?, PathwayId::from_bytes(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An objection was lifted.
pub(crate) fn lift(connection: &Connection, objection: Hash) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM stopped WHERE objection = ?1")?.execute([objection])?;
    Ok(())
}

/// Since when the end of a person's time is announced, where it is.
pub(crate) fn announced(connection: &Connection, pathway: PathwayId) -> Result<Option<Day>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT since_on FROM announced WHERE pathway = ?1")?;
    Ok(statement.query_row([pathway.as_bytes()], |row| row.get(0)).optional()?.map(Day))
}

/// The end of a person's time is announced from a day on.
pub(crate) fn announce(connection: &Connection, pathway: PathwayId, today: Day) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO announced (pathway, since_on) VALUES (?1, ?2)")?
        .execute(params![pathway.as_bytes(), today.0])?;
    Ok(())
}

/// Everybody whose end is announced.
pub(crate) fn all_announced(connection: &Connection) -> Result<Vec<PathwayId>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT pathway FROM announced ORDER BY pathway")?;
    let rows = statement.query_map([], |row| Ok(PathwayId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The end is no longer near: somebody was in contact.
pub(crate) fn take_back(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM announced WHERE pathway = ?1")?.execute([pathway.as_bytes()])?;
    Ok(())
}

/// A person is gone: nothing of theirs is going to end any more.
pub(crate) fn forget(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM stopped WHERE pathway = ?1")?.execute([pathway.as_bytes()])?;
    take_back(connection, pathway)
}
