//! What of the store goes into the control journal: every control record and every device's token, in
//! the order in which they were committed.
//!
//! Triggers of this connection note them in a temporary table, so that no place that keeps a record
//! can forget to; [`super::Store`] writes them out after each commit, before anybody is answered.

use super::Store;
use crate::error::EngineError;
use crate::journal::{Entry, Journal, JournalError, What};
use document::control::Record;
use domain::ids::CiteId;
use rusqlite::Connection;
use std::collections::HashSet;
use std::path::Path;

/// Notes what is kept from now on.
const NOTE: &str = "
CREATE TEMP TABLE journal_due (id INTEGER PRIMARY KEY, what INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TEMP TRIGGER journal_control AFTER INSERT ON main.control
BEGIN INSERT INTO journal_due (what, body) VALUES (1, NEW.bytes); END;
CREATE TEMP TRIGGER journal_token AFTER INSERT ON main.device_token
BEGIN INSERT INTO journal_due (what, body) VALUES (2, CAST(NEW.hash || NEW.device AS BLOB)); END;";

impl Store {
    /// Keeps a control journal from now on; what it lacks of this store is written into it.
    ///
    /// # Errors
    /// [`JournalError::StoreIsOlder`] where the journal's last record is not in this store: it was put
    /// back to an older state. Else what the file refuses.
    pub fn keep_journal(&mut self, path: &Path, cite: CiteId) -> Result<(), EngineError> {
        let mut known: HashSet<[u8; 32]> = HashSet::new();
        let mut last = None;
        let mut journal = Journal::open(path, cite, |entry| {
            let id = identity(&entry)?;
            if entry.what == What::Control {
                last = Some(id);
            }
            known.insert(id);
            Ok::<_, EngineError>(())
        })?;
        let connection = self.connection();
        if let Some(id) = last
            && !super::control::has(connection, &id)?
        {
            return Err(JournalError::StoreIsOlder.into());
        }
        connection.execute_batch(NOTE)?;
        let mut missing = Vec::new();
        for entry in all(connection)? {
            if !known.contains(&identity(&entry)?) {
                missing.push(entry);
            }
        }
        if !missing.is_empty() {
            journal.append(&missing)?;
        }
        self.set_journal(journal);
        Ok(())
    }
}

/// What names an entry: a record's identifier, a token's hash.
fn identity(entry: &Entry) -> Result<[u8; 32], JournalError> {
    match entry.what {
        What::Control => Ok(minicbor::decode::<Record>(&entry.body).map_err(|_| JournalError::TooNew)?.id()),
        What::Token => {
            let hash = entry.body.first_chunk::<32>().ok_or(JournalError::NotOurs)?;
            Ok(*hash)
        }
    }
}

/// Everything of this store that belongs into a journal.
fn all(connection: &Connection) -> Result<Vec<Entry>, EngineError> {
    entries(
        connection,
        "SELECT 1, bytes FROM (SELECT bytes FROM control ORDER BY position)
         UNION ALL SELECT 2, CAST(hash || device AS BLOB) FROM device_token",
    )
}

/// Writes out what was committed since the last time.
pub(super) fn write_out(connection: &Connection, journal: &mut Journal) -> Result<(), EngineError> {
    let due = entries(connection, "SELECT what, body FROM temp.journal_due ORDER BY id")?;
    if !due.is_empty() {
        // Where this fails it stays due: the next commit tries again, and nobody is answered before.
        journal.append(&due)?;
        connection.prepare_cached("DELETE FROM temp.journal_due")?.execute([])?;
    }
    Ok(())
}

fn entries(connection: &Connection, sql: &str) -> Result<Vec<Entry>, EngineError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let what = What::of(row.get(0)?).ok_or(EngineError::Damaged)?;
        entries.push(Entry { what, body: row.get(1)? });
    }
    Ok(entries)
}
