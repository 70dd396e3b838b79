//! Every value a register ever had: nothing is overwritten for good.

use crate::actor::{Actor, SignerId};
use crate::behalf::{self, By};
use crate::change::Hash;
use crate::document::{Document, Place};
use crate::edit::Value;
use crate::read::plain;
use automerge::legacy::{Key, ObjectId, OpType};
use domain::ids::FactId;

/// A value that was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Fact; none for the root.
    pub fact: Option<FactId>,
    /// List of the fact.
    pub list: Option<&'static str>,
    /// Key.
    pub key: String,
    /// Value.
    pub value: Value,
    /// Who wrote it.
    pub actor: Actor,
    /// Whose work it is, where the change was recovered for somebody else.
    pub behalf: Option<SignerId>,
    /// In which change.
    pub hash: Hash,
    /// Order among the writes of one value: of all of them the one with the highest (order, actor) wins.
    pub order: u64,
}

impl Written {
    /// Who wrote it, and for whom.
    pub fn by(&self) -> By {
        By { signer: self.actor.signer, behalf: self.behalf }
    }
}

impl Document {
    /// Every value ever written, oldest first.
    pub fn history(&self) -> Vec<Written> {
        let mut written = Vec::new();
        for change in self.doc.get_changes(&self.genesis) {
            let Some(actor) = Actor::read(change.actor_id().to_bytes()) else { continue };
            let hash = change.hash().0;
            let (first, begun) = (change.start_op().get(), written.len());
            let mut behalf = None;
            for (order, op) in (first..).zip(change.decode().operations) {
                let (Key::Map(key), OpType::Put(scalar)) = (&op.key, &op.action) else { continue };
                let (list, fact) = match &op.obj {
                    ObjectId::Root => (None, None),
                    ObjectId::Id(id) => {
                        match self.objects.get(&(id.counter(), id.actor().to_bytes().to_vec())) {
                            Some(Place::Fact(list, fact)) => (Some(list.name), Some(*fact)),
                            _ => continue,
                        }
                    }
                };
                let Some(value) = plain(scalar) else { continue };
                if fact.is_none() {
                    behalf = behalf.or(behalf::author_in(key));
                }
                let key = key.to_string();
                written.push(Written { fact, list, key, value, actor, behalf: None, hash, order });
            }
            if behalf.is_some() {
                written.iter_mut().skip(begun).for_each(|it| it.behalf = behalf);
            }
        }
        written
    }
}
