//! Exchanges of one run, until nothing is left to send or to receive and both hold the same.

use super::run::{BRISK_MS, BUDGET};
use crate::device::Device;
use crate::store::{meta, offer};
use crate::sync::{
    Exchange, MOST_UPLOAD, Next, Reconcile, STANDING, Standing, SyncError, carry_out, rollback,
};
use document::DocumentKey;
use domain::changes::{Changes, Topic};
use domain::ids::PathwayId;
use domain::vocabulary::DocumentKind;
use std::collections::BTreeSet;

/// How often something is made again and sent at once in one run: a membership step on a new head, edits
/// under another incarnation.
const MOST_MADE_AGAIN: u32 = 4;

/// State of one run.
#[derive(Default)]
pub(super) struct Pass {
    pub(super) skipped: BTreeSet<DocumentKey>,
    /// The server could not take the audit: it waits for another run.
    pub(super) audit_waits: bool,
    /// How often something was made again in this run.
    made_again: u32,
    pub(super) changes: Changes,
    remaining: u32,
    server_is_older: bool,
    held: bool,
    /// The server was found restored in the last exchange: there is more to send.
    restored: bool,
    /// The server went back in this run, and was asked from the beginning.
    begun_again: bool,
    /// What was found is of an earlier exchange: this device has heard more of the log since.
    found_before: bool,
    pub(super) reconcile: Reconcile,
}

impl Device {
    pub(super) async fn passes<X: Exchange>(&self, exchange: &X, pass: &mut Pass) -> Result<(), SyncError> {
        loop {
            let budget = self.run().budget.unwrap_or(BUDGET).min(MOST_UPLOAD);
            let (upload, sent) = self.gather(budget, pass)?;
            pass.restored = false;
            {
                let mut run = self.run();
                run.bytes.0 += upload.len() as u64;
            }
            let (sent_groups, more, asked) = (sent.groups(), sent.more, sent.asked);
            let mut sent = Some(sent);
            let mut to_send_again = false;
            let mut take = |frames: &[Vec<u8>]| {
                let mut rest = frames;
                while !rest.is_empty() {
                    let all = self.apply(rest, sent.as_ref())?;
                    // The answers stand in the first frame only.
                    sent = None;
                    rest = rest.get(all.len()..).unwrap_or_default();
                    for pulled in all {
                        pass.remaining = pulled.remaining;
                        // What was erased here is confirmed at once.
                        to_send_again |= pulled.chain_moved || pulled.remade || pulled.erased > 0;
                        pass.server_is_older |= pulled.server_is_older;
                        pass.restored |= pulled.restored;
                        pass.reconcile.theirs = pulled.digest;
                        if pulled.found.is_some() {
                            pass.reconcile.found = pulled.found;
                            pass.found_before = false;
                        }
                        pass.held |= !pulled.skipped.is_empty();
                        pass.skipped.extend(pulled.skipped);
                        pass.audit_waits |= pulled.audit_waits;
                        pass.changes.merge(pulled.changes);
                    }
                }
                Ok(())
            };
            let begun_ms = self.clock.now_ms();
            match exchange.exchange(upload, &mut take).await {
                Err(SyncError::WentBack) if !pass.begun_again => {
                    self.went_back(true)?;
                    pass.begun_again = true;
                    continue;
                }
                Err(SyncError::Forgot) => {
                    self.went_back(false)?;
                    return Err(SyncError::Untrusted);
                }
                other => other?,
            }
            if sent.is_some() {
                return Err(SyncError::Untrusted); // An answer without its first frame.
            }
            self.run().progress.sent += sent_groups as u32;
            if more && self.clock.now_ms() - begun_ms < BRISK_MS {
                self.run().grow();
            }
            // Several devices may sign at once: each tries again on the head it has just learnt.
            let again = to_send_again && pass.made_again < MOST_MADE_AGAIN;
            pass.made_again += u32::from(again);
            if pass.restored {
                pass.skipped.clear();
                continue;
            }
            if more || again || pass.remaining > 0 {
                pass.found_before = pass.reconcile.found.is_some();
                continue;
            }
            if !pass.found_before {
                self.suspect(&pass.reconcile, asked)?;
            }
            pass.found_before = false;
            match self.compare(&mut pass.reconcile, budget)? {
                Next::Again => {}
                Next::Agreed if self.carry_out(&mut pass.changes)? => {}
                Next::Agreed => break,
                Next::Differ => return Err(SyncError::Diverged),
            }
        }
        // Every upload was answered; what the server cannot take yet is said, not hidden.
        if pass.held && pass.server_is_older { Err(SyncError::ServerTooOld) } else { Ok(()) }
    }

    /// Writes what was recovered for colleagues and can be written now; whether there is something to send.
    fn carry_out(&self, changes: &mut Changes) -> Result<bool, SyncError> {
        let on = crate::clock::civil(&*self.clock).0;
        let mut session = self.session();
        let open = session.open.as_mut().ok_or(SyncError::Locked)?;
        let chain = open.chain.clone();
        let settled = open.with_writer(on, |store, writer| {
            store.transact(|connection| carry_out(connection, writer, &chain))
        })?;
        let people = settled.iter().filter(|key| key.kind == DocumentKind::Pathway);
        let people: Vec<PathwayId> = people.map(|key| key.id.into()).collect();
        open.reindex_all(&people)?;
        changes.merge(Changes::of(people.iter().map(|id| Topic::Person(*id))));
        Ok(!settled.is_empty())
    }

    /// Compares with the server once nothing waits and nothing remains; cleans up where that is over.
    fn compare(&self, reconcile: &mut Reconcile, budget: usize) -> Result<Next, SyncError> {
        let mut session = self.session();
        let open = session.open.as_mut().ok_or(SyncError::Locked)?;
        let (on, at_ms, mut news) = (crate::clock::civil(&*self.clock).0, self.clock.now_ms(), false);
        let next = open.store.transact(|connection| {
            let next = reconcile.next(connection, budget)?;
            if next != Next::Again {
                offer::clear(connection)?;
            }
            if next == Next::Agreed {
                news = rollback::settle(connection, on)?;
                let standing: Standing = meta::get(connection, STANDING)?.unwrap_or_default();
                if standing.regaining {
                    meta::put(connection, STANDING, &Standing { regaining: false, ..standing })?;
                }
            }
            Ok::<_, SyncError>(next)
        })?;
        open.note_back(news, at_ms)?;
        Ok(next)
    }
}
