//! Erasures that the server asked a device for and that the device could not verify: nothing was
//! deleted, the user is told, and each is looked at again.

use crate::error::EngineError;
use domain::ids::PathwayId;
use domain::time::Day;
use rusqlite::{Connection, params};

/// One that is doubted.
#[derive(Debug, Clone)]
pub(crate) struct Doubt {
    pub(crate) pathway: PathwayId,
    pub(crate) on: Day,
    /// The time of a person who is known to have been met since.
    pub(crate) too_early: bool,
    /// The record as it came.
    pub(crate) record: Vec<u8>,
}

/// Keeps one for a person, the first of them with its day.
pub(crate) fn keep(connection: &Connection, doubt: &Doubt) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT INTO doubt (pathway, on_day, too_early, record) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (pathway) DO UPDATE SET too_early = ?3, record = ?4",
        )?
        .execute(params![doubt.pathway.as_bytes(), doubt.on.0, doubt.too_early, doubt.record])?;
    Ok(())
}

/// All of them, the oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Doubt>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT pathway, on_day, too_early, record FROM doubt ORDER BY on_day, pathway")?;
    let rows = statement.query_map([], |row| {
        Ok(Doubt {
            pathway: PathwayId::from_bytes(row.get(0)?),
            on: Day(row.get(1)?),
            too_early: row.get(2)?,
            record: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A person is no longer in doubt.
pub(crate) fn settle(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM doubt WHERE pathway = ?1")?.execute([pathway.as_bytes()])?;
    Ok(())
}
