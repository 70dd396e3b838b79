//! Status, unlocking, locking, preferences.

use super::{Device, Open, Session};
use crate::error::EngineError;
use crate::keys::{MAX_ATTEMPTS, PinLock, UserSecrets};
use crate::store::sealed::outbox;
use crate::store::{Store, control};
use domain::api::session::{
    Beside, LockedUser, Preferences, SessionState, StatusView, Unlock, UnlockWithPin,
};
use domain::error::{ApiError, ErrorCode};
use domain::hold::Guesses;
use domain::ids::UserId;
use domain::role::Face;
use domain::secret::SecretText;

impl Device {
    /// Where the session stands.
    pub(super) fn status(&self) -> Result<StatusView, ApiError> {
        let session = self.session();
        let mut users = self.locked_users(&session)?;
        let mut view = StatusView {
            face: Face::Device,
            state: SessionState::NotJoined,
            cite_name: None,
            demonstration: false,
            version: env!("CARGO_PKG_VERSION").into(),
        };
        if let Some(open) = &session.open {
            users.retain(|it| it.user != open.user);
            view.cite_name = open.store.meta("cite_name")?;
            view.demonstration = open.store.meta("demonstration")?.unwrap_or_default();
            view.state = match open.hold() {
                None => SessionState::Open { me: open.me()?, others: users },
                Some(hold) => SessionState::Held {
                    user: self.locked_user(&session, open.user)?,
                    hold,
                    to_send: waiting(open)?,
                    beside: beside(open)?,
                    silent_days: open.silent_days(),
                    others: users,
                },
            };
        } else if !users.is_empty() {
            view.state = SessionState::Locked { users };
        }
        Ok(view)
    }

    fn locked_users(&self, session: &Session) -> Result<Vec<LockedUser>, EngineError> {
        let users = self.keyring()?.users.into_iter().map(|entry| {
            let lock = session.locked.get(&entry.user);
            let vaulted = self.vault.as_ref().map_or(0, |it| it.attempts_left(entry.user.as_bytes()));
            let attempts_left =
                lock.map_or(if vaulted > 0 { vaulted } else { MAX_ATTEMPTS }, PinLock::attempts_left);
            LockedUser {
                user: entry.user,
                pin_is_enough: (lock.is_some() || vaulted > 0) && attempts_left > 0,
                attempts_left,
                guessed_out: entry.guesses.is_over(),
                hold: session.shut_out.get(&entry.user).copied(),
                name: entry.name,
            }
        });
        Ok(users.collect())
    }

    fn locked_user(&self, session: &Session, user: UserId) -> Result<LockedUser, ApiError> {
        let users = self.locked_users(session)?;
        Ok(users.into_iter().find(|it| it.user == user).ok_or(ErrorCode::NotFound)?)
    }

    /// Tries a passphrase. It is counted as wrong on the disk before it is tried, so that neither a restart
    /// nor a cut forgives a guess.
    fn try_passphrase(&self, user: UserId, passphrase: &SecretText) -> Result<UserSecrets, ApiError> {
        let mut keyring = self.keyring()?;
        let now_ms = self.clock.now_ms();
        let guesses = keyring.guesses(user)?;
        if guesses.is_over() {
            return Err(ErrorCode::GuessedOut.into());
        }
        let wait_ms = guesses.wait_ms(now_ms);
        if wait_ms > 0 {
            let seconds = (wait_ms + 999) / 1_000;
            keyring.write(&self.keyring_path())?;
            return Err(ApiError::about(ErrorCode::TooManyAttempts, seconds.to_string()));
        }
        guesses.begin(now_ms);
        keyring.write(&self.keyring_path())?;
        let secrets = keyring.unlock(user, passphrase)?;
        *keyring.guesses(user)? = Guesses::default();
        keyring.write(&self.keyring_path())?;
        Ok(secrets)
    }

    /// Points this device at another address of its server, whoever its user is; it stays locked.
    ///
    /// # Errors
    /// [`ErrorCode::WrongSecret`]; [`ErrorCode::NotJoined`] where it has joined no cité.
    pub fn move_to(&self, passphrase: &SecretText, server: &str) -> Result<(), ApiError> {
        let keyring = self.keyring()?;
        let user = keyring.users.first().map(|entry| entry.user).ok_or(ErrorCode::NotJoined)?;
        let secrets = self.try_passphrase(user, passphrase)?;
        let mut store = Store::open_whole(&self.store_path(), &secrets.store_key())?;
        Ok(store.put_meta("server", &crate::enrol::server_address(server)?)?)
    }

    /// Unlocks with the passphrase.
    pub(super) fn unlock(&self, request: &Unlock) -> Result<StatusView, ApiError> {
        let secrets = self.try_passphrase(request.user, &request.passphrase)?;
        self.open_session(request.user, secrets)?;
        self.status()
    }

    /// Unlocks with the PIN while the app runs.
    pub(super) fn unlock_with_pin(&self, request: &UnlockWithPin) -> Result<StatusView, ApiError> {
        let secrets = {
            let mut session = self.session();
            match (session.locked.get_mut(&request.user), &self.vault) {
                (Some(lock), _) => lock.unlock(&request.pin)?,
                // After a cold start a PIN is enough only where a vault holds the key.
                (None, Some(vault)) => self.keyring()?.unlock_from(&**vault, request.user, &request.pin)?,
                (None, None) => return Err(ErrorCode::PassphraseNeeded.into()),
            }
        };
        self.open_session(request.user, secrets)?;
        self.status()
    }

    /// Opens the store for a user; whoever was at work is locked first. A user whose membership is revoked,
    /// or whose device was silent for too long, cannot work, even with the right passphrase.
    pub(super) fn open_session(&self, user: UserId, secrets: UserSecrets) -> Result<(), ApiError> {
        self.lock()?;
        let store = Store::open_whole(&self.store_path(), &secrets.store_key())?;
        let open = Open::begin(user, secrets, store, self.clock.now_ms())?;
        let mut session = self.session();
        if open.hold().is_none() {
            session.shut_out.remove(&user);
        }
        session.open = Some(open);
        Ok(())
    }

    /// Locks: the store is closed, the user's keys are zeroized but for what the PIN unwraps.
    pub(super) fn lock(&self) -> Result<StatusView, ApiError> {
        {
            let mut session = self.session();
            if let Some(open) = session.open.take() {
                // Where nobody may work, or the PIN's key cannot be made, the passphrase is asked.
                if open.hold().is_some() {
                    session.locked.remove(&open.user);
                } else if let Ok(lock) = PinLock::new(open.secrets.pin(), self.cost, &open.secrets) {
                    session.locked.insert(open.user, lock);
                }
            }
        }
        self.status()
    }

    /// Keeps the user's preferences.
    pub(super) fn set_preferences(&self, preferences: &Preferences) -> Result<Preferences, ApiError> {
        if !matches!(preferences.language.as_str(), "fr" | "en")
            || !(1..=60).contains(&preferences.lock_after_minutes)
        {
            return Err(ApiError::about(ErrorCode::Invalid, "preferences"));
        }
        self.with_open(|open| {
            let name = preferences_of(open.user);
            Ok(open.store.put_meta(&name, preferences)?)
        })?;
        Ok(preferences.clone())
    }
}

/// Changes this device did not send.
fn waiting(open: &Open) -> Result<u32, EngineError> {
    Ok(crate::store::outbox::counts(open.store.connection())?.0)
}

/// What else a closed device holds.
fn beside(open: &Open) -> Result<Beside, EngineError> {
    let connection = open.store.connection();
    let (parts, alone) = outbox::unsent(connection, open.user)?;
    let drafts = crate::store::drafts_of(connection, open.user)?;
    Ok(Beside { parts, records: control::unsent_acts(connection)?, alone, drafts })
}

pub(super) fn preferences_of(user: UserId) -> String {
    format!("preferences/{user}")
}
