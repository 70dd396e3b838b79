//! Taking the changes of a batch that the server serves.

use crate::error::EngineError;
use crate::store::{aside, batch, change, digest, erased, outbox};
use crate::sync::carry::Carrier;
use crate::sync::error::SyncError;
use crate::sync::message::{Item, SentBatch, SentGroup};
use crate::sync::replay::{raise, replay};
use crate::write::Writer;
use document::control::Chain;
use document::{Batch, Document, DocumentKey, Group, RawChange};
use rusqlite::Connection;
use std::collections::{BTreeSet, HashMap};

/// Takes batches; remembers the documents that took something.
pub(super) struct Taker<'a> {
    pub(super) connection: &'a Connection,
    pub(super) writer: &'a Writer<'a>,
    pub(super) documents: HashMap<DocumentKey, Document>,
    pub(super) touched: BTreeSet<DocumentKey>,
}

impl Taker<'_> {
    /// Takes a batch whose signature holds; returns how many groups were new.
    pub(super) fn batch(
        &mut self,
        chain: &Chain,
        carrier: &mut Carrier,
        sent: &SentBatch,
    ) -> Result<u32, SyncError> {
        let mut groups: Vec<(u32, &SentGroup, Vec<RawChange>)> = Vec::new();
        let mut digests = Vec::new();
        for (place, item) in (0_u32..).zip(&sent.items) {
            match item {
                Item::Digest(digest) => digests.push(**digest),
                Item::Group(group) => {
                    let changes: Result<Vec<RawChange>, _> =
                        group.changes.iter().map(|bytes| carrier.restore(group.key, bytes)).collect();
                    // One change that does not restore makes the batch's signature unverifiable.
                    let Ok(changes) = changes else { return self.refuse(sent, "malformed") };
                    let group_of = Group {
                        key: group.key,
                        hashes: changes.iter().map(|change| change.hash().into()).collect(),
                        cursor: group.cursor,
                        on: group.on,
                        level: group.level,
                    };
                    digests.push(group_of.digest(self.writer.cite));
                    groups.push((place, group, changes));
                }
            }
        }
        let batch = Batch { digests, signature: *sent.signature };
        let Some(member) = chain.member(&sent.signer) else { return self.refuse(sent, "signer") };
        if batch.verify(&member.sign).is_err() {
            return self.refuse(sent, "signature");
        }
        let row = batch::keep(self.connection, sent.signer, &batch)?;
        let mut taken = 0;
        for (place, group, changes) in groups {
            for change in changes {
                if change.actor.signer != sent.signer || group.key.kind.is_named_part() {
                    aside::keep_of(self.connection, Some(group.key), "signer", change.bytes())?;
                } else if self.change(group, &change, (row, place))? {
                    taken += 1;
                }
            }
        }
        Ok(taken)
    }

    fn refuse(&self, sent: &SentBatch, reason: &str) -> Result<u32, SyncError> {
        let bytes = minicbor::to_vec(sent).expect("encoding into memory does not fail");
        aside::keep(self.connection, reason, &bytes)?;
        Ok(0)
    }

    fn change(
        &mut self,
        group: &SentGroup,
        change: &RawChange,
        place: (i64, u32),
    ) -> Result<bool, SyncError> {
        let key = group.key;
        digest::show(self.connection, key)?;
        if change::has(self.connection, key, &change.hash())? {
            outbox::acknowledge_known(self.connection, key, &change.hash())?;
            return Ok(false);
        }
        if erased::covers(self.connection, key.id)? {
            return Ok(false);
        }
        // A copy of this store used the number: what waits here from there on is made again.
        if let Some(from) = outbox::numbered(self.connection, key, change.actor, change.seq())? {
            let incarnation = raise(self.connection, self.writer, None)?;
            replay(self.connection, self.writer, key, from, incarnation)?;
            self.documents.remove(&key);
        }
        if !self.documents.contains_key(&key) {
            let loaded = crate::store::load(self.connection, self.writer.cite, key);
            match loaded {
                Ok(document) => drop(self.documents.insert(key, document)),
                Err(EngineError::Document(_)) => {
                    aside::keep_of(self.connection, Some(key), "document", change.bytes())?;
                    return Ok(false);
                }
                Err(other) => return Err(other.into()),
            }
        }
        let Some(document) = self.documents.get_mut(&key) else { return Ok(false) };
        match document.apply(change) {
            Ok(_) => {
                let kept = change::Kept {
                    key,
                    hash: &change.hash(),
                    actor: change.actor,
                    seq: change.seq(),
                    bytes: change.bytes(),
                    on: domain::time::Day(group.on),
                    cursor: group.cursor,
                    level: group.level,
                    batch: Some(place),
                };
                change::append(self.connection, &kept)?;
                self.touched.insert(key);
                Ok(true)
            }
            Err(_) => {
                self.documents.remove(&key);
                aside::keep_of(self.connection, Some(key), "change", change.bytes())?;
                Ok(false)
            }
        }
    }
}
