//! The device's half, outwards: gathers what waits into one bounded upload, and settles the answers.

use super::answer::{Outcome, outcomes};
use super::batches::Batches;
use super::carriage::{self, Brought, Signers};
use super::carry::Carrier;
use super::error::SyncError;
use super::frame::{MOST_UPLOAD, pack};
use super::message::{Download, Presented, SentBatch, SentGroup, Upload};
use super::noted;
use super::reconcile::{Check, Reconcile, gather_offers, settle_offers};
use super::replay::{TOKEN, raise, replay};
use super::sealed::{self, Offered};
use super::wanted;
use crate::error::EngineError;
use crate::store::refused::{self, Refused};
use crate::store::sealed::{outbox as parts, wrap};
use crate::store::{Waiting, change, control, digest, meta, offer, outbox};
use crate::write::Writer;
use document::audit::AuditUpload;
use document::control::Step;
use document::{DocumentKey, Group};
use domain::ids::PathwayId;
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use minicbor::bytes::ByteArray;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Most control records in one upload.
const MOST_CONTROLS: u32 = 2_048;
/// Bytes kept free for what stands round the changes.
const ROUND: usize = 4 * 1024;

/// What an upload carried, in order, so that its answers can be settled.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    wanted: Vec<Step>,
    controls: Vec<i64>,
    /// Settled changes offered again, before the groups.
    offered: Vec<(DocumentKey, i64)>,
    groups: Vec<Waiting>,
    brought: Brought,
    parts: Offered,
    /// Server epoch and cursor that stood in it.
    pub(crate) asked: (u64, u64),
    /// Place of the last entry of this device's audit.
    pub(super) audit: Option<u64>,
    /// Things still waiting after this upload that may be sent now.
    pub(crate) more: bool,
}

impl Sent {
    /// Groups in it.
    pub(crate) fn groups(&self) -> usize {
        self.groups.len() + self.brought.len() + self.parts.groups()
    }
}

/// Where this device stands with its server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Standing {
    /// Server epoch.
    pub(crate) epoch: u64,
    /// Last sequence applied.
    pub(crate) cursor: u64,
    /// Schema level the server announced; 0 before the first exchange.
    pub(crate) level: u16,
    /// The server was restored, and does not have all again yet.
    pub(crate) regaining: bool,
    /// Up to where control records and erasures were applied; at or before the cursor: no further.
    #[serde(default)]
    pub(crate) ahead: u64,
}

/// Name under which [`Standing`] is kept.
pub(crate) const STANDING: &str = "standing";

/// Gathers an upload of at most `budget` raw bytes; what was `skipped` in this run is left out, and the
/// audit where it `waits`.
pub(crate) fn gather(
    connection: &Connection,
    writer: &Writer<'_>,
    standing: Standing,
    budget: usize,
    skipped: &BTreeSet<DocumentKey>,
    audit_waits: bool,
    reconcile: &Reconcile,
) -> Result<(Vec<u8>, Sent), SyncError> {
    let (check, gives_back) = (reconcile.check(), reconcile.gives_back(connection)?);
    let budget = budget.min(MOST_UPLOAD - ROUND);
    let mut upload = Upload {
        version: super::VERSION,
        epoch: standing.epoch,
        cursor: standing.cursor,
        level: document::schema::LEVEL,
        announced: 0,
        controls: Vec::new(),
        batches: Vec::new(),
        wraps: Vec::new(),
        sealed: Vec::new(),
        check: check.cloned(),
        store: Some(Presented {
            token: meta::get::<[u8; 8]>(connection, TOKEN)?.map(ByteArray::from),
            incarnation: writer.incarnation,
        }),
        audit_seen: super::anchor::seen(connection)?,
        regaining: standing.regaining.then_some(true),
        ahead: Some(standing.ahead).filter(|ahead| *ahead > standing.cursor),
        audit: None,
        more: None,
        beside: None,
    };
    let signers = Signers::of(connection, writer)?;
    let mut sent = Sent { asked: (standing.epoch, standing.cursor), ..Sent::default() };
    let mut size = check.map_or(0, Check::size);
    for (step, record) in wanted::sign(connection, writer)? {
        let bytes = minicbor::to_vec(&record).expect("encoding into memory does not fail");
        size += bytes.len();
        sent.wanted.push(step);
        upload.controls.push(bytes.into());
    }
    for (position, bytes) in control::waiting(connection, MOST_CONTROLS + 1)? {
        let full = size + bytes.len() > budget && !sent.controls.is_empty();
        if full || sent.controls.len() == MOST_CONTROLS as usize {
            sent.more = true;
            break;
        }
        size += bytes.len();
        sent.controls.push(position);
        upload.controls.push(bytes.into());
    }
    // No change goes before the records that it may rely on.
    let records_left = sent.more;
    let mut allowed: BTreeMap<PathwayId, bool> = BTreeMap::new();
    let mut carrier = Carrier::new(writer.cite);
    let mut batches = Batches::new(connection, Some(writer.signer));
    // What waits builds on what is offered again: it follows once that is there.
    let pending = offer::pending(connection)?;
    if !sent.more && gives_back && pending.iter().any(|key| !key.kind.is_named_part()) {
        let left = budget.saturating_sub(size);
        let (offered, bytes) = gather_offers(connection, writer, &mut carrier, &mut batches, left)?;
        sent.more = true;
        size += bytes;
        sent.offered = offered;
    }
    let mut after = 0;
    'pages: loop {
        if records_left {
            break;
        }
        let page = outbox::waiting(connection, after, 256)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for waiting in page {
            if skipped.contains(&waiting.key)
                || !signers.may_send(&waiting.actor.signer)
                || pending.contains(&waiting.key)
                || !may_leave(connection, waiting.key, &mut allowed)?
            {
                continue;
            }
            let cost = waiting.bytes.len() + 16;
            if size + cost > budget
                && !(sent.groups.is_empty() && sent.controls.is_empty() && sent.offered.is_empty())
            {
                sent.more = true;
                break 'pages;
            }
            size += cost;
            add(&mut batches, &mut carrier, writer, &waiting)?;
            sent.groups.push(waiting);
        }
    }
    if !sent.more {
        let may = |key| Ok(!skipped.contains(&key) && may_leave(connection, key, &mut allowed)?);
        let (rest, brought) = (budget.saturating_sub(size), &mut sent.brought);
        let (cost, more) =
            carriage::gather(connection, writer.cite, &mut carrier, rest, may, &mut batches, brought)?;
        (size, sent.more) = (size + cost, more);
    }
    upload.batches = batches.finish()?;
    // What is readable goes first: a part is visible to whom its pathway is.
    if !sent.more {
        let (rest, held, none) = (budget.saturating_sub(size), skipped | &pending, BTreeSet::new());
        let (skipped, pending) = if gives_back { (skipped, &pending) } else { (&held, &none) };
        (upload.sealed, upload.wraps, sent.parts) =
            sealed::gather(connection, writer, &signers, rest, skipped, pending)?;
        size += sent.parts.size();
        sent.more = sent.parts.more;
    }
    // What was noted serves nobody on the way: it fills what room is left, and never holds up a comparison.
    if !sent.more && !audit_waits && check.is_none() {
        (upload.audit, sent.more) = noted::gather(connection, writer, budget.saturating_sub(size))?;
        sent.audit = upload.audit.as_ref().map(AuditUpload::last);
    }
    let (waiting, _) = outbox::counts(connection)?;
    upload.announced = waiting.saturating_sub(sent.groups.len() as u32);
    upload.more = sent.more.then_some(true);
    upload.beside = beside(connection, &sent)?;
    let raw = minicbor::to_vec(&upload).expect("encoding into memory does not fail");
    Ok((pack(&raw)?, sent))
}

/// Sealed changes, wraps and records that wait beside what is sent.
fn beside(connection: &Connection, sent: &Sent) -> Result<Option<u32>, EngineError> {
    let all =
        parts::count(connection)? + wrap::count_waiting(connection)? + control::count_waiting(connection)?;
    let (changes, wraps) = sent.parts.of_here();
    let left = all.saturating_sub((changes + wraps + sent.controls.len()) as u32);
    Ok((left > 0).then_some(left))
}

/// Whether a document may leave this device now: never a named part; a pathway as its ledger says.
pub(super) fn may_leave(
    connection: &Connection,
    key: DocumentKey,
    allowed: &mut BTreeMap<PathwayId, bool>,
) -> Result<bool, EngineError> {
    match key.kind {
        kind if kind.is_named_part() => Ok(false),
        DocumentKind::Pathway => {
            let pathway = PathwayId::from(key.id);
            if let Some(known) = allowed.get(&pathway) {
                return Ok(*known);
            }
            let ledger = control::ledger(connection, pathway)?;
            // A link travels even where it freezes the record: it binds nobody before it is known.
            let may = ledger.may_synchronise().is_ok()
                || (ledger.alone().may_synchronise().is_ok()
                    && outbox::waits_with(connection, key, "links")?);
            allowed.insert(pathway, may);
            Ok(may)
        }
        _ => Ok(true),
    }
}

fn add(
    batches: &mut Batches<'_, SentBatch>,
    carrier: &mut Carrier,
    writer: &Writer<'_>,
    waiting: &Waiting,
) -> Result<(), SyncError> {
    let group: Group = minicbor::decode(&waiting.group).map_err(|_| EngineError::Damaged)?;
    let stripped = carrier.strip(waiting.key, waiting.hash, &waiting.bytes)?;
    let (signer, digest) = (waiting.actor.signer, group.digest(writer.cite));
    Ok(batches.made(signer, waiting.signature, digest, SentGroup::of(&group, stripped))?)
}

/// What the answers to an upload leave.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Documents not to be sent again in this run.
    pub(super) skipped: BTreeSet<DocumentKey>,
    /// Somebody else's membership record came first: to be signed again on the new head.
    pub(super) chain_moved: bool,
}

/// Settles the answers to an upload.
pub(super) fn settle(
    connection: &Connection,
    writer: &Writer<'_>,
    sent: &Sent,
    download: &Download,
) -> Result<Settled, SyncError> {
    let expected = sent.wanted.len() + sent.controls.len();
    let mut controls = outcomes(&download.controls_taken, expected).ok_or(SyncError::Untrusted)?;
    let rest = controls.split_off(sent.wanted.len());
    let chain_moved = controls.contains(&Outcome::ChainMoved);
    for (step, outcome) in sent.wanted.iter().zip(controls) {
        // An accepted step comes back with the log, and is forgotten once the chain says it.
        if !matches!(outcome, Outcome::Accepted | Outcome::ChainMoved) {
            wanted::retain(connection, writer.user, |it| it != step)?;
        }
    }
    let offered = sent.offered.len();
    let answered = offered + sent.groups.len();
    let mut groups =
        outcomes(&download.groups_taken, answered + sent.brought.len()).ok_or(SyncError::Untrusted)?;
    let brought = groups.split_off(answered);
    let mut groups = groups.into_iter();
    settle_offers(connection, &sent.offered, groups.by_ref().take(offered))?;
    for (position, outcome) in sent.controls.iter().zip(rest) {
        // What the server finally refuses stays in the ledger here; it is not offered for ever.
        if outcome == Outcome::Accepted {
            control::acknowledge(connection, *position)?;
        } else if !outcome.is_retryable() {
            control::refuse(connection, *position)?;
        }
    }
    let parts = outcomes(&download.sealed_taken, sent.parts.groups()).ok_or(SyncError::Untrusted)?;
    let wraps = outcomes(&download.wraps_taken, sent.parts.wraps()).ok_or(SyncError::Untrusted)?;
    let given = download.store.as_ref().and_then(|it| it.incarnation);
    let mut skipped = sealed::settle(connection, writer, &sent.parts, &parts, &wraps, given)?;
    sent.brought.settle(connection, &brought, &mut skipped)?;
    // Documents of which something is taken out, and from where on the rest is made again.
    let mut out: BTreeMap<DocumentKey, i64> = BTreeMap::new();
    for (waiting, outcome) in sent.groups.iter().zip(groups) {
        match outcome {
            Outcome::Accepted => {
                outbox::acknowledge(connection, waiting.position)?;
                if digest::is_hidden(connection, waiting.key)? {
                    change::drop_document(connection, waiting.key)?;
                }
            }
            // It stands on what is taken out, and is made again with the rest.
            Outcome::MissingDependency if out.contains_key(&waiting.key) => {}
            Outcome::MissingDependency => {
                // A server that lost what it had acknowledged: all of the document is offered again.
                if !offer::put(connection, waiting.key)? {
                    skipped.insert(waiting.key);
                }
            }
            // Erased there: the record that says so is on its way here, and decides once it is verified.
            Outcome::ConsentPending | Outcome::ServerTooOld | Outcome::SignerRevoked | Outcome::Erased => {
                skipped.insert(waiting.key);
            }
            Outcome::Later => {}
            Outcome::Clone => drop(out.entry(waiting.key).or_insert(waiting.position)),
            Outcome::ConsentWithdrawn | Outcome::NotEntitled | Outcome::Invalid | Outcome::ChainMoved => {
                outbox::forget(connection, waiting.position)?;
                keep_refused(connection, waiting, outcome.code())?;
                out.entry(waiting.key).or_insert(waiting.position);
            }
        }
    }
    for (key, from) in out {
        replay(connection, writer, key, from, raise(connection, writer, given)?)?;
    }
    Ok(Settled { skipped, chain_moved })
}

/// Keeps the edits of a change that was taken out, for its author.
fn keep_refused(connection: &Connection, waiting: &Waiting, reason: &str) -> Result<(), EngineError> {
    let group: Group = minicbor::decode(&waiting.group).map_err(|_| EngineError::Damaged)?;
    let (signer, on) = (waiting.actor.signer, Day(group.on));
    refused::keep(connection, &Refused::coded(waiting.key, signer, on, &waiting.edits, reason))
}
