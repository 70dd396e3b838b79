//! The server's half, inwards: every record and every change is checked before it is appended; one
//! refusal never blocks another document.

use super::answer::Outcome;
use super::behalf;
use super::carriage;
use super::carry::Carrier;
use super::days::SentDay;
use super::error::SyncError;
use super::message::{Item, SentBatch, SentGroup};
use super::visible;
use crate::error::EngineError;
use crate::store::log::Bringer;
use crate::store::{batch, change, device, erased, log};
use document::control::{Chain, Member};
use document::{Batch, Document, DocumentError, DocumentKey, Group, RawChange, SignerId};
use domain::cite::CiteSettings;
use domain::ids::{CiteId, DeviceId, PathwayId, SolutionId};
use domain::role::Role;
use domain::time::{Day, InstantMs};
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

/// How long after a restore devices may bring back what they hold of colleagues who left since.
const REGAINING_DAYS: i32 = 30;

/// Receives one upload of one device.
pub(super) struct Receiver<'a> {
    pub(super) connection: &'a Connection,
    pub(super) cite: CiteId,
    pub(super) chain: Chain,
    pub(super) settings: &'a CiteSettings,
    pub(super) device: DeviceId,
    /// Number of the device's store that asks.
    store: u32,
    pub(super) now_ms: InstantMs,
    /// The server's day: consent is judged now.
    pub(super) today: Day,
    pub(super) documents: HashMap<DocumentKey, Document>,
    /// What the ledgers say of people whose changes were looked at. Nothing that they follow from is written
    /// before the upload's changes are concluded.
    pub(super) allowed: HashMap<PathwayId, Option<Outcome>>,
    /// Documents that took a change, in the order in which they did, and the sequence of their first one
    /// where they are new. Granted in this order, a batch is served whole.
    pub(super) touched: Vec<(DocumentKey, Option<u64>)>,
    /// The earliest day that the groups of a document bear, of those that are not concluded.
    pub(super) made: HashMap<DocumentKey, Day>,
    /// Days noted as off in this upload: who brought them is told.
    pub(super) days: Vec<SentDay>,
    /// Protected services of the directory, once they are asked for.
    pub(super) protected: OnceCell<BTreeSet<SolutionId>>,
}

/// A group that was restored from a batch.
pub(super) struct Restored<'a> {
    pub(super) group: &'a SentGroup,
    place: u32,
    pub(super) changes: Vec<RawChange>,
}

impl<'a> Receiver<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        chain: Chain,
        settings: &'a CiteSettings,
        Bringer { device, store }: Bringer,
        now_ms: InstantMs,
    ) -> Self {
        let documents = HashMap::new();
        let today = crate::clock::civil_day(now_ms);
        Self {
            connection,
            cite: chain.cite(),
            chain,
            settings,
            device,
            store,
            now_ms,
            today,
            documents,
            allowed: HashMap::new(),
            touched: Vec::new(),
            made: HashMap::new(),
            days: Vec::new(),
            protected: OnceCell::new(),
        }
    }

    /// Who brings: a device, with the store of it that asks.
    pub(super) fn by(&self, device: DeviceId) -> Bringer {
        Bringer { device, store: self.store }
    }

    /// The number of the store that asks, where it is one of a device's.
    pub(super) fn store_of(&self, device: DeviceId) -> Option<u32> {
        (device == self.device).then_some(self.store)
    }

    /// Whether this server was restored and another's device, which has not done so yet, brings back what
    /// it had received of a member.
    pub(super) fn regains(&self, member: &Member) -> Result<bool, EngineError> {
        let since = self.since_restore();
        Ok(member.device != self.device && device::regains(self.connection, self.device, since)?)
    }

    /// A restore before this day is over.
    pub(super) fn since_restore(&self) -> Day {
        self.today.plus(-REGAINING_DAYS)
    }

    /// Takes a batch: one outcome for each of its groups.
    pub(super) fn batch(
        &mut self,
        carrier: &mut Carrier,
        sent: &SentBatch,
    ) -> Result<Vec<Outcome>, SyncError> {
        let all = |outcome| Ok(vec![outcome; sent.groups().count()]);
        let mut restored = Vec::new();
        let mut digests = Vec::new();
        for (place, item) in (0_u32..).zip(&sent.items) {
            let group = match item {
                Item::Group(group) => group,
                Item::Digest(digest) => {
                    digests.push(**digest);
                    continue;
                }
            };
            let changes: Result<Vec<_>, _> =
                group.changes.iter().map(|bytes| carrier.restore(group.key, bytes)).collect();
            let Ok(changes) = changes else { return all(Outcome::Invalid) };
            let signed = Group {
                key: group.key,
                hashes: changes.iter().map(|change| change.hash().into()).collect(),
                cursor: group.cursor,
                on: group.on,
                level: group.level,
            };
            digests.push(signed.digest(self.cite));
            restored.push(Restored { group, place, changes });
        }
        let Some(member) = self.chain.member(&sent.signer) else { return all(Outcome::NotEntitled) };
        // A restored server takes back what another's device had received, whoever left since.
        let regained = self.regains(member)?;
        if !regained && !matches!(member.role, Role::Mediator | Role::Referent) {
            return all(Outcome::NotEntitled);
        }
        let limit = match regained {
            true => Some(u64::MAX),
            false => carriage::limit(self.connection, &self.chain, self.device, member)?,
        };
        let Some(limit) = limit else { return all(Outcome::SignerRevoked) };
        let batch = Batch { digests, signature: *sent.signature };
        if batch.verify(&member.sign).is_err() {
            return all(Outcome::Invalid);
        }
        let mut row = None;
        let mut outcomes = Vec::with_capacity(restored.len());
        let confirmed = device::seen(self.connection, member.device)?.confirmed;
        for group in &restored {
            // Made by a device that knew its signer was revoked.
            let late = group.group.cursor.max(confirmed) >= limit;
            let taken = if late { Outcome::NotEntitled } else { self.group(sent, &batch, group, &mut row)? };
            outcomes.push(taken);
        }
        Ok(outcomes)
    }

    fn group(
        &mut self,
        sent: &SentBatch,
        batch: &Batch,
        restored: &Restored<'_>,
        row: &mut Option<i64>,
    ) -> Result<Outcome, SyncError> {
        let group = restored.group;
        let readable = matches!(group.key.kind, DocumentKind::Pathway | DocumentKind::Outing);
        let belongs = restored.changes.iter().all(|change| change.actor.signer == sent.signer);
        if !readable || !belongs || group.key.generation == 0 || restored.changes.is_empty() {
            return Ok(Outcome::Invalid);
        }
        match behalf::is_allowed(&self.chain, &sent.signer, &restored.changes) {
            Ok(true) => {}
            Ok(false) => return Ok(Outcome::NotEntitled),
            Err(_) => return Ok(Outcome::Invalid),
        }
        if group.level > document::schema::LEVEL {
            return Ok(Outcome::ServerTooOld);
        }
        if erased::covers(self.connection, group.key.id)? {
            return Ok(Outcome::Erased);
        }
        if let Some(refused) = self.consent(restored)? {
            return Ok(refused);
        }
        let regained = self.chain.member(&sent.signer).map_or(Ok(false), |it| self.regains(it))?;
        let made_at = self.made_at(&sent.signer, group.cursor)?;
        let shown = visible::may_write(self.connection, &self.chain, &sent.signer, group.key, made_at)?;
        if !shown && !regained {
            return Ok(Outcome::NotEntitled);
        }
        for change in &restored.changes {
            match self.change(group, change) {
                Ok(None) => {}
                Ok(Some(was_new)) => {
                    let batch_row = match *row {
                        Some(row) => row,
                        None => *row.insert(batch::keep(self.connection, sent.signer, batch)?),
                    };
                    self.keep(group, change, (batch_row, restored.place), was_new)?;
                }
                Err(EngineError::Document(refused)) => {
                    self.documents.remove(&group.key);
                    return Ok(match refused {
                        DocumentError::MissingDependency => Outcome::MissingDependency,
                        DocumentError::Clone => Outcome::Clone,
                        _ => Outcome::Invalid,
                    });
                }
                Err(other) => return Err(other.into()),
            }
        }
        Ok(Outcome::Accepted)
    }

    /// What a signer's device knew when it made a group: what the group says, and never less than what
    /// that device confirmed once nothing waited on it any more.
    fn made_at(&self, signer: &SignerId, cursor: u64) -> Result<u64, EngineError> {
        let Some(member) = self.chain.member(signer) else { return Ok(cursor) };
        Ok(cursor.max(device::seen(self.connection, member.device)?.confirmed))
    }

    /// The same for what stands beside coded documents: never less than what the device confirmed once
    /// nothing at all waited on it.
    pub(super) fn settled_at(&self, signer: &SignerId, cursor: u64) -> Result<u64, EngineError> {
        let Some(member) = self.chain.member(signer) else { return Ok(cursor) };
        Ok(cursor.max(device::seen(self.connection, member.device)?.settled))
    }

    /// Applies a change to its document; none where it is here already, else whether the document
    /// was new.
    fn change(&mut self, group: &SentGroup, change: &RawChange) -> Result<Option<bool>, EngineError> {
        if change::has(self.connection, group.key, &change.hash())? {
            return Ok(None);
        }
        if !self.documents.contains_key(&group.key) {
            let loaded = crate::store::load(self.connection, self.cite, group.key)?;
            self.documents.insert(group.key, loaded);
        }
        let document = self.documents.get_mut(&group.key).ok_or(EngineError::Damaged)?;
        let was_new = document.is_new();
        document.apply(change)?;
        Ok(Some(was_new))
    }

    fn keep(
        &mut self,
        group: &SentGroup,
        change: &RawChange,
        place: (i64, u32),
        was_new: bool,
    ) -> Result<(), EngineError> {
        let kept = change::Kept {
            key: group.key,
            hash: &change.hash(),
            actor: change.actor,
            seq: change.seq(),
            bytes: change.bytes(),
            on: Day(group.on),
            cursor: group.cursor,
            level: group.level,
            batch: Some(place),
        };
        let made = self.made.entry(group.key).or_insert(kept.on);
        *made = kept.on.min(*made);
        let maker = carriage::maker(&self.chain, self.device, &change.actor.signer);
        let position = change::append(self.connection, &kept)?;
        let by = maker.map(|it| self.by(it));
        let seq = log::brought(self.connection, log::What::Change, position, Some(group.key), by)?;
        // Who brings another's work holds nothing of it yet: it is granted like to anybody.
        if !self.touched.iter().rev().any(|(key, _)| *key == group.key) {
            self.touched.push((group.key, maker.filter(|_| was_new).map(|_| seq)));
        }
        Ok(())
    }
}
