//! Founding a cité in a folder, and opening it.

use super::Cite;
use super::files::{journal_path, key_path, read_key, store_path, write_key};
use document::SignerKey;
use domain::ids::CiteId;
use engine::EngineError;
use engine::clock::SystemClock;
use engine::enrol::found;
use engine::store::Store;
use engine::{private, random};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use zeroize::Zeroizing;

/// Why a cité could not be opened or founded.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store refused.
    #[error("the store of this folder cannot be used: {0}")]
    Engine(#[from] EngineError),
    /// A file could not be read or written.
    #[error("a file of the data folder cannot be used: {0}")]
    File(#[from] std::io::Error),
    /// There is a cité already.
    #[error("this folder holds a cité already")]
    Exists,
    /// There is none.
    #[error("this folder holds no cité yet: run `sync-server init` first")]
    Missing,
    /// The store is a backup.
    #[error("this store is a backup: run `sync-server restore` with it")]
    Backup,
    /// The file holds no cité.
    #[error("this file is no backup of a cité")]
    NoBackup,
    /// The gap is accepted although there is a journal.
    #[error("there is a journal at {}: restore with --journal, or move it away", .0.display())]
    JournalThere(PathBuf),
    /// The founder's key is neither given nor in the new folder.
    #[error("the founder's key is needed: give --founder-key FILE, or put founder.key into the new folder")]
    KeyMissing,
    /// The founder's key is another cité's.
    #[error("this founder's key is not that of this cité")]
    OtherKey,
    /// The founder's key is not 32 bytes.
    #[error("the founder's key is damaged")]
    DamagedKey,
}

impl Cite {
    /// Founds a cité in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// [`OpenError::Exists`] where there is one; nothing is changed then.
    pub fn init(folder: &Path, name: &str, demonstration: bool) -> Result<Self, OpenError> {
        Self::init_with(folder, &journal_path(folder), name, demonstration)
    }

    /// As [`Cite::init`], with its control journal in another place.
    ///
    /// # Errors
    /// As [`Cite::init`].
    pub fn init_with(
        folder: &Path,
        journal: &Path,
        name: &str,
        demonstration: bool,
    ) -> Result<Self, OpenError> {
        private::folder(folder)?;
        if key_path(folder).exists() || store_path(folder).exists() {
            return Err(OpenError::Exists);
        }
        let secret = Zeroizing::new(random::bytes::<32>()?);
        let founder = SignerKey::from_secret(&secret);
        let mut store = Store::open_plain(&store_path(folder))?;
        let cite = CiteId::from_bytes(random::bytes()?);
        found(&mut store, &founder, cite, name, demonstration)?;
        write_key(&key_path(folder), &secret)?;
        store.keep_journal(journal, cite)?;
        Ok(Self::of(store, founder))
    }

    /// Opens the cité of a folder.
    ///
    /// # Errors
    /// [`OpenError::Missing`], [`OpenError::DamagedKey`], or what the store refuses.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        Self::open_with(folder, &journal_path(folder))
    }

    /// As [`Cite::open`], with its control journal in another place. A store that was put back to an
    /// older state, or is a backup, is not opened: it has to be restored.
    ///
    /// # Errors
    /// As [`Cite::open`]; [`OpenError::Backup`]; what the journal refuses.
    pub fn open_with(folder: &Path, journal: &Path) -> Result<Self, OpenError> {
        if !key_path(folder).exists() || !store_path(folder).exists() {
            return Err(OpenError::Missing);
        }
        let secret = read_key(&key_path(folder))?;
        let mut store = Store::open_plain(&store_path(folder))?;
        if store.is_backup()? {
            return Err(OpenError::Backup);
        }
        let cite = store.chain()?.cite();
        store.keep_journal(journal, cite)?;
        Ok(Self::of(store, SignerKey::from_secret(&secret)))
    }

    fn of(store: Store, founder: SignerKey) -> Self {
        Self {
            store: Mutex::new(store),
            figures: Mutex::default(),
            founder,
            verified: Mutex::default(),
            readings: Mutex::default(),
            clock: Arc::new(SystemClock),
        }
    }
}
