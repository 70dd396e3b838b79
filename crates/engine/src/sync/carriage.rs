//! Bringing what somebody else signed: a référent's device that recovered a lost tablet, a tablet whose
//! former user is revoked. The server's half says what may be brought, the device's half brings it.

use super::answer::Outcome;
use super::batches::Batches;
use super::carry::Carrier;
use super::error::SyncError;
use super::message::{SentBatch, SentGroup};
use crate::error::EngineError;
use crate::store::carried::{self, Carried};
use crate::store::refused::{self, Refused};
use crate::store::{control, log};
use crate::write::Writer;
use document::control::{Chain, Member};
use document::{DocumentKey, Group, SignerId};
use domain::ids::{CiteId, DeviceId};
use domain::time::Day;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Up to which sequence of the log a signer's work is taken from a device: all of it while the signer may
/// sign; once revoked, what was made before its device knew, and only from the device of an active référent
/// of the same organisation. None where nothing of it is taken.
pub(super) fn limit(
    connection: &Connection,
    chain: &Chain,
    device: DeviceId,
    signer: &Member,
) -> Result<Option<u64>, EngineError> {
    if !signer.revoked {
        return Ok(Some(u64::MAX));
    }
    let may = |it: &Member| {
        it.device == device && it.is_active_referent() && it.organisation == signer.organisation
    };
    if !chain.members().any(|(_, it)| may(it)) {
        return Ok(None);
    }
    let Some(record) = signer.revoked_at.and_then(|at| chain.id_at(at)) else { return Ok(None) };
    let position = control::position(connection, &record)?;
    position.map_or(Ok(None), |it| log::sequence_of_control(connection, it))
}

/// The device that brings a change, where it is the one that made it: it needs no echo. One that brings
/// another's holds nothing of it yet.
pub(super) fn maker(chain: &Chain, device: DeviceId, signer: &SignerId) -> Option<DeviceId> {
    chain.member(signer).filter(|it| it.device == device).map(|it| it.device)
}

/// What an upload brings of others, in order.
#[derive(Debug, Default)]
pub(crate) struct Brought(Vec<(i64, Carried)>);

impl Brought {
    /// How many groups.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, id: i64, it: Carried) {
        self.0.push((id, it));
    }

    /// Settles the answers: received, kept to be sent again, or finally refused and said so. Documents that
    /// are not to be sent again in this run are added.
    pub(crate) fn settle(
        &self,
        connection: &Connection,
        outcomes: &[Outcome],
        skipped: &mut BTreeSet<DocumentKey>,
    ) -> Result<(), EngineError> {
        for ((id, it), outcome) in self.0.iter().zip(outcomes) {
            // Of an erased person: it goes once the record that says so is verified here.
            let erased = *outcome == Outcome::Erased && !it.key.kind.is_named_part();
            if *outcome == Outcome::Accepted {
                carried::done(connection, *id)?;
            } else if erased || (outcome.is_retryable() && *outcome != Outcome::Clone) {
                skipped.insert(it.key);
            } else {
                let group: Group = minicbor::decode(&it.group).map_err(|_| EngineError::Damaged)?;
                let it = Refused::coded(it.key, it.signer, Day(group.on), &it.edits, outcome.code());
                refused::keep(connection, &it)?;
                carried::done(connection, *id)?;
            }
        }
        Ok(())
    }
}

/// Gathers coded changes of others that fit into `budget` bytes; returns whether more are left.
pub(super) fn gather(
    connection: &Connection,
    cite: CiteId,
    carrier: &mut Carrier,
    budget: usize,
    mut may: impl FnMut(DocumentKey) -> Result<bool, EngineError>,
    batches: &mut Batches<'_, SentBatch>,
    brought: &mut Brought,
) -> Result<(usize, bool), SyncError> {
    let (mut size, mut after) = (0, 0);
    loop {
        let page = carried::waiting(connection, false, after, 256)?;
        let Some((last, _)) = page.last() else { return Ok((size, false)) };
        after = *last;
        for (id, it) in page {
            if !may(it.key)? {
                continue;
            }
            let cost = it.bytes.len() + 160;
            if size + cost > budget {
                return Ok((size, true));
            }
            size += cost;
            let group: Group = minicbor::decode(&it.group).map_err(|_| EngineError::Damaged)?;
            let item = SentGroup::of(&group, carrier.strip(it.key, it.hash, &it.bytes)?);
            batches.made(it.signer, it.signature, group.digest(cite), item)?;
            brought.push(id, it);
        }
    }
}

/// Whose work may leave this device now: a revoked signer's waits until an entitled référent brings it.
pub(super) struct Signers(BTreeSet<SignerId>);

impl Signers {
    /// As the chain says here.
    pub(super) fn of(connection: &Connection, writer: &Writer<'_>) -> Result<Self, EngineError> {
        let chain = control::chain(connection)?;
        let me = chain.member(&writer.signer.id()).filter(|it| it.is_active_referent());
        let barred = |it: &Member| it.revoked && me.is_none_or(|me| me.organisation != it.organisation);
        Ok(Self(chain.members().filter(|(_, it)| barred(it)).map(|(id, _)| *id).collect()))
    }

    /// Whether a signer's work may leave.
    pub(super) fn may_send(&self, signer: &SignerId) -> bool {
        !self.0.contains(signer)
    }
}
