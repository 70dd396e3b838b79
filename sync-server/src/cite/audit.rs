//! The cité's own audit: what it notes, and reading the whole.

use super::Cite;
use domain::ids::UserId;
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;
use engine::EngineError;
use engine::audit::{self, AuditReport};
use std::sync::PoisonError;

/// A page drawn again within this time is one reading.
const ONE_READING_MS: InstantMs = 10 * 60_000;

impl Cite {
    /// Notes an act of the server's own in the audit.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn note(&self, act: AuditAct, user: Option<UserId>) -> Result<(), EngineError> {
        self.store(|store| audit::note(store, &self.founder, act, user, self.clock.now_ms()))
    }

    /// Notes that a user reads something that a page draws again and again: within some minutes it is one
    /// reading.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub(crate) fn note_reading(&self, act: AuditAct, user: UserId) -> Result<(), EngineError> {
        let now_ms = self.clock.now_ms();
        let mut readings = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        readings.retain(|_, at_ms| (0..ONE_READING_MS).contains(&(now_ms - *at_ms)));
        if readings.contains_key(&(user, act)) {
            return Ok(());
        }
        self.note(act, Some(user))?;
        readings.insert((user, act), now_ms);
        Ok(())
    }

    /// Reads and verifies the whole audit.
    ///
    /// # Errors
    /// What SQLite refuses, or a membership chain that does not hold.
    pub fn read_audit(&self) -> Result<AuditReport, EngineError> {
        let mut verified = self.verified.lock().unwrap_or_else(PoisonError::into_inner);
        self.store(|store| audit::read(store, &mut verified))
    }
}
