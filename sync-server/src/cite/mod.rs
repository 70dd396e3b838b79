//! The data folder of a cité: its store and the founder's key.

mod audit;
mod due;
mod files;
mod open;
mod people;

use document::SignerKey;
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;
use engine::audit::Verified;
use engine::clock::{Clock, civil_day};
use engine::cohort::Figures;
use engine::enrol::Host;
use engine::erasure::{self, ErasuresAsked, ErasuresSent};
use engine::store::Store;
use engine::sync::{self, Refused};
pub use files::journal_path;
pub(crate) use files::{key_path, read_key, store_path, write_key};
pub use open::OpenError;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A cité on its server.
pub struct Cite {
    store: Mutex<Store>,
    figures: Mutex<Figures>,
    founder: SignerKey,
    /// Chains of the audit whose signatures were verified since the start.
    verified: Mutex<Verified>,
    /// When each user was last noted as reading the figures.
    readings: Mutex<HashMap<(UserId, AuditAct), InstantMs>>,
    /// The cité's day is the day of this clock.
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Cite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cite")
    }
}

impl Cite {
    /// The same cité, by another clock than the machine's.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// One exchange of the device of a token. A panic over one upload refuses that upload only: what
    /// it had written is rolled back.
    ///
    /// # Errors
    /// Why the whole exchange is refused.
    pub fn exchange(&self, token: &[u8], body: &[u8]) -> Result<Vec<u8>, Refused> {
        use sha2::{Digest as _, Sha256};
        self.store(|store| {
            let now_ms = self.clock.now_ms();
            let mut host = sync::Host { store, now_ms };
            let device = host.device(Sha256::digest(token).into())?;
            let answer =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| host.exchange(device, body)))
                    .unwrap_or(Err(Refused::Code(ErrorCode::Invalid)))?;
            // Where the cité sets no days of grace, what this exchange brought is due at once.
            self.due(store, civil_day(now_ms)).stops()?;
            Ok(answer)
        })
    }

    /// Answers the device of a token, where a référent uses it, with the erasures of their organisation.
    ///
    /// # Errors
    /// [`ErrorCode::NotAllowed`] for anybody else; why the device is refused.
    pub fn erasures(&self, token: &[u8], body: &[u8]) -> Result<ErasuresSent, Refused> {
        use sha2::{Digest as _, Sha256};
        self.store(|store| {
            let now_ms = self.clock.now_ms();
            let device = sync::Host { store, now_ms }.device(Sha256::digest(token).into())?;
            let asked: ErasuresAsked =
                minicbor::decode(body).map_err(|_| Refused::Code(ErrorCode::Invalid))?;
            let sent = erasure::answer(store, device, &asked, now_ms).map_err(Refused::Engine)?;
            sent.ok_or(Refused::Code(ErrorCode::NotAllowed))
        })
    }

    /// Works on the figures of the cohort, those computed before and the store.
    pub fn figures<T>(&self, work: impl FnOnce(&mut Figures, &mut Store) -> T) -> T {
        let mut figures = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        self.store(|store| work(&mut figures, store))
    }

    /// Works on the store.
    pub fn store<T>(&self, work: impl FnOnce(&mut Store) -> T) -> T {
        work(&mut self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Works on the cité's half of joining.
    pub fn host<T>(&self, work: impl FnOnce(&mut Host<'_>) -> T) -> T {
        let mut store: MutexGuard<'_, Store> = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut Host { store: &mut store, founder: &self.founder, clock: &*self.clock })
    }
}
