//! Accounts and sessions of the browser face, on the server.

use super::Store;
use crate::error::EngineError;
use crate::keys::Argon2Cost;
use crate::random;
use domain::api::session::Preferences;
use domain::ids::{OrganisationId, UserId};
use domain::role::Role;
use domain::secret::SecretText;
use domain::time::InstantMs;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Argon2id for passwords: OWASP's second choice, 19 MiB and two passes.
const COST: Argon2Cost = Argon2Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

/// An account of the browser face.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Login.
    pub login: String,
    /// User.
    pub user: UserId,
    /// Name shown.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Preferences.
    pub preferences: Preferences,
}

/// A password, hashed.
#[derive(Serialize, Deserialize)]
pub struct HashedPassword {
    cost: Argon2Cost,
    salt: [u8; 16],
    hash: [u8; 32],
}

impl std::fmt::Debug for HashedPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HashedPassword(…)")
    }
}

impl HashedPassword {
    /// Hashes a password; takes some tens of milliseconds.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`], [`EngineError::NoRandomness`].
    pub fn of(password: &SecretText) -> Result<Self, EngineError> {
        let salt = random::bytes()?;
        Ok(Self { cost: COST, salt, hash: *COST.derive(password.expose(), &salt)? })
    }

    /// Whether a password is the one, compared in constant time.
    ///
    /// # Errors
    /// [`EngineError::KeyDerivation`].
    pub fn holds(&self, password: &SecretText) -> Result<bool, EngineError> {
        let hash = self.cost.derive(password.expose(), &self.salt)?;
        Ok(bool::from(hash.ct_eq(&self.hash)))
    }
}

const COLUMNS: &str = "login, user, name, role, organisation, organisation_name, preferences";

fn read(row: &Row<'_>) -> Result<Account, EngineError> {
    let role: String = row.get(3)?;
    let preferences: Option<String> = row.get(6)?;
    Ok(Account {
        login: row.get(0)?,
        user: UserId::from_bytes(row.get(1)?),
        name: row.get(2)?,
        role: Role::from_code(&role).ok_or(EngineError::Damaged)?,
        organisation: OrganisationId::from_bytes(row.get(4)?),
        organisation_name: row.get(5)?,
        preferences: preferences.and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_default(),
    })
}

/// Signs every browser out; returns how many were signed in.
pub(crate) fn end_all(connection: &rusqlite::Connection) -> Result<u32, EngineError> {
    Ok(connection.execute("DELETE FROM web_session", [])? as u32)
}

impl Store {
    /// The name of an account's user.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn account_name(&self, user: UserId) -> Result<Option<String>, EngineError> {
        let mut statement = self.connection().prepare_cached("SELECT name FROM account WHERE user = ?1")?;
        Ok(statement.query_row([user.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// The user of a login.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn account_user(&self, login: &str) -> Result<Option<UserId>, EngineError> {
        let mut statement = self.connection().prepare_cached("SELECT user FROM account WHERE login = ?1")?;
        let user: Option<[u8; 16]> = statement.query_row([login], |row| row.get(0)).optional()?;
        Ok(user.map(UserId::from_bytes))
    }

    /// Keeps an account; one of the same login gets the new password and its sessions end.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn keep_account(&mut self, account: &Account, password: &HashedPassword) -> Result<(), EngineError> {
        let password = serde_json::to_string(password).map_err(|_| EngineError::Damaged)?;
        self.transact(|connection| {
            connection.execute("DELETE FROM account WHERE login = ?1", [&account.login])?;
            connection.execute(
                "INSERT INTO account (login, user, name, role, organisation, organisation_name, password)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    account.login,
                    account.user.as_bytes(),
                    account.name,
                    account.role.code(),
                    account.organisation.as_bytes(),
                    account.organisation_name,
                    password
                ],
            )?;
            Ok(())
        })
    }

    /// The password of a login.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn password(&self, login: &str) -> Result<Option<HashedPassword>, EngineError> {
        let mut statement =
            self.connection().prepare_cached("SELECT password FROM account WHERE login = ?1")?;
        let json: Option<String> = statement.query_row([login], |row| row.get(0)).optional()?;
        json.map(|json| serde_json::from_str(&json).map_err(|_| EngineError::Damaged)).transpose()
    }

    /// Begins a session; only the hash of its token is kept.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn begin_session(
        &mut self,
        token: &[u8; 32],
        login: &str,
        now_ms: InstantMs,
        expires_at_ms: InstantMs,
    ) -> Result<(), EngineError> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        self.transact(|connection| {
            connection.execute("DELETE FROM web_session WHERE expires_at_ms <= ?1", [now_ms])?;
            connection.execute(
                "INSERT INTO web_session (token_hash, login, expires_at_ms) VALUES (?1, ?2, ?3)",
                params![hash, login, expires_at_ms],
            )?;
            Ok(())
        })
    }

    /// The account of a session that has not expired.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn session(&self, token: &[u8; 32], now_ms: InstantMs) -> Result<Option<Account>, EngineError> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT {COLUMNS} FROM web_session JOIN account USING (login) WHERE token_hash = ?1 AND expires_at_ms > ?2"
        ))?;
        statement.query_row(params![hash, now_ms], |row| Ok(read(row))).optional()?.transpose()
    }

    /// Ends a session.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn end_session(&mut self, token: &[u8; 32]) -> Result<(), EngineError> {
        let hash: [u8; 32] = Sha256::digest(token).into();
        self.transact(|connection| {
            connection.execute("DELETE FROM web_session WHERE token_hash = ?1", [hash])?;
            Ok(())
        })
    }

    /// Keeps an account's preferences.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn prefer(&mut self, login: &str, preferences: &Preferences) -> Result<(), EngineError> {
        let json = serde_json::to_string(preferences).map_err(|_| EngineError::Damaged)?;
        self.transact(|connection| {
            connection.execute("UPDATE account SET preferences = ?2 WHERE login = ?1", [login, &json])?;
            Ok(())
        })
    }
}
