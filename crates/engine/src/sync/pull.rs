//! The device's half, inwards: applies a frame in one transaction, its cursor with it.

use super::anchor;
use super::carry::Carrier;
use super::error::SyncError;
use super::membership;
use super::message::{Download, Item, SentBatch, SentGroup};
use super::push::{STANDING, Sent, Standing, may_leave, settle};
use super::receive::request_reads;
use super::reconcile::Found;
use super::replay::{INCARNATION, TOKEN, raise, replay};
use super::sealed;
use super::wanted;
use crate::erasure::device::Taken;
use crate::error::EngineError;
use crate::request;
use crate::seal::share::granted;
use crate::seal::{Epochs, escrow, open_wraps, settle, take_epoch};
use crate::store::sealed::due;
use crate::store::{aside, asset, batch, change, control, digest, erased, link, meta, offer, projection};
use crate::write::Writer;
use document::control::{Chain, LedgerEntry, Member, Record, RecordKind, TellBody};
use document::{Batch, Document, DocumentKey, Group, RawChange};
use domain::changes::{Changes, Topic};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a frame brought.
#[derive(Debug, Default)]
pub(crate) struct Pulled {
    /// What became stale.
    pub(crate) changes: Changes,
    /// Things received.
    pub(crate) received: u32,
    /// Rows of the log that remain, at most.
    pub(crate) remaining: u32,
    /// People whose ledger or links changed.
    bound: BTreeSet<PathwayId>,
    /// Requests by code, or ledgers they may belong to, came.
    requests: bool,
    /// Documents not to be sent again in this run.
    pub(crate) skipped: BTreeSet<DocumentKey>,
    /// A membership step is to be signed again on the new head.
    pub(crate) chain_moved: bool,
    /// Edits were made again under another incarnation: they are to be sent.
    pub(crate) remade: bool,
    /// The server is at an older schema level than this device.
    pub(crate) server_is_older: bool,
    /// Epochs came: those in memory are to be read again.
    pub(crate) keys: bool,
    /// The server is another than before: it was restored. Everything is offered to it anew.
    pub(crate) restored: bool,
    /// The server's sum over all that this device may see.
    pub(crate) digest: Option<u128>,
    /// People who were erased here.
    pub(crate) erased: u32,
    /// What comparing found.
    pub(crate) found: Option<Found>,
}

impl Pulled {
    fn touch(&mut self, people: impl IntoIterator<Item = PathwayId>) {
        self.changes.merge(Changes::of(people.into_iter().map(Topic::Person)));
    }
}

/// Applies frames in order, up to one after which keys, members, settings or the incarnation are to be read
/// again. `sent` is what the upload carried, for the first frame.
pub(crate) fn apply_all(
    connection: &Connection,
    writer: &Writer<'_>,
    frames: &[Vec<u8>],
    mut sent: Option<&Sent>,
) -> Result<Vec<Pulled>, SyncError> {
    let mut all = Vec::new();
    for raw in frames {
        let sent = sent.take();
        let pulled = apply(connection, writer, raw, sent)?;
        let over = sent.is_some_and(|it| it.groups() > 0)
            || pulled.keys
            || pulled.restored
            || pulled.remade
            || [Topic::Session, Topic::Cite].iter().any(|topic| pulled.changes.touches(*topic));
        all.push(pulled);
        if over {
            break;
        }
    }
    Ok(all)
}

/// Applies a frame.
fn apply(
    connection: &Connection,
    writer: &Writer<'_>,
    raw: &[u8],
    sent: Option<&Sent>,
) -> Result<Pulled, SyncError> {
    let frame: Download = minicbor::decode(raw).map_err(|_| SyncError::Untrusted)?;
    let before = writer.incarnation;
    let mut pulled = Pulled { remaining: frame.remaining, ..Pulled::default() };
    pulled.server_is_older = frame.level < document::schema::LEVEL;
    pulled.digest = frame.digest.map(|sum| u128::from_be_bytes(*sum));
    pulled.found = frame.found.clone();
    if let Some(store) = &frame.store {
        meta::put(connection, TOKEN, &*store.token)?;
        if store.copied {
            raise(connection, writer, store.incarnation)?;
        }
    }
    if let Some(sent) = sent {
        let settled = settle(connection, writer, sent, &frame)?;
        (pulled.skipped, pulled.chain_moved) = (settled.skipped, settled.chain_moved);
        if sent.groups() > 0 {
            pulled.changes.merge(Changes::of([Topic::Today, Topic::People]));
        }
    }
    let writer =
        &Writer { incarnation: meta::get(connection, INCARNATION)?.unwrap_or(writer.incarnation), ..*writer };
    let mut chain =
        Chain::read(&control::list(connection, RecordKind::Membership)?).map_err(EngineError::from)?;
    for bytes in &frame.controls {
        take_control(connection, writer, &mut chain, bytes, &mut pulled)?;
    }
    // Keys that came with this frame open what comes with it.
    let newer = if pulled.keys {
        Some(Epochs::load(connection, &chain, writer.signer.id(), writer.agree)?)
    } else {
        None
    };
    let epochs = newer.as_ref().unwrap_or(writer.epochs);
    if pulled.keys {
        let opened = open_wraps(connection, writer.reader(), writer.agree, epochs, None)?;
        pulled.touch(opened.iter().map(|key| PathwayId::from(key.id)));
    }
    let known: Standing = meta::get(connection, STANDING)?.unwrap_or_default();
    pulled.restored = known.epoch != 0 && known.epoch != frame.epoch;
    let regaining = known.regaining || pulled.restored;
    membership::compare(connection, &chain, &frame, regaining)?;
    if pulled.restored {
        control::offer_all(connection)?;
        offer::clear(connection)?;
    }
    wanted::settle(connection, writer, &chain)?;
    if let Some(head) = &frame.audit {
        anchor::take(connection, chain.founder(), head, pulled.restored, writer.on)?;
    }
    for sent in &frame.assets {
        if asset::take(connection, &sent.name, &sent.content)? {
            pulled.changes.merge(Changes::of([Topic::Cite, Topic::Solutions]));
        }
        pulled.received += 1;
    }
    let mut erasing = Taken::default();
    for sent in &frame.erased {
        erasing.one(connection, writer, &chain, &sent.record, sent.confirm)?;
        pulled.received += 1;
    }
    erasing.doubted(connection, writer, &chain)?;
    erasing.receipt(connection, writer)?;
    pulled.erased = erasing.done;
    if !erasing.people.is_empty() {
        pulled.changes.merge(Changes::of([Topic::People, Topic::Today, Topic::Sync]));
    }
    pulled.touch(erasing.people);
    let mut taker = Taker { connection, writer, documents: HashMap::new(), touched: BTreeSet::new() };
    let mut carrier = Carrier::new(writer.cite);
    for sent in &frame.batches {
        pulled.received += taker.batch(&chain, &mut carrier, sent)?;
    }
    for key in std::mem::take(&mut taker.touched) {
        if let Some(document) = taker.documents.get(&key) {
            let before = link::others(connection, key.id.into())?;
            projection::put(connection, document)?;
            let after = link::others(connection, key.id.into())?;
            if before != after {
                pulled.bound.extend(before.union(&after).copied().chain([key.id.into()]));
            }
        }
        if key.kind == DocumentKind::Pathway {
            pulled.changes.merge(Changes::of([Topic::Person(PathwayId::from(key.id))]));
        }
        pulled.changes.merge(Changes::of([Topic::People, Topic::Today, Topic::Cohort]));
    }
    for pathway in std::mem::take(&mut pulled.bound) {
        settle::carry(connection, writer, pathway)?;
        due::mark(connection, pathway)?;
        digest::recount(connection, DocumentKey::first(DocumentKind::Pathway, pathway))?;
        let linked = link::others(connection, pathway)?;
        pulled.touch(linked.into_iter().chain([pathway]));
    }
    if pulled.requests {
        let people = request::settle(connection, writer)?;
        pulled.touch(people);
    }
    let found = sealed::take(connection, &chain, writer, epochs, &frame.sealed, &frame.wraps)?;
    pulled.received += found.received;
    pulled.touch(found.touched.iter().map(|key| PathwayId::from(key.id)));
    for key in frame.found.iter().flat_map(|found| &found.wanted) {
        wanted_back(connection, writer, *key)?;
    }
    for key in &frame.revoked {
        if key.kind.is_named_part() {
            drop_part(connection, writer, &chain, *key)?;
            pulled.touch([PathwayId::from(key.id)]);
        } else {
            change::drop_document(connection, *key)?;
        }
        pulled.changes.merge(Changes::of([Topic::People, Topic::Today]));
    }
    let incarnation: Option<u32> = meta::get(connection, INCARNATION)?;
    pulled.remade = incarnation.is_some_and(|it| it > before);
    if pulled.remade {
        pulled.changes.merge(Changes::of([Topic::Today, Topic::People]));
    }
    let ahead = frame.ahead.unwrap_or_default();
    let standing =
        Standing { epoch: frame.epoch, cursor: frame.cursor, level: frame.level, regaining, ahead };
    meta::put(connection, STANDING, &standing)?;
    pulled.changes.merge(Changes::of([Topic::Sync]));
    Ok(pulled)
}

fn take_control(
    connection: &Connection,
    writer: &Writer<'_>,
    chain: &mut Chain,
    bytes: &[u8],
    pulled: &mut Pulled,
) -> Result<(), SyncError> {
    let Ok(record) = minicbor::decode::<Record>(bytes) else {
        return Ok(aside::keep(connection, "record", bytes)?);
    };
    match record.kind {
        RecordKind::Membership => {
            if let Some(known) = Chain::position_of(&record).and_then(|position| chain.id_at(position)) {
                // Known since joining; another record in its place is a fork.
                return if known == record.id() { Ok(()) } else { Err(SyncError::Untrusted) };
            }
            // A chain that does not follow is a server to mistrust, not a record to skip.
            chain.add(&record).map_err(|_| SyncError::Untrusted)?;
            control::keep(connection, &record).map_err(SyncError::from)?;
            due::mark_all(connection)?;
            pulled.changes.merge(Changes::of([Topic::Session, Topic::Members]));
        }
        RecordKind::Ledger => {
            let signed =
                chain.member(&record.signer).is_some_and(|member| record.verify(&member.sign).is_ok());
            let about = record.read::<LedgerEntry>().and_then(|entry| entry.act().map(|_| entry.pathway()));
            match about {
                Ok(pathway) if erased::is(connection, pathway)? => {}
                Ok(pathway) if signed => {
                    control::keep(connection, &record)?;
                    settle::settle(connection, writer, pathway)?;
                    due::mark(connection, pathway)?;
                    pulled.bound.insert(pathway);
                    pulled.requests = true;
                    pulled.touch([pathway]);
                }
                _ => aside::keep(connection, "record", bytes)?,
            }
        }
        RecordKind::Epoch => {
            if !take_epoch(connection, chain, &record)? {
                aside::keep(connection, "record", bytes)?;
            }
            pulled.keys = true;
        }
        RecordKind::Tell | RecordKind::Request => {
            let member = chain.member(&record.signer);
            let may = member.is_some_and(|it| match record.kind {
                RecordKind::Tell => it.role == Role::Referent && record.read::<TellBody>().is_ok(),
                _ => it.role.holds_keys() && request_reads(&record),
            });
            if may && member.is_some_and(|it| record.verify(&it.sign).is_ok()) {
                control::keep(connection, &record)?;
                pulled.requests = true;
                pulled.changes.merge(Changes::of([Topic::People, Topic::Today]));
            } else {
                aside::keep(connection, "record", bytes)?;
            }
        }
        // Receipts are for the cité; an erasure comes in its own place.
        RecordKind::Receipt | RecordKind::Erasure => {}
        // Référents keep them: one may have to open what is sealed to them, or to the recovery key.
        RecordKind::Escrow => {
            let referent = chain.member(&writer.signer.id()).is_some_and(Member::is_active_referent);
            if referent && escrow::may_keep(chain, &record) {
                control::keep(connection, &record)?;
            }
        }
    }
    pulled.received += 1;
    Ok(())
}

/// The server lacks something that it had: it is offered again, the person's ledger first, as far as the
/// ledger allows it; what it does not allow counts no more.
fn wanted_back(connection: &Connection, writer: &Writer<'_>, key: DocumentKey) -> Result<(), EngineError> {
    if key == digest::EPOCHS {
        return control::offer_epochs(connection);
    }
    if let Some(pathway) = digest::whose_ledger(key) {
        return control::offer_about(connection, pathway);
    }
    let may = match key.kind.is_named_part() {
        true => granted(connection, writer, key)?.is_some(),
        false => may_leave(connection, key, &mut BTreeMap::new())?,
    };
    if !may {
        return digest::hold(connection, key);
    }
    offer::put(connection, key)?;
    match key.kind {
        DocumentKind::Pathway => control::offer_about(connection, PathwayId::from(key.id)),
        _ => Ok(()),
    }
}

/// Drops a part this device no longer sees; who wrote in it here keeps it.
fn drop_part(
    connection: &Connection,
    writer: &Writer<'_>,
    chain: &Chain,
    key: DocumentKey,
) -> Result<(), EngineError> {
    let authors = crate::store::sealed::change::authors(connection, key)?;
    let here = |signer| chain.member(signer).is_some_and(|member| member.device == writer.device);
    if authors.iter().any(here) {
        return digest::hide(connection, key);
    }
    crate::store::sealed::drop_copy(connection, key)?;
    Ok(())
}

struct Taker<'a> {
    connection: &'a Connection,
    writer: &'a Writer<'a>,
    documents: HashMap<DocumentKey, Document>,
    touched: BTreeSet<DocumentKey>,
}

impl Taker<'_> {
    /// Takes a batch whose signature holds; returns how many groups were new.
    fn batch(&mut self, chain: &Chain, carrier: &mut Carrier, sent: &SentBatch) -> Result<u32, SyncError> {
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
            change::acknowledge_known(self.connection, key, &change.hash())?;
            return Ok(false);
        }
        if erased::covers(self.connection, key.id)? {
            return Ok(false);
        }
        // A copy of this store used the number: what waits here from there on is made again.
        if let Some(from) = change::numbered(self.connection, key, change.actor, change.seq())? {
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
