//! The key file beside the store: for each user of the device, their secrets wrapped under their
//! passphrase. Written anew beside itself and renamed, so that a power cut leaves the old or the new.

use super::passphrase::{Argon2Cost, normalise};
use super::seal;
use super::secrets::UserSecrets;
use super::vault::Vault;
use crate::error::EngineError;
use crate::random;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use domain::hold::Guesses;
use domain::ids::UserId;
use domain::secret::SecretText;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use zeroize::Zeroizing;

/// Largest key file that is read, bytes.
const MOST_BYTES: u64 = 256 * 1024;
/// What secrets under a vault's key are sealed with.
const VAULTED: &[u8] = b"vaulted";

/// A user of the device, as the key file knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyringUser {
    /// User.
    pub user: UserId,
    /// Name shown on the locked screen.
    pub name: String,
    /// Wrong passphrases in a row.
    #[serde(default)]
    pub guesses: Guesses,
    cost: Argon2Cost,
    salt: String,
    wrapped: String,
    /// The same secrets under a key that a vault holds, where the device has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vaulted: Option<Vaulted>,
}

/// Secrets whose key is in a vault: without it nothing of them can be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Vaulted {
    salt: String,
    wrapped: String,
}

/// The key file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyring {
    /// Version of the format.
    version: u32,
    /// Users, the last at work first.
    pub users: Vec<KeyringUser>,
}

impl Keyring {
    /// Version of the format that this program writes.
    pub const VERSION: u32 = 1;

    /// Reads the key file; an empty keyring where there is none.
    ///
    /// # Errors
    /// [`EngineError::Damaged`], [`EngineError::StoreTooNew`], [`EngineError::File`].
    pub fn read(path: &Path) -> Result<Self, EngineError> {
        let file = match File::open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { version: Self::VERSION, users: Vec::new() });
            }
            other => other?,
        };
        let mut text = String::new();
        file.take(MOST_BYTES).read_to_string(&mut text)?;
        let keyring: Self = serde_json::from_str(&text).map_err(|_| EngineError::Damaged)?;
        if keyring.version > Self::VERSION {
            return Err(EngineError::StoreTooNew(keyring.version, Self::VERSION));
        }
        Ok(keyring)
    }

    /// Writes the key file.
    ///
    /// # Errors
    /// [`EngineError::File`]; the old file is whole then.
    pub fn write(&self, path: &Path) -> Result<(), EngineError> {
        let text = serde_json::to_vec_pretty(self).map_err(|_| EngineError::Damaged)?;
        let beside = path.with_extension("new");
        let mut file = File::create(&beside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Adds a user, or gives one a new passphrase.
    ///
    /// # Errors
    /// [`EngineError::NoRandomness`], [`EngineError::KeyDerivation`].
    pub fn put(
        &mut self,
        user: UserId,
        name: &str,
        passphrase: &SecretText,
        cost: Argon2Cost,
        secrets: &UserSecrets,
    ) -> Result<(), EngineError> {
        let salt = random::bytes::<16>()?;
        let key = cost.derive(&normalise(passphrase), &salt)?;
        let wrapped = seal::seal(&key, user.as_bytes(), &secrets.bytes())?;
        let entry = KeyringUser {
            user,
            name: name.into(),
            guesses: Guesses::default(),
            cost,
            salt: BASE64.encode(salt),
            wrapped: BASE64.encode(wrapped),
            vaulted: None,
        };
        self.users.retain(|it| it.user != user);
        self.users.insert(0, entry);
        Ok(())
    }

    /// Puts a key to a user's secrets into a vault, to be had for their PIN.
    ///
    /// # Errors
    /// [`EngineError::NoSuchUser`], [`EngineError::NoRandomness`], what the vault refuses.
    pub fn put_into(
        &mut self,
        vault: &dyn Vault,
        user: UserId,
        secrets: &UserSecrets,
    ) -> Result<(), EngineError> {
        let entry = self.users.iter_mut().find(|it| it.user == user).ok_or(EngineError::NoSuchUser)?;
        let (salt, key) = (random::bytes::<16>()?, Zeroizing::new(random::bytes::<32>()?));
        let wrapped = seal::seal(&key, VAULTED, &secrets.bytes())?;
        let code = entry.cost.derive(secrets.pin().expose(), &salt)?;
        vault.keep(user.as_bytes(), &code, &key)?;
        entry.vaulted = Some(Vaulted { salt: BASE64.encode(salt), wrapped: BASE64.encode(wrapped) });
        Ok(())
    }

    /// Unwraps a user's secrets with their PIN and what a vault holds.
    ///
    /// # Errors
    /// [`EngineError::PassphraseNeeded`] where there is none or it has forgotten, [`EngineError::WrongKey`].
    pub fn unlock_from(
        &self,
        vault: &dyn Vault,
        user: UserId,
        pin: &SecretText,
    ) -> Result<UserSecrets, EngineError> {
        let entry = self.users.iter().find(|it| it.user == user).ok_or(EngineError::NoSuchUser)?;
        let vaulted = entry.vaulted.as_ref().ok_or(EngineError::PassphraseNeeded)?;
        let decode = |text: &str| BASE64.decode(text).map_err(|_| EngineError::Damaged);
        let salt: [u8; 16] = decode(&vaulted.salt)?.try_into().map_err(|_| EngineError::Damaged)?;
        let key = vault.open(user.as_bytes(), &*entry.cost.derive(pin.expose(), &salt)?)?;
        UserSecrets::read(&seal::open(&key, VAULTED, &decode(&vaulted.wrapped)?)?)
    }

    /// The wrong passphrases of a user.
    ///
    /// # Errors
    /// [`EngineError::NoSuchUser`].
    pub fn guesses(&mut self, user: UserId) -> Result<&mut Guesses, EngineError> {
        let entry = self.users.iter_mut().find(|it| it.user == user).ok_or(EngineError::NoSuchUser)?;
        Ok(&mut entry.guesses)
    }

    /// Unwraps a user's secrets.
    ///
    /// # Errors
    /// [`EngineError::NoSuchUser`], [`EngineError::WrongKey`], [`EngineError::Damaged`].
    pub fn unlock(&self, user: UserId, passphrase: &SecretText) -> Result<UserSecrets, EngineError> {
        let entry = self.users.iter().find(|it| it.user == user).ok_or(EngineError::NoSuchUser)?;
        let decode = |text: &str| BASE64.decode(text).map_err(|_| EngineError::Damaged);
        let salt: [u8; 16] = decode(&entry.salt)?.try_into().map_err(|_| EngineError::Damaged)?;
        let key = entry.cost.derive(&normalise(passphrase), &salt)?;
        UserSecrets::read(&seal::open(&key, user.as_bytes(), &decode(&entry.wrapped)?)?)
    }
}
