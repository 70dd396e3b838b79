//! The clear header of a sealed change.

use super::key::PartKeyId;
use crate::actor::Actor;
use crate::error::DocumentError;
use crate::key::DocumentKey;
use crate::scan::MAX_DEPENDENCIES;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

/// Version of the format.
const VERSION: u8 = 1;
/// Most changes a sealed snapshot names as superseded.
const MAX_SUPERSEDED: usize = 4_096;

/// How a sealed change is named outside: see [`super::PartKey::change_id`].
pub type ChangeId = [u8; 32];

/// What stands in clear beside the ciphertext, all of it authenticated. Numbers are frozen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Header {
    #[n(0)]
    version: u8,
    /// Document.
    #[n(1)]
    pub key: DocumentKey,
    #[n(2)]
    actor: ByteArray<{ Actor::LENGTH }>,
    /// Number among the actor's changes of this document, from 1.
    #[n(3)]
    pub seq: u64,
    #[n(4)]
    id: ByteArray<32>,
    /// Dependencies, each named under this header's part key.
    #[n(5)]
    after: Vec<ByteArray<32>>,
    #[n(6)]
    part_key: ByteArray<16>,
    /// Changes a snapshot stands for; empty for a plain change.
    #[n(7)]
    supersedes: Vec<ByteArray<32>>,
}

impl Header {
    /// The header of a plain change.
    pub(super) fn of(
        key: DocumentKey,
        actor: Actor,
        seq: u64,
        id: ChangeId,
        after: impl IntoIterator<Item = ChangeId>,
        part_key: PartKeyId,
    ) -> Self {
        Self {
            version: VERSION,
            key,
            actor: actor.bytes().into(),
            seq,
            id: id.into(),
            after: after.into_iter().map(ByteArray::from).collect(),
            part_key: part_key.0.into(),
            supersedes: Vec::new(),
        }
    }

    /// Refuses what is over a limit or of another version.
    pub(super) fn check(&self) -> Result<(), DocumentError> {
        if self.after.len() as u64 > MAX_DEPENDENCIES || self.supersedes.len() > MAX_SUPERSEDED {
            return Err(DocumentError::TooLarge);
        }
        let sealed = self.key.kind.is_named_part() && self.key.generation > 0 && self.seq > 0;
        if self.version == VERSION && sealed { Ok(()) } else { Err(DocumentError::Malformed) }
    }

    /// Actor.
    pub fn actor(&self) -> Actor {
        Actor::read(self.actor.as_slice()).expect("an actor of its length reads")
    }

    /// Name of the change.
    pub fn id(&self) -> ChangeId {
        *self.id
    }

    /// Names of what it builds on.
    pub fn after(&self) -> impl ExactSizeIterator<Item = ChangeId> + '_ {
        self.after.iter().map(|id| **id)
    }

    /// The part key it is sealed under.
    pub fn part_key(&self) -> PartKeyId {
        PartKeyId(*self.part_key)
    }
}
