//! The first change of a document: the same bytes on every device, never transmitted.
//!
//! It makes the document's lists, so that two devices that begin the same document begin the same
//! one. The bytes are frozen for ever: see the test. A later schema level adds an upgrade change of
//! its own after it, never here.

use crate::key::DocumentKey;
use crate::schema::Schema;
use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, Automerge, Change, ObjType, ROOT, ReadDoc as _};
use domain::ids::CiteId;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

/// Lists that the genesis of level 1 makes, whatever later levels append.
const LISTS_AT_LEVEL_1: usize = 12;
/// Most templates kept.
const MOST_TEMPLATES: usize = 256;

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
    let mut chunk = template(key, schema).bytes_for(&actor(cite, key));
    Some(seal(&mut chunk))
}

/// A document that holds its genesis only.
pub(crate) fn begin(cite: CiteId, key: &DocumentKey, schema: &Schema) -> Automerge {
    let mut chunk = template(key, schema).bytes_for(&actor(cite, key));
    seal(&mut chunk);
    let change = Change::from_bytes(chunk).expect("a genesis made here reads");
    let mut doc = Automerge::new();
    doc.apply_changes([change]).expect("an empty document accepts its genesis");
    doc
}

/// Names of the objects that the genesis makes, in the order of the schema's lists: the operation's
/// counter, and the actor. The first operation is no object.
pub(crate) fn objects(
    cite: CiteId,
    key: &DocumentKey,
    schema: &Schema,
) -> impl Iterator<Item = (u64, Vec<u8>)> {
    let actor = actor(cite, key).to_vec();
    (0..schema.lists.len().min(LISTS_AT_LEVEL_1)).map(move |at| (at as u64 + 2, actor.clone()))
}

/// The genesis of a kind and generation, but for its actor: making one operation by operation takes as
/// long as loading a document.
#[derive(Clone)]
struct Template {
    chunk: Vec<u8>,
    /// Where the actor stands.
    at: usize,
}

impl Template {
    fn bytes_for(&self, actor: &[u8; 20]) -> Vec<u8> {
        let mut chunk = self.chunk.clone();
        chunk[self.at..self.at + actor.len()].copy_from_slice(actor);
        chunk
    }
}

fn template(key: &DocumentKey, schema: &Schema) -> Template {
    static MADE: LazyLock<RwLock<HashMap<(u8, u32), Template>>> = LazyLock::new(RwLock::default);
    let name = (key.kind_number(), key.generation);
    let known = MADE.read().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
    if let Some(template) = known {
        return template;
    }
    // Any actor of twenty bytes that occurs nowhere else in the chunk.
    let stands_in = [0xA7; 20];
    let doc = write(stands_in, key, schema);
    let hash = doc.get_heads()[0];
    let chunk = doc.get_change_by_hash(&hash).expect("the genesis is here").raw_bytes().to_vec();
    let at = chunk.windows(20).position(|it| it == stands_in).expect("a change names its actor");
    let template = Template { chunk, at };
    let mut made = MADE.write().unwrap_or_else(PoisonError::into_inner);
    // Generations are bounded by what the ledger holds; this only guards memory.
    if made.len() >= MOST_TEMPLATES {
        made.clear();
    }
    made.insert(name, template.clone());
    template
}

/// Writes the checksum of a chunk; returns its hash: SHA-256 from the chunk's type on.
fn seal(chunk: &mut [u8]) -> crate::change::Hash {
    let hash: [u8; 32] = Sha256::digest(&chunk[8..]).into();
    chunk[4..8].copy_from_slice(&hash[..4]);
    hash
}

/// Makes the genesis operation by operation: what its bytes mean.
fn write(actor: [u8; 20], key: &DocumentKey, schema: &Schema) -> Automerge {
    let mut doc = Automerge::new().with_actor(ActorId::from(actor));
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
    use automerge::ObjId;
    use domain::ids::{DocumentId, PathwayId};
    use domain::vocabulary::DocumentKind;

    /// Bytes that must not change: a device of today and one of later begin the same document.
    #[test]
    fn the_genesis_of_a_pathway_is_frozen() {
        let key = DocumentKey::first(DocumentKind::Pathway, PathwayId::from_bytes([7; 16]));
        let schema = Schema::of(key.kind).unwrap();
        let heads = begin(CiteId::from_bytes([1; 16]), &key, schema).get_heads();
        assert_eq!(heads[0].to_string(), "fe1c3951462c731f024f5450ee73c1c1ade45eb870585a40d06c0fbbeb079643");
    }

    #[test]
    fn a_genesis_from_the_template_is_the_one_made_operation_by_operation() {
        let cite = CiteId::from_bytes([1; 16]);
        for kind in DocumentKind::ALL {
            let Some(schema) = Schema::of(*kind) else { continue };
            for (seed, generation) in [(3, 1), (4, 2), (5, 70_000)] {
                let key = DocumentKey { kind: *kind, id: DocumentId::from_bytes([seed; 16]), generation };
                let (quick, slow) = (begin(cite, &key, schema), write(actor(cite, &key), &key, schema));
                assert_eq!(quick.save(), slow.save());
                assert_eq!(head(cite, &key), Some(slow.get_heads()[0].0));
                let named: Vec<_> = objects(cite, &key, schema).collect();
                let found = schema.lists.iter().map(|list| match slow.get(ROOT, list.name) {
                    Ok(Some((_, ObjId::Id(counter, actor, _)))) => (counter, actor.to_bytes().to_vec()),
                    _ => panic!("no such list"),
                });
                assert_eq!(named, found.collect::<Vec<_>>());
            }
        }
    }
}
