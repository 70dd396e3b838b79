//! Stripping changes for a frame, and restoring them: both sides keep the last change of each
//! document in the frame, so that a dependency on it costs one byte.

use super::error::SyncError;
use document::{DocumentKey, Hash, RawChange, genesis, wire};
use domain::ids::CiteId;
use std::collections::HashMap;

/// Last change of each document in one frame.
pub(super) struct Carrier {
    cite: CiteId,
    last: HashMap<DocumentKey, Hash>,
}

impl Carrier {
    /// For a new frame.
    pub(super) fn new(cite: CiteId) -> Self {
        Self { cite, last: HashMap::new() }
    }

    /// Strips a change of our own store.
    pub(super) fn strip(&mut self, key: DocumentKey, hash: Hash, bytes: &[u8]) -> Result<Vec<u8>, SyncError> {
        let previous = self.previous(key);
        let stripped = wire::strip(bytes, previous.as_ref()).map_err(|_| SyncError::Untrusted)?;
        self.last.insert(key, hash);
        Ok(stripped)
    }

    /// Restores a change from outside: bounded, parsed, its hash computed.
    pub(super) fn restore(
        &mut self,
        key: DocumentKey,
        stripped: &[u8],
    ) -> Result<RawChange, document::DocumentError> {
        let previous = self.previous(key);
        let change = RawChange::read(&wire::restore(stripped, previous.as_ref())?)?;
        self.last.insert(key, change.hash());
        Ok(change)
    }

    fn previous(&self, key: DocumentKey) -> Option<Hash> {
        self.last.get(&key).copied().or_else(|| genesis::head(self.cite, &key))
    }
}
