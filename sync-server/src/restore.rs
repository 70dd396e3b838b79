//! Restoring a cité from a backup into a new data folder.

use crate::cite::{OpenError, key_path, read_key, store_path, write_key};
use engine::private;
use engine::restore::Restored;
use engine::store::Store;
use std::fs;
use std::path::Path;

/// What to restore, from what, to where.
#[derive(Debug, Clone, Copy)]
pub struct Restore<'a> {
    /// The copy that `backup` wrote.
    pub backup: &'a Path,
    /// The new data folder.
    pub data: &'a Path,
    /// The journal; without one the gap since the backup is accepted.
    pub journal: Option<&'a Path>,
    /// Where the restored server will keep its journal.
    pub kept: &'a Path,
    /// The founder's key, where it is not in the data folder yet.
    pub founder: Option<&'a Path>,
}

impl Restore<'_> {
    /// Restores. Cut off at any moment it leaves no store, and can be run again.
    ///
    /// # Errors
    /// [`OpenError`]; there is no new store then.
    pub fn run(&self) -> Result<Restored, OpenError> {
        if store_path(self.data).exists() {
            return Err(OpenError::Exists);
        }
        if self.journal.is_none() && self.kept.exists() {
            return Err(OpenError::JournalThere(self.kept.to_path_buf()));
        }
        private::folder(self.data)?;
        let unfinished = self.data.join("server.db.unfinished");
        if unfinished.exists() {
            fs::remove_file(&unfinished)?;
        }
        fs::copy(self.backup, &unfinished)?;
        let mut store = Store::open_plain(&unfinished)?;
        let chain = store.chain().map_err(|_| OpenError::NoBackup)?;
        let own = key_path(self.data);
        let given = self.founder.or(own.exists().then_some(own.as_path()));
        let secret = match given.map(read_key) {
            Some(secret) => secret?,
            None => return Err(OpenError::KeyMissing),
        };
        if document::SignerKey::from_secret(&secret).public() != *chain.founder() {
            return Err(OpenError::OtherKey);
        }
        let restored = store.restore(self.journal)?;
        // The last connection to close leaves one whole file.
        drop(store);
        fs::File::open(&unfinished)?.sync_all()?;
        if !own.exists() {
            write_key(&own, &secret)?;
        }
        fs::rename(&unfinished, store_path(self.data))?;
        Ok(restored)
    }
}
