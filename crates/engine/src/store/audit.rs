//! The audit: chains of entries, one for each device and one for the server. Only ever added to, but for
//! the oldest, which go once their time is over and leave an anchor.

use crate::error::EngineError;
use domain::time::InstantMs;
use rusqlite::{Connection, OptionalExtension as _, params};

/// A chain's end: place and hash.
pub(crate) type End = (u64, [u8; 32]);

/// Where a chain begins here: after what was removed, or at nothing.
pub(crate) fn anchor(connection: &Connection, source: [u8; 16]) -> Result<End, EngineError> {
    let mut statement = connection.prepare_cached("SELECT seq, hash FROM audit_anchor WHERE source = ?1")?;
    let found =
        statement.query_row([source], |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?))).optional()?;
    Ok(found.unwrap_or((0, [0; 32])))
}

/// The last entry of a chain.
pub(crate) fn end(connection: &Connection, source: [u8; 16]) -> Result<End, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT seq, hash FROM audit WHERE source = ?1 ORDER BY seq DESC LIMIT 1")?;
    let found =
        statement.query_row([source], |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?))).optional()?;
    found.map_or_else(|| anchor(connection, source), Ok)
}

/// Adds an entry.
pub(crate) fn add(
    connection: &Connection,
    source: [u8; 16],
    (seq, hash): End,
    at_ms: InstantMs,
    entry: &[u8],
    waits: bool,
) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT INTO audit (source, seq, at_ms, entry, hash, waits) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![source, seq as i64, at_ms, entry, hash, waits])?;
    Ok(())
}

/// Entries of a chain in order, from a place on, at most so many.
pub(crate) fn from(
    connection: &Connection,
    source: [u8; 16],
    place: u64,
    most: u32,
) -> Result<Vec<Vec<u8>>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT entry FROM audit WHERE source = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3")?;
    let rows = statement.query_map(params![source, place as i64, most], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Place of the first entry that waits to be sent, and of the oldest that is here.
pub(crate) fn waiting(connection: &Connection, source: [u8; 16]) -> Result<Option<(u64, u64)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT min(seq) FROM audit INDEXED BY audit_waiting WHERE source = ?1 AND waits = 1),
         (SELECT min(seq) FROM audit WHERE source = ?1)",
    )?;
    let found: (Option<i64>, Option<i64>) =
        statement.query_row([source], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.0.zip(found.1).map(|(first, oldest)| (first as u64, oldest as u64)))
}

/// The server has a chain up to a place: the rest waits.
pub(crate) fn taken(connection: &Connection, source: [u8; 16], up_to: u64) -> Result<(), EngineError> {
    // The years that were sent long ago are not written again.
    for sql in [
        "UPDATE audit INDEXED BY audit_waiting SET waits = 0 WHERE source = ?1 AND seq <= ?2 AND waits = 1",
        "UPDATE audit SET waits = 1 WHERE source = ?1 AND seq > ?2 AND waits = 0",
    ] {
        connection.prepare_cached(sql)?.execute(params![source, up_to as i64])?;
    }
    Ok(())
}

/// Chains that are here.
pub(crate) fn sources(connection: &Connection) -> Result<Vec<[u8; 16]>, EngineError> {
    let mut statement = connection.prepare_cached(
        // From one chain to the next, without walking along any of them.
        "WITH RECURSIVE chain (source) AS (
             SELECT min(source) FROM audit UNION ALL
             SELECT (SELECT min(source) FROM audit WHERE audit.source > chain.source) FROM chain
             WHERE source IS NOT NULL)
         SELECT source FROM chain WHERE source IS NOT NULL
         UNION SELECT source FROM audit_anchor UNION SELECT source FROM audit_gap",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A device's chain did not go on where it had ended here.
pub(crate) fn note_gap(
    connection: &Connection,
    source: [u8; 16],
    seq: u64,
    at_ms: InstantMs,
) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO audit_gap (source, seq, at_ms) VALUES (?1, ?2, ?3)")?
        .execute(params![source, seq as i64, at_ms])?;
    Ok(())
}

/// The first place at which a chain did not go on.
pub(crate) fn gap(connection: &Connection, source: [u8; 16]) -> Result<Option<u64>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT min(seq) FROM audit_gap WHERE source = ?1")?;
    let found: Option<i64> = statement.query_row([source], |row| row.get(0))?;
    Ok(found.map(|seq| seq as u64))
}

/// Removes the oldest entries of a chain, those before a moment that need not be sent any more, and
/// leaves the hash of the last of them as the new beginning. Returns how many went.
pub(crate) fn trim(
    connection: &Connection,
    source: [u8; 16],
    before: InstantMs,
) -> Result<usize, EngineError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO audit_anchor (source, seq, hash)
             SELECT source, seq, hash FROM audit WHERE source = ?1 AND seq < coalesce(
                 (SELECT min(seq) FROM audit WHERE source = ?1 AND (at_ms >= ?2 OR waits = 1)),
                 9223372036854775807)
             ORDER BY seq DESC LIMIT 1",
        )?
        .execute(params![source, before])?;
    Ok(connection
        .prepare_cached(
            "DELETE FROM audit WHERE source = ?1
             AND seq <= (SELECT seq FROM audit_anchor WHERE audit_anchor.source = ?1)",
        )?
        .execute([source])?)
}
