//! A server that went back, as this device's user and the administration hear of it.

use crate::clock::civil;
use crate::device::{Device, Open};
use crate::error::EngineError;
use crate::sync::{Reconcile, SyncError, rollback};
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;

impl Device {
    /// The server went back: kept, noted in this device's own audit, and nothing of its answer taken.
    /// `begins_again`: its log ends before what this device knows of it.
    pub(super) fn went_back(&self, begins_again: bool) -> Result<(), SyncError> {
        let (on, at_ms) = (civil(&*self.clock).0, self.clock.now_ms());
        let mut session = self.session();
        let open = session.open.as_mut().ok_or(SyncError::Locked)?;
        let news = open.store.transact(|connection| {
            if begins_again {
                rollback::begin_again(connection)?;
            }
            rollback::raise(connection, false, on)
        })?;
        Ok(open.note_back(news, at_ms)?)
    }

    /// What comparing found, once all that came with it is here; `asked`: epoch and cursor of the upload.
    pub(super) fn suspect(&self, reconcile: &Reconcile, asked: (u64, u64)) -> Result<(), SyncError> {
        let Some(found) = reconcile.found.as_ref() else { return Ok(()) };
        let mut session = self.session();
        let open = session.open.as_mut().ok_or(SyncError::Locked)?;
        let check = reconcile.check();
        Ok(open.store.transact(|connection| rollback::suspect(connection, asked, check, found))?)
    }
}

impl Open {
    /// Notes that the server went back, where that is news.
    pub(super) fn note_back(&mut self, news: bool, at_ms: InstantMs) -> Result<(), EngineError> {
        if news { self.append_note(AuditAct::ServerBack, at_ms, None) } else { Ok(()) }
    }
}
