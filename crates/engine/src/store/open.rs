//! Opening: the key, the pragmas, the migrations. Nothing else opens a connection.

use super::migrate::migrate;
use crate::error::EngineError;
use crate::journal::Journal;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use std::fmt::{self, Write as _};
use std::path::Path;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Statements kept prepared.
const STATEMENTS: usize = 256;

/// The 32 random bytes that encrypt a device's store. Passed to SQLCipher raw; never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct StoreKey([u8; 32]);

impl StoreKey {
    /// A key of 32 secret bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret bytes, to be wrapped; or to read the pages of a store without it.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

/// An open store.
pub struct Store {
    connection: Connection,
    /// The server's control journal.
    journal: Option<Journal>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    /// Opens (or makes) the encrypted store of a device.
    ///
    /// # Errors
    /// [`EngineError::WrongKey`], [`EngineError::StoreTooNew`], or what SQLite refuses; nothing is changed then.
    pub fn open(path: &Path, key: &StoreKey) -> Result<Self, EngineError> {
        Self::prepare(unlock(path, key)?)
    }

    /// Opens the encrypted store of a device that has joined, with the key that is known to be its own: it must
    /// be there, and every page of it as it was written. (Pages in the write-ahead log have sums of their own.)
    ///
    /// # Errors
    /// [`EngineError::Damaged`], or as [`Store::open`]; nothing is changed then.
    pub fn open_whole(path: &Path, key: &StoreKey) -> Result<Self, EngineError> {
        // An empty file would become a new store.
        if !std::fs::metadata(path).is_ok_and(|it| it.len() > 0) {
            return Err(EngineError::Damaged);
        }
        let connection = match unlock(path, key) {
            Err(EngineError::WrongKey) => return Err(EngineError::Damaged),
            other => other?,
        };
        if connection.prepare("PRAGMA cipher_integrity_check")?.exists([])? {
            return Err(EngineError::Damaged);
        }
        Self::prepare(connection)
    }

    /// Opens (or makes) the server's store, which holds no named part.
    ///
    /// # Errors
    /// As [`Store::open`], the key aside.
    #[allow(clippy::disallowed_methods, reason = "the one place that opens a store")]
    pub fn open_plain(path: &Path) -> Result<Self, EngineError> {
        Self::prepare(Connection::open(path)?)
    }

    fn prepare(mut connection: Connection) -> Result<Self, EngineError> {
        let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if found > super::VERSION {
            return Err(EngineError::StoreTooNew(found, super::VERSION));
        }
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 5000;",
        )?;
        migrate(&mut connection)?;
        connection.execute_batch(super::scrub::PREPARE)?;
        // More statements than the library keeps by default, planned once and not again for each value.
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        Ok(Self { connection, journal: None })
    }

    /// Writes a whole copy of the store into a new file, while it is in use.
    ///
    /// # Errors
    /// What SQLite refuses; a file that is there already is not touched.
    pub fn copy_into(&self, path: &Path) -> Result<(), EngineError> {
        let path = path.to_str().ok_or_else(|| std::io::Error::other("a path that is not text"))?;
        // SQLite writes into a file that is empty, and keeps who may read it.
        crate::private::new_file(path.as_ref())?;
        match self.connection.execute("VACUUM INTO ?1", [path]) {
            Ok(_) => Ok(()),
            Err(error) => {
                std::fs::remove_file(path)?;
                Err(error.into())
            }
        }
    }

    /// From now on every commit writes into this journal before it returns.
    pub(super) fn set_journal(&mut self, journal: Journal) {
        self.journal = Some(journal);
    }

    /// Whether a journal is kept.
    pub(super) fn keeps_journal(&self) -> bool {
        self.journal.is_some()
    }

    /// Does something for every instruction that SQLite carries out.
    pub(super) fn on_each_step(
        &mut self,
        mut work: impl FnMut() + Send + 'static,
    ) -> Result<(), EngineError> {
        let handler = move || {
            work();
            false
        };
        Ok(self.connection.progress_handler(1, Some(handler))?)
    }

    /// For reading.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Runs `work` in one transaction: committed where it succeeds, without a trace where it fails.
    pub(crate) fn transact<T, E: From<EngineError>>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.connection.transaction().map_err(EngineError::from)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(EngineError::from)?;
        if let Some(journal) = &mut self.journal {
            super::journal::write_out(&self.connection, journal)?;
        }
        super::scrub::run(&self.connection)?;
        Ok(done)
    }
}

/// A connection whose first page opens with this key.
#[allow(clippy::disallowed_methods, reason = "the one place that opens a store")]
fn unlock(path: &Path, key: &StoreKey) -> Result<Connection, EngineError> {
    let connection = Connection::open(path)?;
    let mut pragma = Zeroizing::new(String::with_capacity(96));
    pragma.push_str("PRAGMA key = \"x'");
    for byte in key.expose() {
        write!(pragma, "{byte:02x}").expect("writing into a string does not fail");
    }
    pragma.push_str("'\"");
    connection.execute_batch(&pragma)?;
    // The first page tells whether the key is the right one.
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            return Err(EngineError::WrongKey);
        }
        other => other?,
    };
    // Pages that were decrypted once: a store of some thousand people would not find its way in the usual 2 MiB.
    connection.execute_batch("PRAGMA cache_size = -16384")?;
    Ok(connection)
}
