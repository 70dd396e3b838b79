//! The first change of a document: the same bytes on every device, never transmitted.
//!
//! It makes the document's lists, so that two devices that begin the same document begin the same
//! one. The bytes are frozen for ever: see the test. A later schema level adds an upgrade change of
//! its own after it, never here.

use crate::key::DocumentKey;
use crate::schema::Schema;
use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, Automerge, ObjType, ROOT};
use domain::ids::CiteId;
use sha2::{Digest as _, Sha256};

/// Lists that the genesis of level 1 makes, whatever later levels append.
const LISTS_AT_LEVEL_1: usize = 12;

/// The actor of a genesis: the first 20 bytes of SHA-256 over cité, kind, identifier, generation.
/// It belongs to no signer, so nobody can write under it.
pub fn actor(cite: CiteId, key: &DocumentKey) -> [u8; 20] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(b"allervers genesis 1")
        .chain_update(cite.as_bytes())
        .chain_update([key.kind_number()])
        .chain_update(key.id.as_bytes())
        .chain_update(key.generation.to_be_bytes())
        .finalize()
        .into();
    let mut actor = [0; 20];
    actor.copy_from_slice(&digest[..20]);
    actor
}

/// Hash of a document's genesis; none for a kind that is no document of this version.
pub fn head(cite: CiteId, key: &DocumentKey) -> Option<crate::change::Hash> {
    let schema = Schema::of(key.kind)?;
    begin(cite, key, schema).get_heads().first().map(|hash| hash.0)
}

/// A document that holds its genesis only.
pub(crate) fn begin(cite: CiteId, key: &DocumentKey, schema: &Schema) -> Automerge {
    let mut doc = Automerge::new().with_actor(ActorId::from(actor(cite, key)));
    let made = doc.transact_with::<_, _, automerge::AutomergeError, _>(
        |()| CommitOptions::default().with_time(0),
        |tx| {
            // A kind without lists still needs one operation for its genesis to exist.
            tx.put(ROOT, "_", key.generation as i64)?;
            for list in schema.lists.iter().take(LISTS_AT_LEVEL_1) {
                tx.put_object(ROOT, list.name, ObjType::Map)?;
            }
            Ok(())
        },
    );
    made.expect("an empty document accepts its genesis");
    doc
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::PathwayId;
    use domain::vocabulary::DocumentKind;

    /// Bytes that must not change: a device of today and one of later begin the same document.
    #[test]
    fn the_genesis_of_a_pathway_is_frozen() {
        let key = DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16]));
        let schema = Schema::of(key.kind).unwrap();
        let heads = begin(CiteId::from_bytes([1; 16]), &key, schema).get_heads();
        assert_eq!(heads[0].to_string(), "fe1c3951462c731f024f5450ee73c1c1ade45eb870585a40d06c0fbbeb079643");
    }
}
