//! A device: its folder, its session, and the calls it serves.

mod amend;
mod answer;
mod audit;
mod caseload;
mod cite;
mod copy;
mod differing;
mod dispatch;
mod draft;
mod duplicate;
mod encounter;
mod ending;
mod erasures;
mod fact;
mod history;
mod hold;
mod join;
mod ledger;
mod member;
mod name;
mod open;
mod outing;
mod part;
mod partner;
mod passage;
mod people;
mod person;
mod position;
mod protected;
mod recovery;
mod referent;
mod request;
mod rescue;
mod session;
mod set_aside;
mod sharing;
mod solution;
mod sync;
mod today;

pub(crate) use open::Open;

use crate::clock::Clock;
use crate::error::EngineError;
use crate::keys::{Argon2Cost, Keyring, PinLock, Vault};
use crate::store::{Steps, StoreKey};
use domain::error::{ApiError, ErrorCode};
use domain::hold::Hold;
use domain::ids::UserId;
use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

/// A device of a cité (or one that has joined none yet).
pub struct Device {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    cost: Argon2Cost,
    /// A place outside the disk that holds keys: none on any platform of this version.
    vault: Option<Arc<dyn Vault>>,
    session: Mutex<Session>,
    /// The exchange under way, or the last one.
    run: Mutex<sync::Run>,
    /// Keeps the connection to the server open between two exchanges.
    http: OnceLock<reqwest::Client>,
    /// The invitation this device made, the one it answers, the recovery key it shows: in memory only.
    pairing: Mutex<Option<member::Pairing>>,
    answering: Mutex<Option<answer::Answering>>,
    drawn: Mutex<Option<member::Drawn>>,
    /// The recovery of the cité under way, with the words that were typed: in memory only.
    recovering: Mutex<Option<recovery::Recovering>>,
    /// Key of the store, typed by a user who forgot the passphrase, until they have joined again.
    rescued: Mutex<Option<StoreKey>>,
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Device")
    }
}

/// Who is at work, and who may come back by PIN.
#[derive(Default)]
struct Session {
    open: Option<Open>,
    locked: HashMap<UserId, PinLock>,
    /// Who was shut out since the program started, and why.
    shut_out: HashMap<UserId, Hold>,
}

impl Device {
    /// The device of a data folder, which is made where it is missing.
    ///
    /// # Errors
    /// [`EngineError::File`]; [`EngineError::Damaged`] for a key file that does not read.
    pub fn at(folder: PathBuf, clock: Arc<dyn Clock>) -> Result<Self, EngineError> {
        Self::with_cost(folder, clock, Argon2Cost::DEVICE)
    }

    /// The same with another cost of key derivation for what is enrolled from now on.
    ///
    /// # Errors
    /// As [`Device::at`].
    pub fn with_cost(folder: PathBuf, clock: Arc<dyn Clock>, cost: Argon2Cost) -> Result<Self, EngineError> {
        Self::with_vault(folder, clock, cost, None)
    }

    /// The same with a vault.
    ///
    /// # Errors
    /// As [`Device::at`].
    pub fn with_vault(
        folder: PathBuf,
        clock: Arc<dyn Clock>,
        cost: Argon2Cost,
        vault: Option<Arc<dyn Vault>>,
    ) -> Result<Self, EngineError> {
        crate::private::folder(&folder)?;
        let device = Self {
            folder,
            clock,
            cost,
            vault,
            session: Mutex::default(),
            run: Mutex::default(),
            http: OnceLock::new(),
            pairing: Mutex::default(),
            answering: Mutex::default(),
            drawn: Mutex::default(),
            recovering: Mutex::default(),
            rescued: Mutex::default(),
        };
        Keyring::read(&device.keyring_path())?;
        Ok(device)
    }

    /// Counts the steps of the open store, until it is locked. For measures and tests.
    ///
    /// # Errors
    /// [`ErrorCode::Locked`].
    pub fn count_steps(&self) -> Result<Steps, ApiError> {
        self.with_held(|open| Ok(open.store.count_steps()?))
    }

    fn keyring_path(&self) -> PathBuf {
        self.folder.join("keys.json")
    }

    fn store_path(&self) -> PathBuf {
        self.folder.join("store.db")
    }

    fn keyring(&self) -> Result<Keyring, EngineError> {
        Keyring::read(&self.keyring_path())
    }

    /// The session. A panic while it was held leaves committed transactions whole, so it goes on.
    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Works on the unlocked session, where its user may work.
    fn with_open<T>(&self, work: impl FnOnce(&mut Open) -> Result<T, ApiError>) -> Result<T, ApiError> {
        self.with_held(|open| {
            open.seen(self.clock.now_ms());
            open.hold().map_or(Ok(()), |hold| Err(hold::code(hold)))?;
            work(open)
        })
    }

    /// Works on the unlocked session, also where nobody may work: to exchange, and to say why.
    fn with_held<T>(&self, work: impl FnOnce(&mut Open) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let mut session = self.session();
        work(session.open.as_mut().ok_or(ErrorCode::Locked)?)
    }
}
