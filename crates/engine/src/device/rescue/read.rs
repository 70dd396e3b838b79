//! What waits in a found store, taken over signed as it is. Nothing of it is trusted: every record and every
//! group must be signed by a member, and every change be the one that was signed.

use crate::error::EngineError;
use crate::seal::{settle, take_epoch};
use crate::store::carried::{self, Carried};
use crate::store::sealed::{self, due, wrap};
use crate::store::{Store, change, control, outbox};
use crate::write::Writer;
use document::control::{Chain, LedgerEntry, ReceiptBody, Record, RecordKind};
use document::sealed::Envelope;
use document::{Batch, DocumentKey, Edit, Group, Hash, RawChange, SignerId};
use domain::api::rescue::Recovered;
use domain::ids::{DeviceId, PathwayId};
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Takes over what waits; in one transaction.
pub(super) fn recover(
    own: &mut Store,
    writer: &Writer<'_>,
    chain: &Chain,
    device: DeviceId,
    found: &Store,
) -> Result<Recovered, EngineError> {
    let name = chain.members().find(|(_, it)| it.device == device).map(|(_, it)| it.device_name.clone());
    if found.chain()?.cite() != writer.cite {
        return Err(EngineError::WrongKey);
    }
    own.transact(|connection| {
        let (own, found) = (connection, found.connection());
        let mut taken = Taken {
            own,
            found,
            writer,
            chain,
            device,
            people: BTreeSet::new(),
            by: BTreeMap::new(),
            behalf: BTreeMap::new(),
            unreadable: BTreeSet::new(),
            out: Recovered { device: name.unwrap_or_default(), ..Recovered::default() },
        };
        taken.records()?;
        taken.coded()?;
        taken.sealed()?;
        taken.brought()?;
        taken.edits()?;
        taken.out.unreadable_drafts = crate::store::drafts_in(found)?;
        taken.out.people = taken.people.len() as u32;
        taken.out.changes = taken.by.into_iter().collect();
        taken.out.behalf = taken.behalf.into_iter().collect();
        taken.out.unreadable_parts = taken.unreadable.len() as u32;
        Ok(taken.out)
    })
}

/// A recovery under way.
pub(super) struct Taken<'a> {
    pub(super) own: &'a Connection,
    pub(super) found: &'a Connection,
    pub(super) writer: &'a Writer<'a>,
    pub(super) chain: &'a Chain,
    /// The found device.
    pub(super) device: DeviceId,
    pub(super) people: BTreeSet<PathwayId>,
    /// Changes by the name of their author.
    by: BTreeMap<String, u32>,
    /// Edits to be written on behalf of their author, by the author's name.
    pub(super) behalf: BTreeMap<String, u32>,
    /// Parts that only their author could open.
    pub(super) unreadable: BTreeSet<DocumentKey>,
    pub(super) out: Recovered,
}

impl Taken<'_> {
    /// Control records first: they decide about the rest.
    fn records(&mut self) -> Result<(), EngineError> {
        for (_, bytes) in control::waiting(self.found, u32::MAX)? {
            let Ok(record) = minicbor::decode::<Record>(&bytes) else {
                self.out.refused += 1;
                continue;
            };
            if control::has(self.own, &record.id())? {
                self.out.known += 1;
            } else if self.record(&record)? {
                self.out.records += 1;
            } else {
                self.out.refused += 1;
            }
        }
        Ok(())
    }

    fn record(&self, record: &Record) -> Result<bool, EngineError> {
        let signed = self.chain.member(&record.signer).is_some_and(|it| record.verify(&it.sign).is_ok());
        if !signed {
            return Ok(false);
        }
        match record.kind {
            RecordKind::Ledger => {
                let Ok(entry) = record.read::<LedgerEntry>() else { return Ok(false) };
                if entry.act().is_err() {
                    return Ok(false);
                }
                control::enqueue(self.own, record)?;
                settle::settle(self.own, self.writer, entry.pathway())?;
                due::mark(self.own, entry.pathway())?;
            }
            RecordKind::Receipt if record.read::<ReceiptBody>().is_ok_and(|it| it.check().is_ok()) => {
                control::enqueue(self.own, record)?;
            }
            RecordKind::Epoch if take_epoch(self.own, self.chain, record)? => {
                control::offer(self.own, &record.id())?;
            }
            RecordKind::Tell | RecordKind::Request => control::enqueue(self.own, record)?,
            // A step of the chain is signed again by who may; a key in other hands is no matter here.
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn coded(&mut self) -> Result<(), EngineError> {
        for it in outbox::waiting(self.found, 0, u32::MAX)? {
            let Some(group) = self.signed(&it.group, &it.signature, it.actor.signer, it.key, &it.hash) else {
                self.out.refused += 1;
                continue;
            };
            let same = RawChange::read(&it.bytes)
                .is_ok_and(|raw| raw.hash() == it.hash && raw.actor.signer == it.actor.signer);
            if !same || it.key.kind.is_named_part() {
                self.out.refused += 1;
                continue;
            }
            self.keep(it.actor.signer, group.key, it.hash, it.bytes, it.group, it.signature, it.edits)?;
        }
        Ok(())
    }

    fn sealed(&mut self) -> Result<(), EngineError> {
        for it in sealed::outbox::waiting(self.found, 0, u32::MAX)? {
            let hash = Envelope::hash(&it.envelope);
            let envelope = Envelope::read(&it.envelope).ok().filter(|envelope| {
                envelope.header().key == it.key && envelope.header().actor().signer == it.actor.signer
            });
            let signed = self.signed(&it.group, &it.signature, it.actor.signer, it.key, &hash);
            let (Some(envelope), Some(_)) = (envelope, signed) else {
                self.out.refused += 1;
                continue;
            };
            // Its key is wrapped for others, or it is lost with its author's passphrase.
            if !self.wraps(it.key, &envelope)? {
                self.unreadable.insert(it.key);
                continue;
            }
            if self.keep(it.actor.signer, it.key, hash, it.envelope, it.group, it.signature, Vec::new())? {
                self.out.parts += 1;
            }
        }
        Ok(())
    }

    /// Takes the wraps of a part's key over; whether there is any.
    fn wraps(&self, key: DocumentKey, envelope: &Envelope) -> Result<bool, EngineError> {
        let part_key = envelope.header().part_key();
        let mut any = false;
        for it in wrap::of(self.found, key)?.into_iter().filter(|it| it.part_key == part_key) {
            let by = self.chain.member(&it.by);
            let signed =
                by.is_some_and(|by| it.signed().verify(self.writer.cite, &by.sign, &it.signature).is_ok());
            if !signed {
                continue;
            }
            any = true;
            wrap::keep(self.own, &it, true)?;
        }
        Ok(any || wrap::of(self.own, key)?.iter().any(|it| it.part_key == part_key))
    }

    /// The group, where its author signed exactly this.
    pub(super) fn signed(
        &self,
        group: &[u8],
        signature: &[u8; 64],
        signer: SignerId,
        key: DocumentKey,
        hash: &Hash,
    ) -> Option<Group> {
        let read: Group = minicbor::decode(group).ok()?;
        let member = self.chain.member(&signer)?;
        let batch = Batch { digests: vec![read.digest(self.writer.cite)], signature: *signature };
        let names = read.key == key && read.hashes.len() == 1 && *read.hashes[0] == *hash;
        (names && batch.verify(&member.sign).is_ok()).then_some(read)
    }

    #[allow(clippy::too_many_arguments, reason = "one row of a table")]
    pub(super) fn keep(
        &mut self,
        signer: SignerId,
        key: DocumentKey,
        hash: Hash,
        bytes: Vec<u8>,
        group: Vec<u8>,
        signature: [u8; 64],
        edits: Vec<Edit>,
    ) -> Result<bool, EngineError> {
        let here = !key.kind.is_named_part() && change::has(self.own, key, &hash)?;
        let it = Carried { key, hash, signer, bytes, group, signature, edits };
        if here || !carried::keep(self.own, &it)? {
            self.out.known += 1;
            return Ok(false);
        }
        let name = self.chain.member(&signer).map(|it| it.user_name.clone()).unwrap_or_default();
        *self.by.entry(name).or_default() += 1;
        if key.kind == DocumentKind::Pathway || key.kind.is_named_part() {
            self.people.insert(PathwayId::from(key.id));
        }
        Ok(true)
    }
}
