//! The device's half, outwards: sealed changes whose sharing the ledger allows, and wraps.

use super::super::answer::Outcome;
use super::super::batches::Batches;
use super::super::carriage::{Brought, Signers};
use super::super::error::SyncError;
use super::message::{SealedBatch, SealedItem, SentSealed, SentWrap};
use super::offer::{self, Again};
use crate::error::EngineError;
use crate::seal::part::{edit, open_edits, refresh};
use crate::seal::share::granted;
use crate::store::again;
use crate::store::carried;
use crate::store::refused::{self, Refused};
use crate::store::sealed::outbox::{self, Waiting};
use crate::store::sealed::wrap;
use crate::sync::replay::{as_then, raise};
use crate::write::Writer;
use document::{DocumentKey, Group};
use domain::ledger::Grant;
use domain::time::Day;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Most wraps in one upload.
const MOST_WRAPS: u32 = 512;

/// What an upload offers of named parts, and how its answers are settled.
#[derive(Debug, Default)]
pub(crate) struct Offered {
    /// What is offered again, before the rest.
    again: Again,
    groups: Vec<Waiting>,
    brought: Brought,
    wraps: Vec<i64>,
    /// Raw bytes of it, about.
    size: usize,
    /// More of it may be sent.
    pub(crate) more: bool,
}

impl Offered {
    /// Groups in it.
    pub(crate) fn groups(&self) -> usize {
        self.again.changes() + self.groups.len() + self.brought.len()
    }

    /// Wraps in it.
    pub(crate) fn wraps(&self) -> usize {
        self.again.wraps() + self.wraps.len()
    }

    /// Raw bytes of it, about.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Groups and wraps in it that wait here: what is offered again or brought for others does not.
    pub(crate) fn of_here(&self) -> (usize, usize) {
        (self.groups.len(), self.wraps.len())
    }

    /// Whether it is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.groups() == 0 && self.wraps() == 0
    }
}

/// Gathers at most `budget` bytes; what was `skipped` in this run is left out. What is `pending` is
/// offered again; what waits of it follows once that is there.
pub(crate) fn gather(
    connection: &Connection,
    writer: &Writer<'_>,
    signers: &Signers,
    budget: usize,
    skipped: &BTreeSet<DocumentKey>,
    pending: &BTreeSet<DocumentKey>,
) -> Result<(Vec<SealedBatch>, Vec<SentWrap>, Offered), SyncError> {
    let mut offered = Offered::default();
    let mut grants: BTreeMap<DocumentKey, Option<Grant>> = BTreeMap::new();
    let mut grant = |key: DocumentKey| -> Result<Option<Grant>, EngineError> {
        if let Some(known) = grants.get(&key) {
            return Ok(known.clone());
        }
        let left_out = skipped.contains(&key) || pending.contains(&key);
        let granted = if left_out { None } else { granted(connection, writer, key)? };
        grants.insert(key, granted.clone());
        Ok(granted)
    };
    let (mut size, mut wraps) = (0, Vec::new());
    let mut batches = Batches::new(connection, Some(writer.signer));
    if pending.iter().any(|key| key.kind.is_named_part()) {
        size += offer::gather(connection, writer, budget, &mut batches, &mut wraps, &mut offered.again)?;
        offered.more = true;
    }
    for (id, it) in wrap::waiting(connection, 0, MOST_WRAPS)? {
        if grant(it.key)?.is_none() {
            continue;
        }
        let sent = SentWrap::from(it);
        if size + sent.size() > budget {
            offered.more = true;
            break;
        }
        size += sent.size();
        wraps.push(sent);
        offered.wraps.push(id);
    }
    offered.more |= offered.wraps.len() == MOST_WRAPS as usize;
    let mut after = 0;
    'pages: loop {
        let page = outbox::waiting(connection, after, 256)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for waiting in page {
            if !signers.may_send(&waiting.actor.signer) {
                continue;
            }
            let Some(grant) = grant(waiting.key)? else { continue };
            let cost = waiting.envelope.len() + 96;
            if size + cost > budget && !offered.is_empty() {
                offered.more = true;
                break 'pages;
            }
            size += cost;
            let group = group_of(&waiting.group)?;
            let item = item(&group, &grant, waiting.envelope.clone());
            batches.made(waiting.actor.signer, waiting.signature, group.digest(writer.cite), item)?;
            offered.groups.push(waiting);
        }
    }
    let mut after = 0;
    'carried: while !offered.more {
        let page = carried::waiting(connection, true, after, 256)?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        for (id, it) in page {
            let Some(grant) = grant(it.key)? else { continue };
            let cost = it.bytes.len() + 160;
            if size + cost > budget && !offered.is_empty() {
                offered.more = true;
                break 'carried;
            }
            size += cost;
            let group = group_of(&it.group)?;
            let item = item(&group, &grant, it.bytes.clone());
            batches.made(it.signer, it.signature, group.digest(writer.cite), item)?;
            offered.brought.push(id, it);
        }
    }
    offered.size = size;
    Ok((batches.finish()?, wraps, offered))
}

fn group_of(signed: &[u8]) -> Result<Group, EngineError> {
    minicbor::decode(signed).map_err(|_| EngineError::Damaged)
}

fn item(group: &Group, grant: &Grant, envelope: Vec<u8>) -> SealedItem {
    SealedItem::Group(SentSealed::of(group, grant.relied_on, envelope))
}

/// Settles the answers; `given` is the incarnation to make things again under. Returns the documents that
/// are not to be sent again in this run.
pub(crate) fn settle(
    connection: &Connection,
    writer: &Writer<'_>,
    offered: &Offered,
    groups: &[Outcome],
    wraps: &[Outcome],
    given: Option<u32>,
) -> Result<BTreeSet<DocumentKey>, EngineError> {
    let (again, groups) = groups.split_at(offered.again.changes().min(groups.len()));
    let (wraps_again, wraps) = wraps.split_at(offered.again.wraps().min(wraps.len()));
    offer::settle(connection, &offered.again, again, wraps_again)?;
    for (id, outcome) in offered.wraps.iter().zip(wraps) {
        if *outcome == Outcome::Accepted {
            wrap::acknowledge(connection, *id)?;
        } else if !outcome.is_retryable() {
            wrap::refuse(connection, *id)?;
        }
    }
    let mut skipped = BTreeSet::new();
    // Documents of which something is taken out, and from where on the rest is made again.
    let mut out: BTreeMap<DocumentKey, i64> = BTreeMap::new();
    let (groups, brought) = groups.split_at(offered.groups.len().min(groups.len()));
    offered.brought.settle(connection, brought, &mut skipped)?;
    for (waiting, outcome) in offered.groups.iter().zip(groups) {
        match outcome {
            // The server cannot see that it builds on what is taken out: it would never open.
            Outcome::Accepted if out.contains_key(&waiting.key) => {}
            Outcome::Accepted => outbox::acknowledge(connection, waiting.position)?,
            Outcome::Clone => drop(out.entry(waiting.key).or_insert(waiting.position)),
            Outcome::Later => {}
            // Erased there: the ledger record that says so is on its way here, and decides.
            Outcome::MissingDependency
            | Outcome::ConsentPending
            | Outcome::ServerTooOld
            | Outcome::SignerRevoked
            | Outcome::Erased => {
                skipped.insert(waiting.key);
            }
            // It stays readable for its author; it is not offered for ever.
            Outcome::ConsentWithdrawn => drop(skipped.insert(waiting.key)),
            Outcome::NotEntitled | Outcome::Invalid | Outcome::ChainMoved => {
                outbox::forget(connection, waiting.position)?;
                set_aside(connection, waiting, outcome.code())?;
                out.entry(waiting.key).or_insert(waiting.position);
            }
        }
    }
    for (key, from) in out {
        remake(connection, writer, key, from, raise(connection, writer, given)?)?;
    }
    Ok(skipped)
}

/// Keeps the edits of a change that was taken out, sealed as they are: its author finds them again.
fn set_aside(connection: &Connection, waiting: &Waiting, reason: &str) -> Result<(), EngineError> {
    let (signer, on) = (waiting.actor.signer, Day(group_of(&waiting.group)?.on));
    refused::keep(connection, &Refused::sealed(waiting.key, signer, on, &waiting.edits, reason))
}

/// Takes out of a part what waits from a position on, and makes the edits of the user at work again; those
/// of others wait until they are at work.
pub(crate) fn remake(
    connection: &Connection,
    writer: &Writer<'_>,
    key: DocumentKey,
    from: i64,
    incarnation: u32,
) -> Result<(), EngineError> {
    for old in &outbox::take_out(connection, key, from)? {
        let group = group_of(&old.group)?;
        if old.actor.signer != writer.signer.id() {
            again::put(connection, old.actor.signer, &group, &old.edits)?;
            continue;
        }
        let edits = open_edits(writer.own_key, &old.edits)?;
        let then = as_then(writer, &group, incarnation);
        if let Err(EngineError::Document(_)) = edit(connection, &then, key, &edits) {
            set_aside(connection, old, "invalid")?;
        }
    }
    refresh(connection, writer.reader(), key)
}
