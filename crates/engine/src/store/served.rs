//! Changes as they are served: what their author signed beside them, and their place in a signed batch.

use super::sealed::key_at;
use crate::error::EngineError;
use document::DocumentKey;
use rusqlite::{Connection, OptionalExtension as _, Row};

/// A change as it is served, coded or sealed.
#[derive(Debug, Clone)]
pub(crate) struct Served<T> {
    pub(crate) key: DocumentKey,
    pub(crate) cursor: u64,
    pub(crate) on: i32,
    pub(crate) level: u16,
    /// Row of the batch, place in it.
    pub(crate) place: (i64, u32),
    pub(crate) what: T,
}

/// What every change has, in this order, before what is its own.
macro_rules! columns {
    ($own:literal, $table:literal) => {
        concat!(
            "SELECT kind, doc, generation, cursor, on_day, level, batch, place, ",
            $own,
            " FROM ",
            $table,
            " WHERE position = ?1 AND batch IS NOT NULL"
        )
    };
}
pub(super) use columns;

/// Where what is its own begins.
pub(super) const OWN: usize = 8;

/// A change by its position; none where it is not here, or came in no batch.
pub(super) fn at<T>(
    connection: &Connection,
    sql: &str,
    position: i64,
    own: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<Served<T>>, EngineError> {
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement
        .query_row([position], |row| {
            let Some(key) = key_at(row, 0)? else { return Ok(None) };
            Ok(Some(Served {
                key,
                cursor: row.get::<_, i64>(3)? as u64,
                on: row.get(4)?,
                level: row.get(5)?,
                place: (row.get(6)?, row.get(7)?),
                what: own(row)?,
            }))
        })
        .optional()?;
    Ok(found.flatten())
}
