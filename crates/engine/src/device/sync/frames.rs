//! One exchange: what is sent, and what comes back in frames.

use super::exchange::Pass;
use crate::device::Device;
use crate::error::EngineError;
use crate::store::outbox;
use crate::sync::{Pulled, Sent, SyncError, apply_all, gather};
use domain::changes::{Changes, Topic};
use domain::error::ApiError;

impl Device {
    pub(super) fn gather(&self, budget: usize, pass: &Pass) -> Result<(Vec<u8>, Sent), SyncError> {
        let mut session = self.session();
        let open = session.open.as_mut().ok_or(SyncError::Locked)?;
        let standing = open.standing()?;
        let (waiting, _) = outbox::counts(open.store.connection())?;
        self.run().progress.to_send = waiting;
        let on = crate::clock::civil(&*self.clock).0;
        open.prepare_escrow()?;
        let more = open.prepare_sharing(on)?;
        let (upload, mut sent) = open.with_writer(on, |store, writer| {
            let (skipped, reconcile) = (&pass.skipped, &pass.reconcile);
            gather(store.connection(), writer, standing, budget, skipped, pass.audit_waits, reconcile)
        })?;
        sent.more |= more;
        Ok((upload, sent))
    }

    /// Applies frames in one transaction, up to one after which something is to be read again; fewer where
    /// one of them cannot be applied, so that those before it are kept. Returns what each of them brought.
    pub(super) fn apply(&self, frames: &[Vec<u8>], sent: Option<&Sent>) -> Result<Vec<Pulled>, SyncError> {
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
