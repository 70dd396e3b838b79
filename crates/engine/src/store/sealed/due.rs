//! People whose parts are to be looked at for sharing again: something of theirs, of the ledger, of the
//! membership or of the settings changed.

use crate::error::EngineError;
use crate::store::link;
use domain::ids::PathwayId;
use rusqlite::Connection;

/// One person, with the records linked as the same one.
pub(crate) fn mark(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    let mut put = connection.prepare_cached("INSERT OR IGNORE INTO share_due (pathway) VALUES (?1)")?;
    put.execute([pathway.as_bytes()])?;
    for other in link::others(connection, pathway)? {
        put.execute([other.as_bytes()])?;
    }
    Ok(())
}

/// Everybody of whom a part key is held here.
pub(crate) fn mark_all(connection: &Connection) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO share_due (pathway) SELECT DISTINCT doc FROM part_key")?
        .execute([])?;
    Ok(())
}

/// The next ones, at most so many.
pub(crate) fn next(connection: &Connection, most: u32) -> Result<Vec<PathwayId>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT pathway FROM share_due ORDER BY pathway LIMIT ?1")?;
    let rows = statement.query_map([most], |row| Ok(PathwayId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One was looked at.
pub(crate) fn done(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM share_due WHERE pathway = ?1")?.execute([pathway.as_bytes()])?;
    Ok(())
}
