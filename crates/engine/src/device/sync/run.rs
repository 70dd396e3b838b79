//! One run of the synchronisation: what is known of it, how large its uploads grow, when to try again.

use super::LAST_SUCCESS;
use super::exchange::Pass;
use crate::device::Device;
use crate::sync::{Exchange, SyncError};
use domain::api::sync::*;
use domain::changes::{Changes, Topic};
use domain::time::InstantMs;
use std::sync::{MutexGuard, PoisonError};

/// Raw bytes of an upload: at first, the most, and the least after cuts on a bad line.
pub(super) const BUDGET: usize = 128 * 1024;
const MOST: usize = 1024 * 1024;
const LEAST: usize = 16 * 1024;
/// An exchange that took longer than this is not made larger: more would be lost with the next cut.
pub(super) const BRISK_MS: InstantMs = 4_000;
/// First and longest wait after a failure.
const RETRY_MS: InstantMs = 15_000;
const LONGEST_RETRY_MS: InstantMs = 10 * 60_000;

/// The exchange under way, or the last one.
#[derive(Debug, Default)]
pub(in crate::device) struct Run {
    pub(super) running: bool,
    pub(super) progress: SyncProgress,
    pub(super) failure: Option<SyncFailure>,
    failures: u32,
    pub(super) bytes: (u64, u64),
    pub(super) budget: Option<usize>,
    /// The line was cut since the program started: from then on uploads grow slowly.
    careful: bool,
}

impl Run {
    /// An upload arrived: the next may be larger.
    pub(super) fn grow(&mut self) {
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

impl Device {
    pub(super) fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
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
