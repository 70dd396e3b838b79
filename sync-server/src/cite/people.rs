//! Who may come in: invitations, accounts of the browser face, devices that no longer may.

use super::Cite;
use domain::ids::{DeviceId, SectorId, UserId};
use domain::role::Role;
use engine::EngineError;
use engine::enrol::{Invited, organisation_of};
use engine::random;
use engine::store::account::{Account, HashedPassword};

impl Cite {
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

    /// Revokes a device: its token and signatures are refused from now on; what it wrote stays.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn revoke(&self, device: DeviceId) -> Result<usize, EngineError> {
        self.host(|host| host.revoke(device))
    }
}
