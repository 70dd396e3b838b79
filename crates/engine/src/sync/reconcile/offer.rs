//! Offering again what a server lacks: settled changes, each under the signature of its author, so that
//! a colleague's work comes back from whoever holds it.

use super::super::answer::Outcome;
use super::super::batches::Batches;
use super::super::carry::Carrier;
use super::super::error::SyncError;
use super::super::message::{SentBatch, SentGroup};
use crate::error::EngineError;
use crate::store::digest::{self, Counted};
use crate::store::offer::{self, Coded, Settled, Signed};
use crate::write::Writer;
use document::{DocumentKey, Group};
use rusqlite::Connection;

/// A change that was offered: its document, its position.
pub(in super::super) type Offered = (DocumentKey, i64);

/// Gathers offers of at most `budget` raw bytes into `batches`; returns what was offered, and its size.
pub(in super::super) fn gather(
    connection: &Connection,
    writer: &Writer<'_>,
    carrier: &mut Carrier,
    batches: &mut Batches<'_, SentBatch>,
    budget: usize,
) -> Result<(Vec<Offered>, usize), SyncError> {
    let (mut offered, mut size, mut after) = (Vec::new(), 0, 0);
    'pages: loop {
        let page = offer::due(connection, after, 256)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for settled in page {
            if size + batches.size() + settled.what.bytes.len() + 64 > budget && !offered.is_empty() {
                break 'pages;
            }
            let stripped = carrier.strip(settled.key, settled.what.hash, &settled.what.bytes)?;
            size += stripped.len() + 64;
            offered.push((settled.key, settled.position));
            add(writer, batches, &settled, stripped)?;
        }
    }
    Ok((offered, size + batches.size()))
}

fn add(
    writer: &Writer<'_>,
    batches: &mut Batches<'_, SentBatch>,
    settled: &Settled<Coded>,
    stripped: Vec<u8>,
) -> Result<(), EngineError> {
    let group = Group {
        key: settled.key,
        hashes: vec![settled.what.hash.into()],
        cursor: settled.cursor,
        on: settled.on,
        level: settled.level,
    };
    let item = SentGroup::of(&group, stripped);
    match settled.signed {
        Signed::Batch(row, place) => batches.kept((row, place), item),
        Signed::Alone(signature) => {
            batches.made(settled.actor.signer, signature, group.digest(writer.cite), item)
        }
    }
}

/// Settles the answers to offers: nothing is deleted whatever they are.
pub(in super::super) fn settle(
    connection: &Connection,
    offered: &[Offered],
    outcomes: impl IntoIterator<Item = Outcome>,
) -> Result<(), EngineError> {
    for ((key, position), outcome) in offered.iter().zip(outcomes) {
        if outcome != Outcome::Later {
            offer::advance(connection, *key, *position)?;
        }
        settle_one(connection, Counted::Change(*position), outcome)?;
    }
    Ok(())
}

/// What an answer to something offered again means for the sums: what the server may not take as the
/// ledger stands counts no more; what it should have taken goes on counting, and is noticed.
pub(in super::super) fn settle_one(
    connection: &Connection,
    what: Counted,
    outcome: Outcome,
) -> Result<(), EngineError> {
    match outcome {
        Outcome::Accepted => digest::count(connection, what),
        Outcome::ConsentPending | Outcome::ConsentWithdrawn | Outcome::Erased => {
            digest::uncount(connection, what)
        }
        _ => Ok(()),
    }
}
