//! What of the store goes into the control journal: every control record and every device's token, in
//! the order in which they were committed.
//!
//! Triggers of this connection note them in a temporary table, so that no place that keeps a record
//! can forget to; [`super::Store`] writes them out after each commit, before anybody is answered.

use super::{Store, control, erased};
use crate::error::EngineError;
use crate::journal::{Entry, Journal, JournalError, What};
use document::control::{LedgerEntry, Record, RecordKind};
use domain::ids::CiteId;
use rusqlite::Connection;
use std::collections::HashSet;
use std::path::Path;

/// Notes what is kept from now on.
const NOTE: &str = "
CREATE TEMP TABLE journal_due (id INTEGER PRIMARY KEY, what INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TEMP TRIGGER journal_control AFTER INSERT ON main.control
BEGIN INSERT INTO journal_due (what, body) VALUES (1, NEW.bytes); END;
CREATE TEMP TABLE journal_stale (one INTEGER PRIMARY KEY);
CREATE TEMP TRIGGER journal_erased AFTER INSERT ON main.erased
BEGIN INSERT OR IGNORE INTO journal_stale (one) VALUES (1); END;
CREATE TEMP TRIGGER journal_token AFTER INSERT ON main.device_token
BEGIN INSERT INTO journal_due (what, body) VALUES (2, CAST(NEW.hash || NEW.device AS BLOB)); END;";

impl Store {
    /// Whether the journal still holds ledgers of people who were erased: it could not be written anew.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn journal_is_stale(&self) -> Result<bool, EngineError> {
        if !self.keeps_journal() {
            return Ok(false);
        }
        Ok(self.connection().prepare_cached("SELECT 1 FROM temp.journal_stale")?.exists([])?)
    }

    /// Keeps a control journal from now on; what it lacks of this store is written into it.
    ///
    /// # Errors
    /// [`JournalError::StoreIsOlder`] where the journal's last record is not in this store: it was put
    /// back to an older state. Else what the file refuses.
    pub fn keep_journal(&mut self, path: &Path, cite: CiteId) -> Result<(), EngineError> {
        let mut known: HashSet<[u8; 32]> = HashSet::new();
        let (mut last, mut stale) = (None, false);
        let connection = self.connection();
        let mut journal = Journal::open(path, cite, |entry| {
            let id = identity(&entry)?;
            if entry.what == What::Control {
                last = Some(id);
            }
            stale |= is_over(connection, &entry)?;
            known.insert(id);
            Ok::<_, EngineError>(())
        })?;
        if let Some(id) = last
            && !control::has(connection, &id)?
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
        if stale {
            // A program that ended before it could.
            mark_stale(connection)?;
            forget_erased(connection, &mut journal)?;
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

/// Whether an entry is of the ledger of a person who was erased, beside the record that is the cause.
fn is_over(connection: &Connection, entry: &Entry) -> Result<bool, EngineError> {
    if entry.what != What::Control {
        return Ok(false);
    }
    let Ok(record) = minicbor::decode::<Record>(&entry.body) else { return Ok(false) };
    let about = match record.kind {
        RecordKind::Ledger => record.read::<LedgerEntry>().map(|it| it.pathway()),
        _ => return Ok(false),
    };
    let Ok(pathway) = about else { return Ok(false) };
    Ok(erased::is(connection, pathway)? && !control::has(connection, &record.id())?)
}

fn mark_stale(connection: &Connection) -> Result<(), EngineError> {
    connection.execute("INSERT OR IGNORE INTO temp.journal_stale (one) VALUES (1)", [])?;
    Ok(())
}

/// Writes the journal anew without the ledgers of people who were erased. Where that fails it stays due:
/// the next commit tries again, and the next program that opens the store.
fn forget_erased(connection: &Connection, journal: &mut Journal) -> Result<(), EngineError> {
    if journal.rewrite(|entry| Ok::<_, EngineError>(!is_over(connection, entry)?)).is_ok() {
        connection.execute("DELETE FROM temp.journal_stale", [])?;
    }
    Ok(())
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
    match connection.prepare_cached("SELECT 1 FROM temp.journal_stale")?.exists([])? {
        true => forget_erased(connection, journal),
        false => Ok(()),
    }
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
