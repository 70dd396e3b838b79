//! Joining a cité.

use super::Device;
use super::rescue::{DEVICE, begin_again};
use crate::enrol::{Card, HttpEnrol, InvitationCode, JoinReply, Newcomer};
use crate::error::EngineError;
use crate::keys::{UserSecrets, propose};
use crate::random;
use crate::store::{Store, StoreKey};
use document::control::{Chain, Record};
use domain::api::session::{CheckInvitation, InvitationView, Join, StatusView};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{CiteId, DeviceId};
use domain::role::Role;
use domain::secret::SecretText;

/// Fewest and most digits of a PIN.
const PIN_DIGITS: std::ops::RangeInclusive<usize> = 6..=32;

impl Device {
    /// Asks the server what an invitation is for, and draws six words.
    pub(super) async fn check_invitation(
        &self,
        request: &CheckInvitation,
    ) -> Result<InvitationView, ApiError> {
        let code = read(&request.code)?;
        let reply = HttpEnrol::to(&request.server)?.check(&code).await?;
        if let Some(card) = reply.card {
            let card: Card = card.open(&code, "card").ok_or(ErrorCode::ServerUntrusted)?;
            return Ok(InvitationView {
                cite_name: card.cite_name,
                demonstration: card.demonstration,
                user_name: card.user_name,
                role: Role::from_code(&card.role).ok_or(ErrorCode::ServerUntrusted)?,
                organisation_name: card.organisation_name,
                passphrase: propose()?,
                inviter: Some(card.inviter_name),
            });
        }
        Ok(InvitationView {
            cite_name: reply.cite_name,
            demonstration: reply.demonstration,
            user_name: reply.user_name,
            role: Role::from_code(&reply.role).ok_or(ErrorCode::ServerUntrusted)?,
            organisation_name: reply.organisation_name,
            passphrase: propose()?,
            inviter: None,
        })
    }

    /// Joins by an invitation of the server.
    pub(super) async fn join(&self, request: &Join) -> Result<StatusView, ApiError> {
        let code = read(&request.code)?;
        may_join(request)?;
        let shared = self.shared()?;
        let secrets = Shared::secrets(shared.as_ref(), &request.pin)?;
        let newcomer = Shared::newcomer(shared.as_ref(), &secrets, &request.device_name)?;
        let server = crate::enrol::server_address(&request.server)?;
        let own_token = shared.as_ref().map(|it| it.token.as_slice());
        let (reply, records, _) = HttpEnrol::to(&server)?.join(&code, &newcomer, own_token).await?;
        self.settle_in(&server, &records, &reply, secrets, &request.passphrase)
    }

    /// Keeps a chain that was checked, and begins. The key file is written last: a device cut off before
    /// that has joined nothing, holds no entry yet, and needs a new invitation.
    pub(super) fn settle_in(
        &self,
        server: &str,
        records: &[Record],
        reply: &JoinReply,
        secrets: UserSecrets,
        passphrase: &SecretText,
    ) -> Result<StatusView, ApiError> {
        self.settle_in_with(server, records, reply, secrets, passphrase, |_| Ok(()))
    }

    /// The same; `more` is kept in the store before the key file is written.
    pub(super) fn settle_in_with(
        &self,
        server: &str,
        records: &[Record],
        reply: &JoinReply,
        secrets: UserSecrets,
        passphrase: &SecretText,
        more: impl FnOnce(&mut Store) -> Result<(), EngineError>,
    ) -> Result<StatusView, ApiError> {
        let chain = Chain::read(records).map_err(|_| ErrorCode::ServerUntrusted)?;
        let member = chain.member(&secrets.signer()?.id()).ok_or(ErrorCode::ServerUntrusted)?;
        let mut keyring = self.keyring()?;
        match self.shared()? {
            // Another cité's server cannot let anybody into this store.
            Some(shared) if chain.cite() != shared.cite || *chain.founder() != shared.founder => {
                return Err(ErrorCode::ServerUntrusted.into());
            }
            // Nor can one that shows another past than the one known here.
            Some(shared) if chain.id_at(shared.length - 1) != Some(shared.head) => {
                return Err(ErrorCode::ServerUntrusted.into());
            }
            Some(_) => drop(self.lock()?),
            // A folder left by an attempt that was cut off holds nothing: its key was never written.
            None => remove(&self.store_path())?,
        }
        let mut store = Store::open(&self.store_path(), &secrets.store_key())?;
        store.keep_joined(server, records, reply)?;
        store.put_meta(DEVICE, &member.device)?;
        if keyring.users.iter().any(|it| it.user == member.user) {
            begin_again(&mut store, member.user)?;
        }
        more(&mut store)?;
        drop(store);
        keyring.put(member.user, &member.user_name, passphrase, self.cost, &secrets)?;
        if let Some(vault) = &self.vault {
            keyring.put_into(&**vault, member.user, &secrets)?;
        }
        keyring.write(&self.keyring_path())?;
        *self.rescued() = None;
        self.open_session(member.user, secrets)?;
        self.status()
    }

    /// The only user's joining came to nothing: the device has joined nothing again.
    pub(super) fn unjoin(&self) -> Result<(), ApiError> {
        {
            let mut session = self.session();
            session.open = None;
            session.locked.clear();
        }
        let mut keyring = self.keyring()?;
        keyring.users.clear();
        keyring.write(&self.keyring_path())?;
        Ok(remove(&self.store_path())?)
    }

    /// What a user at work hands on to somebody who joins on the same device: the key of the store never
    /// goes without them. None where nobody has joined here yet.
    pub(super) fn shared(&self) -> Result<Option<Shared>, ApiError> {
        if self.keyring()?.users.is_empty() {
            return Ok(None);
        }
        // Or a référent, who holds it for whoever forgot the passphrase.
        let rescued = self.rescued().clone();
        if let Some(key) = rescued.filter(|_| self.session().open.is_none()) {
            return self.shared_by_rescue(key).map(Some);
        }
        self.with_open(|open| {
            let token = open.store.meta("token")?.ok_or(ErrorCode::NotJoined)?;
            let (device, name) = (open.member.device, open.member.device_name.clone());
            Ok(Some(Shared::of(open.secrets.store_key(), token, device, name, &open.chain)))
        })
    }
}

/// A device that has joined already.
pub(super) struct Shared {
    store_key: StoreKey,
    pub(super) token: Vec<u8>,
    device: DeviceId,
    name: String,
    pub(super) cite: CiteId,
    founder: [u8; 32],
    head: [u8; 32],
    length: u32,
}

impl Shared {
    pub(super) fn of(
        store_key: StoreKey,
        token: Vec<u8>,
        device: DeviceId,
        name: String,
        chain: &Chain,
    ) -> Self {
        Self {
            store_key,
            token,
            device,
            name,
            cite: chain.cite(),
            founder: *chain.founder(),
            head: chain.head(),
            length: chain.length(),
        }
    }

    /// Secrets of a newcomer: the store's key is the one that is there.
    pub(super) fn secrets(shared: Option<&Self>, pin: &SecretText) -> Result<UserSecrets, ApiError> {
        let store_key = match shared {
            Some(shared) => shared.store_key.clone(),
            None => StoreKey::from_bytes(random::bytes()?),
        };
        Ok(UserSecrets::new(&store_key, random::bytes()?, pin.clone()))
    }

    /// Public keys of a newcomer, and the device they are on.
    pub(super) fn newcomer(
        shared: Option<&Self>,
        secrets: &UserSecrets,
        typed: &str,
    ) -> Result<Newcomer, ApiError> {
        let (device, device_name) = match shared {
            Some(shared) => (shared.device, shared.name.clone()),
            None => (DeviceId::from_bytes(random::bytes()?), typed.trim().to_owned()),
        };
        Ok(Newcomer { device, device_name, sign: secrets.signer()?.public(), agree: secrets.agree_public()? })
    }
}

/// Whether PIN and passphrase are long enough.
pub(super) fn may_join(request: &Join) -> Result<(), ApiError> {
    check_secrets(&request.pin, &request.passphrase)
}

/// Whether PIN and passphrase are long enough.
pub(super) fn check_secrets(pin: &SecretText, passphrase: &SecretText) -> Result<(), ApiError> {
    let pin = pin.expose();
    if !PIN_DIGITS.contains(&pin.len()) || !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ApiError::about(ErrorCode::Invalid, "pin"));
    }
    if passphrase.expose().split_whitespace().count() < crate::keys::WORDS {
        return Err(ApiError::about(ErrorCode::Invalid, "passphrase"));
    }
    Ok(())
}

pub(super) fn read(code: &SecretText) -> Result<InvitationCode, ApiError> {
    InvitationCode::read(code.expose()).ok_or_else(|| ErrorCode::InvitationInvalid.into())
}

fn remove(store: &std::path::Path) -> Result<(), EngineError> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = store.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
