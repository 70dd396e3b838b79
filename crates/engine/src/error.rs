//! What can go wrong in the engine, and which code a screen receives for it.

use crate::journal::JournalError;
use document::DocumentError;
use domain::error::{ApiError, ErrorCode};
use rusqlite::ErrorCode as Sqlite;

/// Kinds of failures. None carries personal data.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The store refused; see the source.
    #[error("the store refused")]
    Store(#[from] rusqlite::Error),
    /// A file could not be read or written.
    #[error("a file could not be read or written")]
    File(#[from] std::io::Error),
    /// A document or record is wrong.
    #[error("a document or record is wrong")]
    Document(#[from] DocumentError),
    /// The control journal cannot be used.
    #[error("the control journal cannot be used: {0}")]
    Journal(#[from] JournalError),
    /// The key does not open the store.
    #[error("wrong key")]
    WrongKey,
    /// The store was written by a newer version.
    #[error("store of version {0}, this program knows {1}")]
    StoreTooNew(u32, u32),
    /// The store or the key file is damaged.
    #[error("the store is damaged")]
    Damaged,
    /// No such user on this device.
    #[error("no such user here")]
    NoSuchUser,
    /// The PIN was wrong too often.
    #[error("the passphrase is needed")]
    PassphraseNeeded,
    /// A key could not be derived.
    #[error("a key could not be derived")]
    KeyDerivation,
    /// The system gives no random bytes.
    #[error("no random bytes")]
    NoRandomness,
}

impl EngineError {
    /// Whether the same call may succeed later without anybody doing anything.
    pub fn is_retryable(&self) -> bool {
        matches!(self, EngineError::Store(error) if error.sqlite_error_code() == Some(Sqlite::DatabaseBusy))
    }

    /// The code a screen receives.
    pub fn code(&self) -> ErrorCode {
        match self {
            EngineError::Store(error) => match error.sqlite_error_code() {
                Some(Sqlite::DiskFull | Sqlite::ReadOnly | Sqlite::SystemIoFailure) => ErrorCode::StorageFull,
                Some(Sqlite::DatabaseCorrupt | Sqlite::NotADatabase) => ErrorCode::StoreDamaged,
                _ => ErrorCode::Internal,
            },
            EngineError::File(_) | EngineError::Journal(JournalError::File(_)) => ErrorCode::StorageFull,
            EngineError::Journal(_) => ErrorCode::StoreDamaged,
            EngineError::Document(DocumentError::NoSuchFact) => ErrorCode::NotFound,
            EngineError::Document(DocumentError::NotEntitled) => ErrorCode::NotAllowed,
            EngineError::Document(_) => ErrorCode::Invalid,
            EngineError::WrongKey => ErrorCode::WrongSecret,
            EngineError::StoreTooNew(..) => ErrorCode::StoreTooNew,
            EngineError::Damaged => ErrorCode::StoreDamaged,
            EngineError::NoSuchUser => ErrorCode::NotFound,
            EngineError::PassphraseNeeded => ErrorCode::PassphraseNeeded,
            EngineError::KeyDerivation | EngineError::NoRandomness => ErrorCode::Internal,
        }
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        ApiError::new(error.code())
    }
}
