//! Synchronising: gathers, exchanges, applies, until nothing is left. The session is held only to read
//! and to write, never while the line is waited for.

use super::Device;
use crate::error::EngineError;
use crate::store::sealed::{self, due};
use crate::store::{control, meta, offer, outbox};
use crate::sync::{
    COPIED, Exchange, HttpExchange, MOST_UPLOAD, Next, Pulled, Reconcile, STANDING, Sent, Standing,
    SyncError, apply_all, carry_out, gather,
};
use document::DocumentKey;
use domain::api::sync::*;
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::time::{Day, InstantMs};
use domain::vocabulary::DocumentKind;
use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};

/// Raw bytes of an upload: at first, the most, and the least after cuts on a bad line.
const BUDGET: usize = 128 * 1024;
const MOST: usize = 1024 * 1024;
const LEAST: usize = 16 * 1024;
/// An exchange that took longer than this is not made larger: more would be lost with the next cut.
const BRISK_MS: InstantMs = 4_000;
/// Between two automatic exchanges with nothing to send.
const IDLE_MS: InstantMs = 5 * 60_000;
/// First and longest wait after a failure.
const RETRY_MS: InstantMs = 15_000;
const LONGEST_RETRY_MS: InstantMs = 10 * 60_000;
/// How often something is made again and sent at once in one run: a membership step on a new head, edits
/// under another incarnation.
const MOST_MADE_AGAIN: u32 = 4;
/// For how many days it is said that this device's files were copied.
const COPY_TOLD_DAYS: i32 = 30;
/// Name under which the last complete exchange is kept.
const LAST_SUCCESS: &str = "last_success";

/// The exchange under way, or the last one.
#[derive(Debug, Default)]
pub(super) struct Run {
    running: bool,
    progress: SyncProgress,
    failure: Option<SyncFailure>,
    failures: u32,
    bytes: (u64, u64),
    budget: Option<usize>,
    /// The line was cut since the program started: from then on uploads grow slowly.
    careful: bool,
}

impl Run {
    /// An upload arrived: the next may be larger.
    fn grow(&mut self) {
        let now = self.budget.unwrap_or(BUDGET);
        let next = if self.careful { now + LEAST } else { 2 * now };
        self.budget = Some(next.min(MOST));
    }
}

/// Ends the run whatever happens: an exchange that is dropped is no longer under way.
struct Running<'a>(&'a Device);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.run().running = false;
    }
}

/// State of one run.
#[derive(Default)]
struct Pass {
    skipped: BTreeSet<DocumentKey>,
    /// The server could not take the audit: it waits for another run.
    audit_waits: bool,
    /// How often something was made again in this run.
    made_again: u32,
    changes: Changes,
    remaining: u32,
    server_is_older: bool,
    held: bool,
    /// The server was found restored in the last exchange: there is more to send.
    restored: bool,
    reconcile: Reconcile,
}

impl Device {
    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// State of synchronisation.
    pub(super) fn sync_state(&self) -> Result<SyncStateView, ApiError> {
        let (running, progress, last_failure, last_bytes) = {
            let run = self.run();
            (run.running, run.progress, run.failure.clone(), run.bytes)
        };
        let today = crate::clock::civil(&*self.clock).0;
        self.with_held(|open| {
            let (to_send, set_aside) = outbox::counts(open.store.connection())?;
            let progress = running.then_some(progress);
            Ok(SyncStateView {
                running,
                progress,
                to_send,
                kept_here: sealed::outbox::never_shared(open.store.connection(), open.user)?,
                set_aside,
                last_success_ms: open.store.meta(LAST_SUCCESS)?,
                last_failure,
                server: open.store.meta("server")?.unwrap_or_default(),
                last_bytes,
                pathways: open.people.count(),
                established: open.chain.established(),
                recovered_by: super::member::recovered_by(open),
                sheet_by: super::member::replaced_by(open).filter(|_| open.member.role == Role::Referent),
                copied_on: open
                    .store
                    .meta::<Day>(COPIED)?
                    .filter(|on| (0..=COPY_TOLD_DAYS).contains(&(today.0 - on.0))),
                ending: super::ending::count(open, today)?,
                alarms: super::ending::alarms(open)?,
                unread: open.store.unread_assets()?,
                audit: crate::sync::audit_state(open.store.connection())?.0,
            })
        })
    }

    /// Synchronises now. A failure is part of the answer, not an error of the call.
    pub(super) async fn sync_now(&self) -> Result<(SyncStateView, Changes), ApiError> {
        let (server, token) = self.with_held(|open| {
            let server: String = open.store.meta("server")?.ok_or(ErrorCode::NotJoined)?;
            let token: Vec<u8> = open.store.meta("token")?.ok_or(ErrorCode::NotJoined)?;
            Ok((server, token))
        })?;
        // A step signed with the printed key goes before everything else: without it this device is nobody's.
        self.send_recovery().await?;
        let changes = match self.line(&server, &token) {
            Ok(exchange) => {
                let mut changes = self.sync_with(&exchange).await;
                changes.merge(self.fetch_erasures(&exchange).await);
                changes
            }
            Err(_) => return Err(ErrorCode::ServerUntrusted.into()),
        };
        match self.sync_state() {
            // Shut out meanwhile: said once, at once.
            Err(error) if error.code == ErrorCode::Locked && self.was_refused() => {
                Err(ErrorCode::Revoked.into())
            }
            other => Ok((other?, changes)),
        }
    }

    /// The way to the server, over the connection that the last exchange left open where it still is.
    fn line(&self, server: &str, token: &[u8]) -> Result<HttpExchange, SyncError> {
        let client = match self.http.get() {
            Some(client) => client.clone(),
            None => {
                let made = HttpExchange::client()?;
                self.http.get_or_init(|| made).clone()
            }
        };
        HttpExchange::over(client, server, token)
    }

    fn was_refused(&self) -> bool {
        self.run().failure.as_ref().is_some_and(|it| it.kind == SyncFailureKind::Revoked)
    }

    /// Synchronises by itself where it is due: something waits, or some minutes have passed; after a
    /// failure only once its time has come. Returns what became stale, or none where nothing was due.
    pub async fn sync_if_due(&self) -> Option<Changes> {
        let now_ms = self.clock.now_ms();
        let (running, retry_at_ms) = {
            let run = self.run();
            (run.running, run.failure.as_ref().and_then(|failure| failure.retry_at_ms))
        };
        if running || retry_at_ms.is_some_and(|at| now_ms < at) {
            return None;
        }
        let due = self.with_held(|open| {
            let (waiting, _) = outbox::counts(open.store.connection())?;
            let last: Option<InstantMs> = open.store.meta(LAST_SUCCESS)?;
            let connection = open.store.connection();
            let waiting = waiting > 0
                || !control::waiting(connection, 1)?.is_empty()
                || !due::next(connection, 1)?.is_empty()
                || !crate::sync::wanted::list(connection, open.user)?.is_empty();
            Ok(waiting || retry_at_ms.is_some() || last.is_none_or(|last| now_ms - last >= IDLE_MS))
        });
        if !due.unwrap_or(false) {
            return None;
        }
        match self.sync_now().await {
            Ok((_, changes)) => Some(changes),
            Err(error) => (error.code == ErrorCode::Revoked).then(|| Changes::of([Topic::Session])),
        }
    }

    /// Synchronises over any exchange, until nothing is left to send or to receive. What went wrong is
    /// kept for [`Device::dispatch`] of `SyncState`.
    pub async fn sync_with<X: Exchange>(&self, exchange: &X) -> Changes {
        {
            let mut run = self.run();
            if run.running {
                return Changes::none();
            }
            let (failures, budget, careful) = (run.failures, run.budget, run.careful);
            *run = Run { running: true, failures, budget, careful, ..Run::default() };
        }
        let _running = Running(self);
        let mut pass = Pass::default();
        let done = self.passes(exchange, &mut pass).await;
        let now_ms = self.clock.now_ms();
        let mut changes = pass.changes;
        changes.merge(Changes::of([Topic::Sync, Topic::Today]));
        let agreed = done.is_ok();
        // A tablet that hears the cité is not silent, even where the two do not hold the same.
        let noted = match done {
            Ok(()) | Err(SyncError::Diverged) => self.with_held(|open| {
                open.exchanged(now_ms)?;
                if agreed {
                    open.store.put_meta(LAST_SUCCESS, &now_ms)?;
                }
                Ok(())
            }),
            Err(_) => Ok(()),
        };
        let done = done.and(noted.map_err(|_| SyncError::Locked));
        if matches!(done, Err(SyncError::Revoked)) {
            self.shut_out();
            changes.merge(Changes::of([Topic::Session]));
        }
        let mut run = self.run();
        match done {
            Ok(()) => (run.failure, run.failures) = (None, 0),
            Err(error) => {
                run.failures = (run.failures + 1).min(16);
                if matches!(error, SyncError::Cut | SyncError::Unreachable) {
                    run.budget = Some((run.budget.unwrap_or(BUDGET) / 2).max(LEAST));
                    run.careful = true;
                }
                run.failure = Some(SyncFailure {
                    kind: error.kind(),
                    at_ms: now_ms,
                    retry_at_ms: retry_at(&error, now_ms, run.failures),
                });
            }
        }
        changes
    }

    /// The token of this device, for an exchange over another way than HTTP.
    ///
    /// # Errors
    /// [`ErrorCode::Locked`], [`ErrorCode::NotJoined`].
    pub fn token(&self) -> Result<Vec<u8>, ApiError> {
        self.with_held(|open| Ok(open.store.meta("token")?.ok_or(ErrorCode::NotJoined)?))
    }

    /// The upload this device would send now, for an exchange over another way than HTTP.
    ///
    /// # Errors
    /// [`SyncError`].
    pub fn next_upload(&self) -> Result<Vec<u8>, SyncError> {
        Ok(self.gather(BUDGET, &Pass::default())?.0)
    }

    async fn passes<X: Exchange>(&self, exchange: &X, pass: &mut Pass) -> Result<(), SyncError> {
        loop {
            let budget = self.run().budget.unwrap_or(BUDGET).min(MOST_UPLOAD);
            let (upload, sent) = self.gather(budget, pass)?;
            pass.restored = false;
            {
                let mut run = self.run();
                run.bytes.0 += upload.len() as u64;
            }
            let (sent_groups, more) = (sent.groups(), sent.more);
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
            exchange.exchange(upload, &mut take).await?;
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
                continue;
            }
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
        open.store.transact(|connection| {
            let next = reconcile.next(connection, budget)?;
            if next != Next::Again {
                offer::clear(connection)?;
            }
            if next == Next::Agreed {
                let standing: Standing = meta::get(connection, STANDING)?.unwrap_or_default();
                if standing.regaining {
                    meta::put(connection, STANDING, &Standing { regaining: false, ..standing })?;
                }
            }
            Ok::<_, SyncError>(next)
        })
    }

    fn gather(&self, budget: usize, pass: &Pass) -> Result<(Vec<u8>, Sent), SyncError> {
        let mut session = self.session();
        let open = session.open.as_mut().ok_or(SyncError::Locked)?;
        let standing = open.standing()?;
        let (waiting, _) = outbox::counts(open.store.connection())?;
        self.run().progress.to_send = waiting;
        let on = crate::clock::civil(&*self.clock).0;
        open.prepare_escrow()?;
        let more = open.prepare_sharing(on)?;
        let (upload, mut sent) = open.with_writer(on, |store, writer| {
            let (skipped, check) = (&pass.skipped, pass.reconcile.check());
            gather(store.connection(), writer, standing, budget, skipped, pass.audit_waits, check)
        })?;
        sent.more |= more;
        Ok((upload, sent))
    }

    /// Applies frames in one transaction, up to one after which something is to be read again; fewer where
    /// one of them cannot be applied, so that those before it are kept. Returns what each of them brought.
    fn apply(&self, frames: &[Vec<u8>], sent: Option<&Sent>) -> Result<Vec<Pulled>, SyncError> {
        let mut session = self.session();
        let open = session.open.as_mut().ok_or(SyncError::Locked)?;
        let on = crate::clock::civil(&*self.clock).0;
        let mut together = |frames: &[Vec<u8>]| {
            open.with_writer(on, |store, writer| {
                store.transact(|connection| apply_all(connection, writer, frames, sent))
            })
        };
        let mut width = frames.len();
        let all = loop {
            match together(frames.get(..width).unwrap_or_default()) {
                Err(_) if width > 1 => width /= 2,
                other => break other?,
            }
        };
        for (raw, pulled) in frames.iter().zip(&all) {
            self.count(raw.len(), pulled);
        }
        if all.iter().any(|it| it.keys) {
            open.reload_epochs()?;
        }
        open.note_erased(all.iter().map(|it| it.erased).sum(), self.clock.now_ms())?;
        let failed = |_: ApiError| SyncError::Engine(EngineError::Damaged);
        let mut changes = Changes::none();
        all.iter().for_each(|it| changes.merge(it.changes.clone()));
        if [Topic::Session, Topic::Cite].iter().any(|topic| changes.touches(*topic)) {
            match open.refresh() {
                Ok(()) if open.member.revoked => return Err(SyncError::Revoked),
                other => other.map_err(failed)?,
            }
        }
        let people: Vec<_> = changes
            .0
            .iter()
            .filter_map(|topic| if let Topic::Person(id) = topic { Some(*id) } else { None })
            .collect();
        open.reindex_all(&people)?;
        Ok(all)
    }

    fn count(&self, bytes: usize, pulled: &Pulled) {
        let mut run = self.run();
        run.bytes.1 += bytes as u64;
        run.progress.received += pulled.received;
        run.progress.to_receive = Some(run.progress.received + pulled.remaining);
    }
}

/// When to try again by itself: doubled after each failure, obeying the server; never where only a
/// person can help.
fn retry_at(error: &SyncError, now_ms: InstantMs, failures: u32) -> Option<InstantMs> {
    match error {
        SyncError::Revoked | SyncError::DeviceTooOld => None,
        SyncError::Busy(Some(seconds)) => Some(now_ms + InstantMs::from(*seconds).min(3_600) * 1_000),
        _ => {
            let wait = (RETRY_MS << failures.saturating_sub(1).min(8)).min(LONGEST_RETRY_MS);
            // Devices that failed together do not come back together.
            let jitter = crate::random::bytes::<1>().map_or(0, |byte| wait * InstantMs::from(byte[0]) / 1024);
            Some(now_ms + wait + jitter)
        }
    }
}
