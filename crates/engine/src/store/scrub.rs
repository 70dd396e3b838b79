//! After an erasure the write-ahead log is emptied: until then it holds pages as they were before.
//! The pages themselves are overwritten by `secure_delete`.

use crate::error::EngineError;
use rusqlite::Connection;

/// What every connection keeps for itself, in memory.
pub(super) const PREPARE: &str = "CREATE TEMP TABLE scrub_due (one INTEGER PRIMARY KEY) STRICT;";

/// Something was erased in this transaction.
pub(crate) fn due(connection: &Connection) -> Result<(), EngineError> {
    connection.prepare_cached("INSERT OR IGNORE INTO temp.scrub_due (one) VALUES (1)")?.execute([])?;
    Ok(())
}

/// Empties the write-ahead log where something was erased. Where another connection still reads from
/// it, the next commit tries again.
pub(super) fn run(connection: &Connection) -> Result<(), EngineError> {
    if !connection.prepare_cached("SELECT 1 FROM temp.scrub_due")?.exists([])? {
        return Ok(());
    }
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if !busy {
        connection.prepare_cached("DELETE FROM temp.scrub_due")?.execute([])?;
    }
    Ok(())
}
