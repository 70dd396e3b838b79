//! Migrations: append-only, numbered; the version is raised in the same transaction.

use crate::error::EngineError;
use rusqlite::Connection;

const MIGRATIONS: &[&str] = &[include_str!("migrations/001.sql")];

/// Version of the schema that this program writes.
pub const VERSION: u32 = MIGRATIONS.len() as u32;

/// Brings a store to [`VERSION`]; one of a newer version is refused and not touched.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), EngineError> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > VERSION {
        return Err(EngineError::StoreTooNew(found, VERSION));
    }
    for (number, sql) in (1_u32..).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}
