//! One change: the edit of one user action in one document.

use crate::actor::Actor;
use crate::error::DocumentError;
use crate::scan;
use automerge::Change;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// SHA-256 of a change, as Automerge computes it.
pub type Hash = [u8; 32];

/// A change just made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// Hash.
    pub hash: Hash,
    /// Actor.
    pub actor: Actor,
    /// Number among the actor's changes of this document, from 1.
    pub seq: u64,
    /// The uncompressed change chunk.
    pub bytes: Vec<u8>,
}

/// A change read from bytes: scanned, parsed, canonical, not yet checked against a document.
#[derive(Debug, Clone)]
pub struct RawChange {
    pub(crate) change: Change,
    /// Actor.
    pub actor: Actor,
}

impl RawChange {
    /// Reads a change from outside: bounded before it is parsed, panics contained.
    ///
    /// # Errors
    /// [`DocumentError::Malformed`], [`DocumentError::TooLarge`] or [`DocumentError::Panicked`].
    pub fn read(bytes: &[u8]) -> Result<Self, DocumentError> {
        scan::scan(bytes)?;
        let owned = bytes.to_vec();
        let parsed = contain(|| Change::from_bytes(owned).map_err(|_| DocumentError::Malformed))??;
        if parsed.raw_bytes() != bytes
            || parsed.timestamp() != 0
            || parsed.message().is_some()
            || !parsed.extra_bytes().is_empty()
        {
            return Err(DocumentError::Malformed);
        }
        // One change, one encoding: the library makes changes anew from what it holds, and names them
        // by hash. Bytes that say the same in another way would come back under another name.
        let again = contain(|| Change::from(parsed.decode()))?;
        if again.raw_bytes() != bytes {
            return Err(DocumentError::Malformed);
        }
        let actor = Actor::read(parsed.actor_id().to_bytes()).ok_or(DocumentError::Malformed)?;
        Ok(Self { change: parsed, actor })
    }

    /// Hash.
    pub fn hash(&self) -> Hash {
        self.change.hash().0
    }

    /// Number among the actor's changes of this document, from 1.
    pub fn seq(&self) -> u64 {
        self.change.seq()
    }

    /// The uncompressed change chunk.
    pub fn bytes(&self) -> &[u8] {
        self.change.raw_bytes()
    }

    /// Hashes it builds on.
    pub fn dependencies(&self) -> impl Iterator<Item = Hash> + '_ {
        self.change.deps().iter().map(|hash| hash.0)
    }
}

/// Runs library code on bytes from outside; a panic becomes an error.
pub(crate) fn contain<T>(run: impl FnOnce() -> T) -> Result<T, DocumentError> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| DocumentError::Panicked)
}
