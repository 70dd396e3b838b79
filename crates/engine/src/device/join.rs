//! Joining a cité.

use super::Device;
use crate::enrol::{HttpEnrol, InvitationCode, Newcomer};
use crate::error::EngineError;
use crate::keys::{UserSecrets, propose};
use crate::random;
use crate::store::{Store, StoreKey};
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
        Ok(InvitationView {
            cite_name: reply.cite_name,
            demonstration: reply.demonstration,
            user_name: reply.user_name,
            role: Role::from_code(&reply.role).ok_or(ErrorCode::ServerUntrusted)?,
            organisation_name: reply.organisation_name,
            passphrase: propose()?,
        })
    }

    /// Joins. The key file is written last: a device cut off before that has joined nothing, holds
    /// no entry yet, and needs a new invitation.
    pub(super) async fn join(&self, request: &Join) -> Result<StatusView, ApiError> {
        let code = read(&request.code)?;
        let pin = request.pin.expose();
        if !PIN_DIGITS.contains(&pin.len()) || !pin.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ApiError::about(ErrorCode::Invalid, "pin"));
        }
        if request.passphrase.expose().split_whitespace().count() < crate::keys::WORDS {
            return Err(ApiError::about(ErrorCode::Invalid, "passphrase"));
        }
        let mut keyring = self.keyring()?;
        let shared = if keyring.users.is_empty() { None } else { Some(self.shared()?) };
        let store_key = match &shared {
            Some(shared) => shared.store_key.clone(),
            None => StoreKey::from_bytes(random::bytes()?),
        };
        let secrets = UserSecrets::new(&store_key, random::bytes()?, request.pin.clone());
        let device = match &shared {
            Some(shared) => shared.device,
            None => DeviceId::from_bytes(random::bytes()?),
        };
        let newcomer = Newcomer {
            device,
            device_name: shared
                .as_ref()
                .map_or_else(|| request.device_name.trim().to_owned(), |shared| shared.name.clone()),
            sign: secrets.signer()?.public(),
            agree: secrets.agree_public()?,
        };
        let server = crate::enrol::server_address(&request.server)?;
        let (reply, records, chain) = HttpEnrol::to(&server)?.join(&code, &newcomer).await?;
        let member = chain.member(&secrets.signer()?.id()).ok_or(ErrorCode::ServerUntrusted)?;
        match &shared {
            // Another cité's server cannot let anybody into this store.
            Some(shared) if chain.cite() != shared.cite || *chain.founder() != shared.founder => {
                return Err(ErrorCode::ServerUntrusted.into());
            }
            Some(_) => drop(self.lock()?),
            // A folder left by an attempt that was cut off holds nothing: its key was never written.
            None => remove(&self.store_path())?,
        }
        let mut store = Store::open(&self.store_path(), &secrets.store_key())?;
        store.keep_joined(&server, &records, &reply)?;
        drop(store);
        keyring.put(member.user, &member.user_name, &request.passphrase, self.cost, &secrets)?;
        keyring.write(&self.keyring_path())?;
        self.open_session(member.user, secrets)?;
        self.status()
    }
}

/// What a user at work hands on to somebody who joins on the same device.
struct Shared {
    store_key: StoreKey,
    device: DeviceId,
    name: String,
    cite: CiteId,
    founder: [u8; 32],
}

impl Device {
    /// The key of the store is handed on by whoever is at work, never without them.
    fn shared(&self) -> Result<Shared, ApiError> {
        self.with_open(|open| {
            Ok(Shared {
                store_key: open.secrets.store_key(),
                device: open.member.device,
                name: open.member.device_name.clone(),
                cite: open.cite(),
                founder: *open.chain.founder(),
            })
        })
    }
}

fn read(code: &SecretText) -> Result<InvitationCode, ApiError> {
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
