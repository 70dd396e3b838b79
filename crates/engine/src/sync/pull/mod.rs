//! The device's half, inwards: applies a frame in one transaction, its cursor with it.

mod changes;
mod record;

use changes::Taker;
use record::take_control;

use crate::erasure::device::Taken;
use crate::error::EngineError;
use crate::request;
use crate::seal::share::granted;
use crate::seal::{Epochs, open_wraps, settle};
use crate::store::sealed::due;
use crate::store::{asset, change, control, digest, link, meta, offer, projection};
use crate::sync::anchor;
use crate::sync::carry::Carrier;
use crate::sync::days;
use crate::sync::error::SyncError;
use crate::sync::membership;
use crate::sync::message::Download;
use crate::sync::noted;
use crate::sync::push::{STANDING, Sent, Standing, may_leave, settle};
use crate::sync::reconcile::Found;
use crate::sync::replay::{COPIED, INCARNATION, TOKEN, raise};
use crate::sync::rollback;
use crate::sync::sealed;
use crate::sync::wanted;
use crate::write::Writer;
use document::DocumentKey;
use document::control::Chain;
use domain::changes::{Changes, Topic};
use domain::ids::PathwayId;
use domain::time::Day;
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
    /// The server could not take all of the device's audit: it waits for another run.
    pub(crate) audit_waits: bool,
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
    let mut chain = control::chain(connection)?;
    if let Some(sent) = sent {
        rollback::look(connection, &chain, &frame, sent)?;
    }
    let mut pulled = Pulled { remaining: frame.remaining, ..Pulled::default() };
    pulled.server_is_older = frame.level < document::schema::LEVEL;
    pulled.digest = frame.digest.map(|sum| u128::from_be_bytes(*sum));
    pulled.found = frame.found.clone();
    if let Some(store) = &frame.store {
        meta::put(connection, TOKEN, &*store.token)?;
        match (store.copies, meta::get::<Day>(connection, COPIED)?) {
            (Some(_), None) if !rollback::lately(connection, writer.on)? => {
                meta::put(connection, COPIED, &writer.on)?;
            }
            (None, Some(_)) => meta::forget(connection, COPIED)?,
            _ => {}
        }
        if store.copied {
            raise(connection, writer, store.incarnation)?;
            if !rollback::lately(connection, writer.on)? {
                meta::put(connection, COPIED, &writer.on)?;
            }
        }
    }
    if let Some(last) = sent.and_then(|it| it.audit) {
        // A server that says nothing of it has not taken it.
        if let Some(up_to) = frame.audit_taken {
            noted::settle(connection, writer, up_to)?;
        }
        pulled.audit_waits = frame.audit_taken.is_none_or(|up_to| up_to < last);
    }
    if let Some(sent) = sent {
        let settled = rollback::settling(connection, &frame, || settle(connection, writer, sent, &frame))?;
        (pulled.skipped, pulled.chain_moved) = (settled.skipped, settled.chain_moved);
        if sent.groups() > 0 {
            pulled.changes.merge(Changes::of([Topic::Today, Topic::People]));
        }
    }
    let writer =
        &Writer { incarnation: meta::get(connection, INCARNATION)?.unwrap_or(writer.incarnation), ..*writer };
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
        let opened = open_wraps(connection, writer, epochs, None)?;
        pulled.touch(opened.iter().map(|key| PathwayId::from(key.id)));
    }
    let known: Standing = meta::get(connection, STANDING)?.unwrap_or_default();
    pulled.restored = known.epoch != 0 && known.epoch != frame.epoch;
    let regaining = known.regaining || pulled.restored;
    membership::compare(connection, &chain, &frame, regaining)?;
    if pulled.restored {
        rollback::raise(connection, true, writer.on)?;
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
    let counted = days::take(connection, writer, &frame)?;
    pulled.touch(counted);
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
    for lacking in frame.found.iter().flat_map(|found| &found.wanted) {
        wanted_back(connection, writer, lacking.key)?;
    }
    for key in &frame.revoked {
        if key.kind.is_named_part() {
            drop_part(connection, writer, &chain, *key)?;
            pulled.touch([PathwayId::from(key.id)]);
        } else if key.generation == 0 {
            control::drop_escrows(connection, *key)?;
        } else {
            change::drop_document(connection, *key)?;
            if key.kind == DocumentKind::Pathway {
                pulled.touch([PathwayId::from(key.id)]);
            }
        }
        pulled.changes.merge(Changes::of([Topic::People, Topic::Today]));
    }
    let incarnation: Option<u32> = meta::get(connection, INCARNATION)?;
    pulled.remade = incarnation.is_some_and(|it| it > before);
    if pulled.remade {
        pulled.changes.merge(Changes::of([Topic::Today, Topic::People]));
    }
    let ahead = frame.ahead.unwrap_or_default();
    // No frame takes this device back in a log that it knows.
    let known = Some(known).filter(|it| it.epoch == frame.epoch).unwrap_or_default();
    let cursor = frame.cursor.max(known.cursor);
    let standing = Standing { epoch: frame.epoch, cursor, level: frame.level, regaining, ahead };
    meta::put(connection, STANDING, &standing)?;
    pulled.changes.merge(Changes::of([Topic::Sync]));
    Ok(pulled)
}

/// The server lacks something that it had: it is offered again, the person's ledger first, as far as the
/// ledger allows it; what it does not allow counts no more.
fn wanted_back(connection: &Connection, writer: &Writer<'_>, key: DocumentKey) -> Result<(), EngineError> {
    if let Some(pathway) = digest::whose_ledger(key) {
        return control::offer_about(connection, pathway);
    }
    if key.generation == 0 {
        return control::offer_of(connection, key);
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
