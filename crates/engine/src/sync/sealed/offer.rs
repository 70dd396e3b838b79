//! The device's half: named parts of which the server lacks something are offered again, sealed changes
//! under the signatures of their authors, and wraps. Nothing is deleted whatever the answers are.

use super::super::answer::Outcome;
use super::super::batches::Batches;
use super::super::error::SyncError;
use super::super::reconcile::settle_offer;
use super::message::{SealedBatch, SealedItem, SentSealed, SentWrap};
use crate::error::EngineError;
use crate::seal::share::granted;
use crate::store::digest::{self, Counted};
use crate::store::offer::{self, Settled, Signed};
use crate::store::sealed::wrap;
use crate::write::Writer;
use document::sealed::Envelope;
use document::{DocumentKey, Group};
use domain::ledger::Grant;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What an upload offers again, in order.
#[derive(Debug, Default)]
pub(super) struct Again {
    wraps: Vec<(DocumentKey, i64)>,
    changes: Vec<(DocumentKey, i64)>,
    /// Parts that the ledger no longer allows to be sent.
    barred: BTreeSet<DocumentKey>,
}

impl Again {
    pub(super) fn wraps(&self) -> usize {
        self.wraps.len()
    }

    pub(super) fn changes(&self) -> usize {
        self.changes.len()
    }
}

/// Gathers offers of at most `budget` bytes; returns their size.
pub(super) fn gather(
    connection: &Connection,
    writer: &Writer<'_>,
    budget: usize,
    batches: &mut Batches<'_, SealedBatch>,
    wraps: &mut Vec<SentWrap>,
    again: &mut Again,
) -> Result<usize, SyncError> {
    let mut grants: BTreeMap<DocumentKey, Option<Grant>> = BTreeMap::new();
    let mut size = 0;
    let mut after = 0;
    loop {
        let page = offer::due_wraps(connection, after, 256)?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        for (row, it) in page {
            if grant(connection, writer, &mut grants, it.key)?.is_none() {
                again.barred.insert(it.key);
                continue;
            }
            let key = it.key;
            let sent = SentWrap::from(it);
            if size + sent.size() > budget && size > 0 {
                return Ok(size);
            }
            size += sent.size();
            wraps.push(sent);
            again.wraps.push((key, row));
        }
    }
    let mut after = 0;
    loop {
        let page = offer::due_sealed(connection, after, 256)?;
        let Some(last) = page.last() else { return Ok(size) };
        after = last.position;
        for settled in page {
            let Some(grant) = grant(connection, writer, &mut grants, settled.key)? else {
                again.barred.insert(settled.key);
                continue;
            };
            let cost = settled.what.len() + 96;
            if size + batches.size() + cost > budget && size > 0 {
                return Ok(size + batches.size());
            }
            size += cost;
            again.changes.push((settled.key, settled.position));
            add(writer, batches, settled, &grant)?;
        }
    }
}

/// What the ledger grants of a part, looked up once.
fn grant(
    connection: &Connection,
    writer: &Writer<'_>,
    known: &mut BTreeMap<DocumentKey, Option<Grant>>,
    key: DocumentKey,
) -> Result<Option<Grant>, EngineError> {
    if let Some(grant) = known.get(&key) {
        return Ok(grant.clone());
    }
    let grant = granted(connection, writer, key)?;
    known.insert(key, grant.clone());
    Ok(grant)
}

fn add(
    writer: &Writer<'_>,
    batches: &mut Batches<'_, SealedBatch>,
    settled: Settled<Vec<u8>>,
    grant: &Grant,
) -> Result<(), EngineError> {
    let group = Group {
        key: settled.key,
        hashes: vec![Envelope::hash(&settled.what).into()],
        cursor: settled.cursor,
        on: settled.on,
        level: settled.level,
    };
    let item = SealedItem::Group(SentSealed::of(&group, grant.relied_on, settled.what));
    match settled.signed {
        Signed::Batch(row, place) => batches.kept((row, place), item),
        Signed::Alone(signature) => {
            batches.made(settled.actor.signer, signature, group.digest(writer.cite), item)
        }
    }
}

/// Settles the answers.
pub(super) fn settle(
    connection: &Connection,
    again: &Again,
    changes: &[Outcome],
    wraps: &[Outcome],
) -> Result<(), EngineError> {
    for key in &again.barred {
        offer::forget(connection, *key)?;
        digest::hold(connection, *key)?;
    }
    for ((key, position), outcome) in again.changes.iter().zip(changes) {
        if *outcome != Outcome::Later {
            offer::advance(connection, *key, *position)?;
        }
        settle_offer(connection, Counted::Sealed(*position), *outcome)?;
    }
    for ((key, row), outcome) in again.wraps.iter().zip(wraps) {
        if *outcome != Outcome::Later {
            offer::advance_wraps(connection, *key, *row)?;
        }
        if *outcome == Outcome::Accepted {
            wrap::acknowledge(connection, *row)?;
        }
        settle_offer(connection, Counted::Wrap(*row), *outcome)?;
    }
    Ok(())
}
