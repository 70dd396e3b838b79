//! The PIN of a running app: it unwraps secrets held sealed in memory, and never touches the disk.

use super::passphrase::Argon2Cost;
use super::seal;
use super::secrets::UserSecrets;
use crate::error::EngineError;
use crate::random;
use domain::secret::SecretText;
use zeroize::Zeroizing;

/// Errors after which the PIN is forgotten and the passphrase is asked.
pub const MAX_ATTEMPTS: u32 = 5;

/// A locked user of a running app.
#[derive(Debug)]
pub struct PinLock {
    salt: [u8; 16],
    cost: Argon2Cost,
    sealed: Option<Zeroizing<Vec<u8>>>,
    attempts: u32,
}

impl PinLock {
    /// Locks secrets under a PIN.
    ///
    /// # Errors
    /// [`EngineError::NoRandomness`], [`EngineError::KeyDerivation`].
    pub fn new(pin: &SecretText, cost: Argon2Cost, secrets: &UserSecrets) -> Result<Self, EngineError> {
        let salt = random::bytes::<16>()?;
        let key = cost.derive(pin.expose(), &salt)?;
        let sealed = Some(Zeroizing::new(seal::seal(&key, b"pin", &secrets.bytes())?));
        Ok(Self { salt, cost, sealed, attempts: 0 })
    }

    /// Attempts left; 0 once the PIN is forgotten.
    pub fn attempts_left(&self) -> u32 {
        if self.sealed.is_some() { MAX_ATTEMPTS - self.attempts } else { 0 }
    }

    /// Unlocks. The fifth error forgets the PIN.
    ///
    /// # Errors
    /// [`EngineError::WrongKey`], or [`EngineError::PassphraseNeeded`] once it is forgotten.
    pub fn unlock(&mut self, pin: &SecretText) -> Result<UserSecrets, EngineError> {
        let sealed = self.sealed.as_ref().ok_or(EngineError::PassphraseNeeded)?;
        let key = self.cost.derive(pin.expose(), &self.salt)?;
        match seal::open(&key, b"pin", sealed) {
            Ok(bytes) => {
                self.attempts = 0;
                UserSecrets::read(&bytes)
            }
            Err(_) => {
                self.attempts += 1;
                if self.attempts < MAX_ATTEMPTS {
                    return Err(EngineError::WrongKey);
                }
                self.sealed = None;
                Err(EngineError::PassphraseNeeded)
            }
        }
    }
}
