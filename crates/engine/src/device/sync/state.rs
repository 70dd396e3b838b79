//! What is said of the synchronisation.

use super::LAST_SUCCESS;
use crate::device::{Device, ending, member};
use crate::store::{outbox, sealed};
use crate::sync::{CLOCK_OFF, COPIED};
use domain::api::sync::*;
use domain::error::ApiError;
use domain::role::Role;
use domain::time::Day;

/// For how many days it is said that this device's files were copied.
const COPY_TOLD_DAYS: i32 = 30;

impl Device {
    /// State of synchronisation.
    pub(in crate::device) fn sync_state(&self) -> Result<SyncStateView, ApiError> {
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
                recovered_by: member::recovered_by(open),
                sheet_by: member::replaced_by(open).filter(|_| open.member.role == Role::Referent),
                copied_on: open
                    .store
                    .meta::<Day>(COPIED)?
                    .filter(|on| (0..=COPY_TOLD_DAYS).contains(&(today.0 - on.0))),
                clock_off: open.store.meta(CLOCK_OFF)?.map(|(here, cite)| ClockOff { here, cite }),
                ending: ending::count(open, today)?,
                alarms: ending::alarms(open, today)?,
                unread: open.store.unread_assets()?,
                audit: crate::sync::audit_state(open.store.connection())?.0,
            })
        })
    }
}
