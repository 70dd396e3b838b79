//! The work of a day: what is due by the cité's day.

use super::Cite;
use domain::cite::CiteSettings;
use domain::time::Day;
use domain::vocabulary::AuditAct;
use engine::EngineError;
use engine::audit;
use engine::erasure::{Due, Retention};
use engine::store::Store;

impl Cite {
    pub(super) fn due<'a>(&'a self, store: &'a mut Store, today: Day) -> Due<'a> {
        Due { store, founder: &self.founder, today }
    }

    /// Looks at everybody's time on a day; `dry_run`: only says what it would do.
    ///
    /// # Errors
    /// What the store refuses; nothing is changed then.
    pub fn retention(&self, today: Day, dry_run: bool) -> Result<Retention, EngineError> {
        self.store(|store| self.due(store, today).retention(dry_run))
    }

    /// The work of a day: objections whose days of grace have passed, agreements whose last day has, records
    /// whose time is over. Returns how many people were erased.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn daily(&self, today: Day) -> Result<u32, EngineError> {
        let stopped = self.store(|store| self.due(store, today).stops())?;
        self.store(|store| self.due(store, today).agreements())?;
        let erased = stopped + self.retention(today, false)?.erased.len() as u32;
        if erased > 0 {
            self.note(AuditAct::Erase, None)?;
        }
        self.store(|store| {
            let settings: CiteSettings = store.asset(engine::store::asset::SETTINGS)?.unwrap_or_default();
            audit::trim(store, settings.audit_months, self.clock.now_ms())
        })?;
        Ok(erased)
    }
}
