//! The data folder of a cité: its store and the founder's key.

use document::SignerKey;
use domain::cite::CiteSettings;
use domain::error::ErrorCode;
use domain::ids::{CiteId, DeviceId, SectorId, UserId};
use domain::role::Role;
use domain::time::{Day, InstantMs};
use domain::vocabulary::AuditAct;
use engine::EngineError;
use engine::audit::{self, AuditReport, Verified};
use engine::clock::{Clock as _, SystemClock, civil_day};
use engine::cohort::Figures;
use engine::enrol::{Host, Invited, found, organisation_of};
use engine::erasure::{self, Due, ErasuresAsked, ErasuresSent, Retention};
use engine::store::Store;
use engine::store::account::{Account, HashedPassword};
use engine::sync::{self, Refused};
use engine::{private, random};
use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// A page drawn again within this time is one reading.
const ONE_READING_MS: InstantMs = 10 * 60_000;

/// Why a cité could not be opened or founded.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store refused.
    #[error("the store of this folder cannot be used: {0}")]
    Engine(#[from] EngineError),
    /// A file could not be read or written.
    #[error("a file of the data folder cannot be used: {0}")]
    File(#[from] std::io::Error),
    /// There is a cité already.
    #[error("this folder holds a cité already")]
    Exists,
    /// There is none.
    #[error("this folder holds no cité yet: run `sync-server init` first")]
    Missing,
    /// The store is a backup.
    #[error("this store is a backup: run `sync-server restore` with it")]
    Backup,
    /// The file holds no cité.
    #[error("this file is no backup of a cité")]
    NoBackup,
    /// The gap is accepted although there is a journal.
    #[error("there is a journal at {}: restore with --journal, or move it away", .0.display())]
    JournalThere(PathBuf),
    /// The founder's key is neither given nor in the new folder.
    #[error("the founder's key is needed: give --founder-key FILE, or put founder.key into the new folder")]
    KeyMissing,
    /// The founder's key is another cité's.
    #[error("this founder's key is not that of this cité")]
    OtherKey,
    /// The founder's key is not 32 bytes.
    #[error("the founder's key is damaged")]
    DamagedKey,
}

/// A cité on its server.
pub struct Cite {
    store: Mutex<Store>,
    figures: Mutex<Figures>,
    founder: SignerKey,
    /// Chains of the audit whose signatures were verified since the start.
    verified: Mutex<Verified>,
    /// When each user was last noted as reading the figures.
    readings: Mutex<HashMap<(UserId, AuditAct), InstantMs>>,
}

impl std::fmt::Debug for Cite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cite")
    }
}

pub(crate) fn store_path(folder: &Path) -> PathBuf {
    folder.join("server.db")
}

pub(crate) fn key_path(folder: &Path) -> PathBuf {
    folder.join("founder.key")
}

/// Where the control journal is kept unless said otherwise.
pub fn journal_path(folder: &Path) -> PathBuf {
    folder.join("control.journal")
}

pub(crate) fn read_key(path: &Path) -> Result<Zeroizing<[u8; 32]>, OpenError> {
    let bytes = Zeroizing::new(fs::read(path)?);
    Ok(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| OpenError::DamagedKey)?))
}

impl Cite {
    /// Founds a cité in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// [`OpenError::Exists`] where there is one; nothing is changed then.
    pub fn init(folder: &Path, name: &str, demonstration: bool) -> Result<Self, OpenError> {
        Self::init_with(folder, &journal_path(folder), name, demonstration)
    }

    /// As [`Cite::init`], with its control journal in another place.
    ///
    /// # Errors
    /// As [`Cite::init`].
    pub fn init_with(
        folder: &Path,
        journal: &Path,
        name: &str,
        demonstration: bool,
    ) -> Result<Self, OpenError> {
        private::folder(folder)?;
        if key_path(folder).exists() || store_path(folder).exists() {
            return Err(OpenError::Exists);
        }
        let secret = Zeroizing::new(random::bytes::<32>()?);
        let founder = SignerKey::from_secret(&secret);
        let mut store = Store::open_plain(&store_path(folder))?;
        let cite = CiteId::from_bytes(random::bytes()?);
        found(&mut store, &founder, cite, name, demonstration)?;
        write_key(&key_path(folder), &secret)?;
        store.keep_journal(journal, cite)?;
        Ok(Self::of(store, founder))
    }

    /// Opens the cité of a folder.
    ///
    /// # Errors
    /// [`OpenError::Missing`], [`OpenError::DamagedKey`], or what the store refuses.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        Self::open_with(folder, &journal_path(folder))
    }

    /// As [`Cite::open`], with its control journal in another place. A store that was put back to an
    /// older state, or is a backup, is not opened: it has to be restored.
    ///
    /// # Errors
    /// As [`Cite::open`]; [`OpenError::Backup`]; what the journal refuses.
    pub fn open_with(folder: &Path, journal: &Path) -> Result<Self, OpenError> {
        if !key_path(folder).exists() || !store_path(folder).exists() {
            return Err(OpenError::Missing);
        }
        let secret = read_key(&key_path(folder))?;
        let mut store = Store::open_plain(&store_path(folder))?;
        if store.is_backup()? {
            return Err(OpenError::Backup);
        }
        let cite = store.chain()?.cite();
        store.keep_journal(journal, cite)?;
        Ok(Self::of(store, SignerKey::from_secret(&secret)))
    }

    fn of(store: Store, founder: SignerKey) -> Self {
        Self {
            store: Mutex::new(store),
            figures: Mutex::default(),
            founder,
            verified: Mutex::default(),
            readings: Mutex::default(),
        }
    }

    /// Invites someone; the code is shown once and kept nowhere. Organisations of one name are one.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn invite(
        &self,
        name: &str,
        role: Role,
        organisation: &str,
        sectors: Vec<SectorId>,
    ) -> Result<String, EngineError> {
        let invited = Invited {
            user: UserId::from_bytes(random::bytes()?),
            user_name: name.to_owned(),
            role,
            organisation: organisation_of(organisation),
            organisation_name: organisation.trim().to_owned(),
            sectors,
        };
        self.host(|host| host.invite(invited).map(|code| code.text()))
    }

    /// Whether a référent's device has founded.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn established(&self) -> Result<bool, EngineError> {
        Ok(self.store(|store| store.chain())?.established())
    }

    /// Opens (or renews) an account of the browser face; returns its password, drawn at random and
    /// kept nowhere.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn open_account(
        &self,
        login: &str,
        name: &str,
        role: Role,
        organisation: &str,
    ) -> Result<String, EngineError> {
        let password = engine::keys::propose()?;
        let hashed = HashedPassword::of(&password)?;
        let login = login.trim().to_lowercase();
        // A new password makes nobody another user: the audit goes on under the same name.
        let known = self.store(|store| store.account_user(&login))?;
        let drawn = UserId::from_bytes(random::bytes()?);
        let account = Account {
            login,
            user: known.unwrap_or(drawn),
            name: name.to_owned(),
            role,
            organisation: organisation_of(organisation),
            organisation_name: organisation.trim().to_owned(),
            preferences: Default::default(),
        };
        self.store(|store| store.keep_account(&account, &hashed))?;
        Ok(password.expose().to_owned())
    }

    /// Notes an act of the server's own in the audit.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn note(&self, act: AuditAct, user: Option<UserId>) -> Result<(), EngineError> {
        self.store(|store| audit::note(store, &self.founder, act, user, SystemClock.now_ms()))
    }

    /// Notes that a user reads something that a page draws again and again: within some minutes it is one
    /// reading.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub(crate) fn note_reading(&self, act: AuditAct, user: UserId) -> Result<(), EngineError> {
        let now_ms = SystemClock.now_ms();
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

    /// Answers the device of a token, where a référent uses it, with the erasures of their organisation.
    ///
    /// # Errors
    /// [`ErrorCode::NotAllowed`] for anybody else; why the device is refused.
    pub fn erasures(&self, token: &[u8], body: &[u8]) -> Result<ErasuresSent, Refused> {
        use sha2::{Digest as _, Sha256};
        self.store(|store| {
            let now_ms = SystemClock.now_ms();
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

    /// One exchange of the device of a token. A panic over one upload refuses that upload only: what
    /// it had written is rolled back.
    ///
    /// # Errors
    /// Why the whole exchange is refused.
    pub fn exchange(&self, token: &[u8], body: &[u8]) -> Result<Vec<u8>, Refused> {
        use sha2::{Digest as _, Sha256};
        self.store(|store| {
            let now_ms = SystemClock.now_ms();
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

    fn due<'a>(&'a self, store: &'a mut Store, today: Day) -> Due<'a> {
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
            audit::trim(store, settings.audit_months, SystemClock.now_ms())
        })?;
        Ok(erased)
    }

    /// Revokes a device: its token and signatures are refused from now on; what it wrote stays.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn revoke(&self, device: DeviceId) -> Result<usize, EngineError> {
        self.host(|host| host.revoke(device))
    }

    /// Works on the cité's half of joining.
    pub fn host<T>(&self, work: impl FnOnce(&mut Host<'_>) -> T) -> T {
        let mut store: MutexGuard<'_, Store> = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut Host { store: &mut store, founder: &self.founder, clock: &SystemClock })
    }
}

/// Writes the founder's key for its owner's eyes only.
pub(crate) fn write_key(path: &Path, secret: &[u8; 32]) -> Result<(), std::io::Error> {
    let mut file = private::new_file(path)?;
    file.write_all(secret)?;
    file.sync_all()
}
