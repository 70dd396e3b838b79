//! A forgotten passphrase: the store is opened with its own key, and the user joins on it again with new
//! keys. The référent never learns the user's seed, which is gone with the passphrase: so are the named parts
//! that were sealed for that user alone.

use crate::device::Device;
use crate::device::join::Shared;
use crate::error::EngineError;
use crate::keys::RescueKey;
use crate::store::sealed::{self, key};
use crate::store::{Store, StoreKey, drafts_of, forget_drafts, outbox};
use domain::api::rescue::{OpenWithRescueKey, RescueLoss, RescueOpened};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{DeviceId, UserId};
use std::sync::{MutexGuard, PoisonError};

/// Name under which a store keeps which device it is on.
pub(in crate::device) const DEVICE: &str = "device";

impl Device {
    pub(in crate::device) fn rescued(&self) -> MutexGuard<'_, Option<StoreKey>> {
        self.rescued.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens the store with its key; says what joining again keeps, and what it costs.
    pub(in crate::device) fn open_with_rescue_key(
        &self,
        request: &OpenWithRescueKey,
    ) -> Result<RescueOpened, ApiError> {
        let users = self.keyring()?.users;
        if users.is_empty() {
            return Err(ErrorCode::NotJoined.into());
        }
        let key = RescueKey::read(&request.key).ok_or(ErrorCode::WrongSecret)?.store_key();
        self.lock()?;
        let store = Store::open(&self.store_path(), &key)?;
        let connection = store.connection();
        let mut losses = Vec::with_capacity(users.len());
        for it in users {
            let parts = sealed::outbox::never_shared(connection, it.user)?;
            losses.push(RescueLoss { name: it.name, parts, drafts: drafts_of(connection, it.user)? });
        }
        let (to_send, _) = outbox::counts(connection)?;
        *self.rescued() = Some(key);
        Ok(RescueOpened { to_send, losses })
    }

    /// A device whose store was opened with its key, as somebody who joins on it needs to know it.
    pub(in crate::device) fn shared_by_rescue(&self, key: StoreKey) -> Result<Shared, ApiError> {
        let store = Store::open(&self.store_path(), &key)?;
        let chain = store.chain()?;
        let device: DeviceId = store.meta(DEVICE)?.ok_or(ErrorCode::StoreDamaged)?;
        let on_it = chain.members().find(|(_, it)| it.device == device);
        let name = on_it.map(|(_, it)| it.device_name.clone()).ok_or(ErrorCode::StoreDamaged)?;
        let token = store.meta("token")?.ok_or(ErrorCode::NotJoined)?;
        Ok(Shared::of(key, token, device, name, &chain))
    }
}

/// A user joined again under new keys: what only the old ones opened is taken away, or it would stand in
/// the way of what is shared with the new ones.
pub(in crate::device) fn begin_again(store: &mut Store, user: UserId) -> Result<(), EngineError> {
    let chain = store.chain()?;
    store.transact(|connection| {
        crate::sync::give_up(connection, &chain, user)?;
        forget_drafts(connection, user)?;
        key::forget_all(connection, user)
    })
}
