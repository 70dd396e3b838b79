//! The one door for writes: edit documents and parts, append changes and records, sign groups, fill
//! the outbox, in one transaction. *Enregistré* may be said once [`Writer::write`] has returned,
//! never before.

use crate::error::EngineError;
use crate::seal::part::{self, Reader};
use crate::seal::{Epochs, settle};
use crate::store::sealed::due;
use crate::store::{KeptEntry, Store, change, control, entry, meta, outbox, projection};
use document::control::{LedgerEntry, Record, RecordKind};
use document::{Actor, Batch, DocumentKey, Edit, Group, SignerKey};
use domain::ids::{CiteId, DeviceId, DraftId, PathwayId, UserId};
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Who writes, and where.
#[derive(Debug)]
pub struct Writer<'a> {
    /// Cité.
    pub cite: CiteId,
    /// User at work.
    pub user: UserId,
    /// Their signing key on this device.
    pub signer: &'a SignerKey,
    /// The key that seals what only they may read.
    pub own_key: &'a [u8; 32],
    /// Their secret X25519 key on this device.
    pub agree: &'a [u8; 32],
    /// The epochs they know.
    pub epochs: &'a Epochs,
    /// Whether their role holds keys.
    pub holds_keys: bool,
    /// This device.
    pub device: DeviceId,
    /// Length of the membership chain known here, and its last step that took something away.
    pub chain: u32,
    /// See `chain`.
    pub revoked_at: Option<u32>,
    /// Incarnation of this store.
    pub incarnation: u32,
    /// Server sequence this device has seen.
    pub cursor: u64,
    /// Schema level to write at.
    pub level: u16,
    /// Day of the action.
    pub on: Day,
}

/// Edits of one document.
#[derive(Debug, Clone)]
pub struct DocumentEdits {
    /// Document.
    pub key: DocumentKey,
    /// Edits, in order.
    pub edits: Vec<Edit>,
}

/// One user action: all of it is written, or nothing.
#[derive(Debug, Clone, Default)]
pub struct Action {
    /// The draft it comes from, which goes with it.
    pub draft: Option<DraftId>,
    /// The entry it records on this device.
    pub entry: Option<KeptEntry>,
    /// Control records (the ledger's), sent before everything else.
    pub records: Vec<Record>,
    /// Coded documents.
    pub documents: Vec<DocumentEdits>,
    /// Named parts: sealed, in the generation that the ledger says each is in.
    pub parts: Vec<DocumentEdits>,
    /// Named values of this device.
    pub meta: Vec<(String, serde_json::Value)>,
}

impl Action {
    /// Edits of one coded document, and nothing else.
    pub fn edit(key: DocumentKey, edits: Vec<Edit>) -> Self {
        Self { documents: vec![DocumentEdits { key, edits }], ..Self::default() }
    }

    /// People whose ledger or coded document it writes in.
    fn people(&self) -> BTreeSet<PathwayId> {
        let records = self.records.iter().filter(|it| it.kind == RecordKind::Ledger);
        let ledgers = records.filter_map(|it| it.read::<LedgerEntry>().ok()).map(|it| it.pathway());
        let documents = self.documents.iter().filter(|it| it.key.kind == DocumentKind::Pathway);
        ledgers.chain(documents.map(|it| it.key.id.into())).collect()
    }
}

impl Writer<'_> {
    /// Writes one user action. An entry that is here already was recorded before: nothing is written
    /// again. Returns how many changes of coded documents were written.
    ///
    /// # Errors
    /// What the documents or the store refuse; nothing is written then.
    pub fn write(&self, store: &mut Store, action: &Action) -> Result<usize, EngineError> {
        store.transact(|connection| {
            if let Some(entry) = &action.entry {
                if entry::get(connection, entry.id)?.is_some() {
                    return Ok(0);
                }
                entry::keep(connection, self.user, entry)?;
            }
            if let Some(draft) = action.draft {
                crate::store::discard(connection, self.user, draft)?;
            }
            for record in &action.records {
                control::enqueue(connection, record)?;
                if record.kind == RecordKind::Ledger {
                    let pathway = record.read::<LedgerEntry>()?.pathway();
                    settle::settle(connection, self, pathway)?;
                    due::mark(connection, pathway)?;
                }
            }
            let mut written = 0;
            for DocumentEdits { key, edits } in &action.documents {
                written += usize::from(self.edit(connection, *key, edits)?);
                if key.kind == DocumentKind::Pathway {
                    due::mark(connection, key.id.into())?;
                }
            }
            for DocumentEdits { key, edits } in &action.parts {
                part::edit(connection, self, current(connection, *key)?, edits)?;
            }
            for pathway in action.people() {
                settle::carry(connection, self, pathway)?;
            }
            action.meta.iter().try_for_each(|(name, value)| meta::put(connection, name, value))?;
            Ok(written)
        })
    }

    /// Whose eyes parts are opened for.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader { cite: self.cite, user: self.user, own_key: self.own_key }
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor { signer: self.signer.id(), incarnation: self.incarnation }
    }

    pub(crate) fn edit(
        &self,
        connection: &Connection,
        key: DocumentKey,
        edits: &[Edit],
    ) -> Result<bool, EngineError> {
        let mut document = crate::store::load(connection, self.cite, key)?;
        let Some(made) = document.edit(self.actor(), edits)? else { return Ok(false) };
        let kept = change::Kept {
            key,
            hash: &made.hash,
            actor: made.actor,
            seq: made.seq,
            bytes: &made.bytes,
            on: self.on,
            cursor: self.cursor,
            level: self.level,
            batch: None,
        };
        let position = change::append(connection, &kept)?;
        let group = Group {
            key,
            hashes: vec![made.hash.into()],
            cursor: self.cursor,
            on: self.on.0,
            level: self.level,
        };
        let batch = Batch::sign(self.signer, vec![group.digest(self.cite)]);
        let body = minicbor::to_vec(&group).expect("encoding into memory does not fail");
        outbox::enqueue(connection, position, edits, &body, &batch.signature)?;
        projection::put(connection, &document)?;
        Ok(true)
    }
}

/// A named part in the generation that the ledger says it is in.
pub(crate) fn current(connection: &Connection, key: DocumentKey) -> Result<DocumentKey, EngineError> {
    let Some(purpose) = key.kind.shared_for() else { return Ok(key) };
    let ledger = control::ledger(connection, PathwayId::from(key.id))?;
    Ok(DocumentKey { generation: ledger.generation(purpose), ..key })
}
