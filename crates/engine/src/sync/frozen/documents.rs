//! Documents, their changes, and how they are signed and sealed.

use super::{CITE, Frozen, key, part, signer};
use document::sealed::{PartKey, seal};
use document::{Actor, Batch, Document, Edit, Group};

pub(super) fn documents(frozen: &mut Frozen) {
    let actor = Actor { signer: signer().id(), incarnation: 2 };
    let mut document = Document::begin(CITE, key()).unwrap();
    let genesis = document.heads()[0];
    frozen.bytes("genesis", &genesis);
    let edits = [Edit::set("age", "18_25"), Edit::set("strengths:22/43", true)];
    let change = document.edit(actor, &edits).unwrap().unwrap();
    frozen.bytes("change", &change.bytes);
    frozen.bytes("change stripped", &document::wire::strip(&change.bytes, Some(&genesis)).unwrap());
    frozen.bytes("edits kept", &serde_json::to_vec(&edits).unwrap());
    let mut contact = Document::begin(CITE, part()).unwrap();
    let change_of_part = contact.edit(actor, &[Edit::set("phone", "06 39 98 00 01")]).unwrap().unwrap();
    let part_key = PartKey::from_secret([11; 32]);
    frozen.bytes("part key id", &part_key.id().0);
    frozen.bytes("sealed change", &seal(CITE, part(), &change_of_part, &part_key, [12; 24]).unwrap());
    let group = Group { key: key(), hashes: vec![change.hash.into()], cursor: 300, on: 20_780, level: 1 };
    frozen.message("group", &group);
    frozen.bytes("group digest", &group.digest(CITE));
    frozen.bytes("batch signature", &Batch::sign(&signer(), vec![group.digest(CITE)]).signature);
}
