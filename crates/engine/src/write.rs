//! The one door for writes: edit the document, append the change, sign the group, fill the outbox,
//! in one transaction. *Enregistré* may be said once [`Writer::write`] has returned, never before.

use crate::error::EngineError;
use crate::store::{Kept, Store};
use document::{Actor, Batch, DocumentKey, Edit, Group, SignerKey};
use domain::ids::{CiteId, DraftId, UserId};
use domain::time::{Day, InstantMs};

/// Who writes, and where.
#[derive(Debug)]
pub struct Writer<'a> {
    /// Cité.
    pub cite: CiteId,
    /// User at work.
    pub user: UserId,
    /// Their signing key on this device.
    pub signer: &'a SignerKey,
    /// Incarnation of this store.
    pub incarnation: u32,
    /// Server sequence this device has seen.
    pub cursor: u64,
    /// Day of the action.
    pub on: Day,
    /// When, by this device's clock; kept here, never sent.
    pub now_ms: InstantMs,
}

/// Edits of one document.
#[derive(Debug, Clone)]
pub struct DocumentEdits {
    /// Document.
    pub key: DocumentKey,
    /// Edits, in order.
    pub edits: Vec<Edit>,
}

impl Writer<'_> {
    /// Writes one user action: all documents or none. The draft it came from goes with it; a draft
    /// that is gone already means the action was recorded before, and nothing is written again.
    ///
    /// Returns how many changes were written.
    ///
    /// # Errors
    /// What the documents or the store refuse; nothing is written then.
    pub fn write(
        &self,
        store: &mut Store,
        draft: Option<DraftId>,
        action: &[DocumentEdits],
    ) -> Result<usize, EngineError> {
        store.transact(|connection| {
            if let Some(draft) = draft
                && !crate::store::discard(connection, self.user, draft)?
            {
                return Ok(0);
            }
            let actor = Actor { signer: self.signer.id(), incarnation: self.incarnation };
            let mut written = 0;
            for DocumentEdits { key, edits } in action {
                let mut document = crate::store::load(connection, self.cite, *key)?;
                let Some(change) = document.edit(actor, edits)? else { continue };
                let position =
                    crate::store::append(connection, &Kept { key: *key, change: &change, on: self.on })?;
                let group = Group {
                    key: *key,
                    hashes: vec![change.hash.into()],
                    cursor: self.cursor,
                    on: self.on.0,
                    level: document::schema::LEVEL,
                };
                let batch = Batch::sign(self.signer, vec![group.digest(self.cite)]);
                let body = minicbor::to_vec(&group).expect("encoding into memory does not fail");
                crate::store::enqueue(connection, position, edits, &body, &batch.signature, self.now_ms)?;
                written += 1;
            }
            Ok(written)
        })
    }
}
