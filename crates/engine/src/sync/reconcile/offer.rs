//! Offering again what a server lacks: settled changes, each under the signature of its author, so that
//! a colleague's work comes back from whoever holds it.

use super::super::answer::Outcome;
use super::super::carry::Carrier;
use super::super::error::SyncError;
use super::super::message::{Item, SentBatch, SentGroup};
use crate::error::EngineError;
use crate::store::offer::{Settled, Signed};
use crate::store::{batch, change, offer};
use crate::write::Writer;
use document::{Batch, DocumentKey, Group, Hash, SignerId};
use rusqlite::Connection;

/// Most of the author's own groups under one new signature.
const MOST_OWN: usize = 32;
/// Bytes of a digest that stands for a group not offered.
const DIGEST: usize = 34;

/// A change that was offered: its document, its position.
pub(in super::super) type Offered = (DocumentKey, i64);

/// The batch under way.
enum Open {
    /// One that came from the server: its row, its digests.
    Theirs(i64, Vec<Hash>),
    /// Groups of the user at work, to be signed anew; the first one's signature where it stays alone.
    Own(Vec<Hash>),
    /// Another user's of this device, alone under its signature.
    Alone,
}

struct Gatherer<'a> {
    connection: &'a Connection,
    writer: &'a Writer<'a>,
    batches: Vec<SentBatch>,
    open: Option<Open>,
    size: usize,
}

/// Gathers offers of at most `budget` raw bytes; returns their batches, what was offered, their size.
pub(in super::super) fn gather(
    connection: &Connection,
    writer: &Writer<'_>,
    carrier: &mut Carrier,
    budget: usize,
) -> Result<(Vec<SentBatch>, Vec<Offered>, usize), SyncError> {
    let mut gatherer = Gatherer { connection, writer, batches: Vec::new(), open: None, size: 0 };
    let mut offered = Vec::new();
    let mut after = 0;
    'pages: loop {
        let page = offer::due(connection, after, 256)?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for settled in page {
            if gatherer.size + settled.bytes.len() + 64 > budget && !offered.is_empty() {
                break 'pages;
            }
            gatherer.add(carrier, &settled)?;
            offered.push((settled.key, settled.position));
        }
    }
    gatherer.close()?;
    Ok((gatherer.batches, offered, gatherer.size))
}

impl Gatherer<'_> {
    fn add(&mut self, carrier: &mut Carrier, settled: &Settled) -> Result<(), SyncError> {
        let stripped = carrier.strip(settled.key, settled.hash, &settled.bytes)?;
        self.size += stripped.len() + 64;
        let group = SentGroup {
            key: settled.key,
            cursor: settled.cursor,
            on: settled.on,
            level: settled.level,
            changes: vec![stripped.into()],
        };
        let signer = settled.actor.signer;
        match settled.signed {
            Signed::Batch(row, place) => {
                let follows = matches!(&self.open, Some(Open::Theirs(open, _)) if *open == row)
                    && self.batches.last().is_some_and(|sent| sent.items.len() <= place as usize);
                if !follows {
                    self.close()?;
                    let (signer, kept) = batch::get(self.connection, row)?.ok_or(EngineError::Damaged)?;
                    self.begin(signer, kept.signature);
                    self.open = Some(Open::Theirs(row, kept.digests));
                }
                self.fill(place as usize)?;
            }
            Signed::Alone(signature) => {
                let own = signer == self.writer.signer.id();
                let digest = Group {
                    key: settled.key,
                    hashes: vec![settled.hash.into()],
                    cursor: settled.cursor,
                    on: settled.on,
                    level: settled.level,
                }
                .digest(self.writer.cite);
                match &mut self.open {
                    Some(Open::Own(digests)) if own && digests.len() < MOST_OWN => digests.push(digest),
                    _ => {
                        self.close()?;
                        self.begin(signer, signature);
                        self.open = Some(if own { Open::Own(vec![digest]) } else { Open::Alone });
                    }
                }
            }
        }
        if let Some(sent) = self.batches.last_mut() {
            sent.items.push(Item::Group(group));
        }
        Ok(())
    }

    fn begin(&mut self, signer: SignerId, signature: [u8; 64]) {
        self.batches.push(SentBatch { signer, signature: signature.into(), items: Vec::new() });
    }

    /// Digests of the groups before `place` that are not offered.
    fn fill(&mut self, place: usize) -> Result<(), EngineError> {
        let (Some(Open::Theirs(_, digests)), Some(sent)) = (&self.open, self.batches.last_mut()) else {
            return Ok(());
        };
        if sent.items.len() < place {
            let missing = digests.get(sent.items.len()..place).ok_or(EngineError::Damaged)?;
            self.size += missing.len() * DIGEST;
            sent.items.extend(missing.iter().map(|digest| Item::Digest((*digest).into())));
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), EngineError> {
        let theirs = if let Some(Open::Theirs(_, digests)) = &self.open { digests.len() } else { 0 };
        self.fill(theirs)?;
        if let (Some(Open::Own(digests)), Some(sent)) = (self.open.take(), self.batches.last_mut())
            && digests.len() > 1
        {
            sent.signature = Batch::sign(self.writer.signer, digests).signature.into();
        }
        Ok(())
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
        match outcome {
            Outcome::Accepted => change::hold(connection, *position, false)?,
            Outcome::ConsentPending | Outcome::ConsentWithdrawn | Outcome::Erased => {
                change::hold(connection, *position, true)?;
            }
            _ => {}
        }
    }
    Ok(())
}
