//! Helping with a colleague's tablet: recovering what a found one did not send, and joining again on one
//! whose passphrase was forgotten.

mod copy;
mod edits;
mod list;
mod read;
mod restart;

pub(super) use restart::{DEVICE, begin_again};

use super::{Device, Open};
use crate::error::EngineError;
use crate::keys::RecoveryKey;
use crate::seal::escrow::{self, Holder};
use crate::seal::printed;
use crate::store::{Store, StoreKey};
use copy::Copied;
use document::SignerId;
use document::control::Member;
use domain::api::rescue::{RecoverDevice, Recovered};
use domain::changes::{Changes, Topic};
use domain::error::{ApiError, ErrorCode};
use domain::ids::DeviceId;
use domain::secret::SecretText;
use std::path::Path;

impl Device {
    /// Recovers what a found device did not send: it waits here, signed as its authors signed it, until the
    /// next exchange. The folder is only read.
    pub(super) fn recover_device(&self, request: &RecoverDevice) -> Result<(Recovered, Changes), ApiError> {
        let on = crate::clock::civil(&*self.clock).0;
        let found = Path::new(request.folder.trim());
        let copied = Copied::of(found, &self.folder)?;
        self.with_open(|open| {
            let (device, store) = open_found(open, &copied, request.recovery.as_ref())?;
            let chain = open.chain.clone();
            let recovered =
                open.with_writer(on, |own, writer| read::recover(own, writer, &chain, device, &store))?;
            let changes = Changes::of([Topic::Sync, Topic::Today, Topic::People]);
            Ok((recovered, changes))
        })
    }
}

/// The members of this référent's organisation on a device.
fn users_of(open: &Open, device: DeviceId) -> impl Iterator<Item = &Member> {
    let mine = open.member.organisation;
    open.chain.members().map(|(_, it)| it).filter(move |it| it.device == device && it.organisation == mine)
}

/// The store keys that this référent can open, of devices of their organisation: those in their hands, or
/// all where they hold the printed recovery key.
fn keys(open: &Open, recovery: Option<&SecretText>) -> Result<Vec<(SignerId, DeviceId, StoreKey)>, ApiError> {
    let agree = open.secrets.agree()?;
    let printed = match recovery {
        Some(words) => {
            let key = RecoveryKey::read(words).ok_or(ErrorCode::WrongSecret)?;
            let secrets = printed::secrets(&open.chain, &key)?;
            if secrets.is_empty() {
                return Err(ErrorCode::RecoveryKeyUnknown.into());
            }
            Some(secrets)
        }
        None => None,
    };
    let holder = match &printed {
        Some(secrets) => Holder::Recovery(secrets),
        None => Holder::Referent(open.signer().id(), &agree),
    };
    let mut keys = escrow::open(open.store.connection(), &open.chain, &holder)?;
    keys.retain(|(signer, _, _)| {
        open.chain.member(signer).is_some_and(|it| it.organisation == open.member.organisation)
    });
    Ok(keys)
}

/// Opens a found store with whichever key fits; which device it is is what the escrow says, not the store.
fn open_found(
    open: &Open,
    copied: &Copied,
    recovery: Option<&SecretText>,
) -> Result<(DeviceId, Store), ApiError> {
    for (_, device, key) in keys(open, recovery)? {
        match Store::open(&copied.store(), &key) {
            Ok(store) => return Ok((device, store)),
            Err(EngineError::WrongKey) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(ErrorCode::NoKeyForDevice.into())
}
