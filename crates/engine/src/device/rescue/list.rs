//! The devices of a référent's organisation, and showing the key of one.

use super::{keys, users_of};
use crate::device::Device;
use crate::keys::RescueKey;
use crate::store::{carried, recovered};
use domain::api::rescue::{RescuableDevice, RescueKeyView, RescuesView, ShowRescueKey};
use domain::error::{ApiError, ErrorCode};
use domain::ids::DeviceId;
use std::collections::{BTreeMap, BTreeSet};

impl Device {
    /// Devices a référent could help with.
    pub(in crate::device) fn rescues(&self) -> Result<RescuesView, ApiError> {
        self.with_open(|open| {
            let held: BTreeSet<DeviceId> =
                keys(open, None)?.into_iter().map(|(_, device, _)| device).collect();
            let mut devices: BTreeMap<DeviceId, RescuableDevice> = BTreeMap::new();
            let mine = open.member.organisation;
            for (_, it) in open.chain.members() {
                if it.organisation != mine || it.device == open.member.device {
                    continue;
                }
                let device = devices.entry(it.device).or_insert_with(|| RescuableDevice {
                    device: it.device,
                    name: it.device_name.clone(),
                    users: Vec::new(),
                    revoked: true,
                    has_key: held.contains(&it.device),
                });
                if !device.users.contains(&it.user_name) {
                    device.users.push(it.user_name.clone());
                }
                device.revoked &= it.revoked;
            }
            let mut devices: Vec<_> = devices.into_values().collect();
            devices.sort_by(|a, b| (a.revoked, &a.name, &a.users).cmp(&(b.revoked, &b.name, &b.users)));
            let mut held: BTreeMap<String, u32> = BTreeMap::new();
            for (signer, count) in recovered::counts(open.store.connection())? {
                let name = open.chain.member(&signer).map(|it| it.user_name.clone());
                *held.entry(name.unwrap_or_default()).or_default() += count;
            }
            let waiting = carried::count(open.store.connection())?;
            Ok(RescuesView { devices, waiting, held: held.into_iter().collect() })
        })
    }

    /// The key of a device's store, for a colleague who forgot the passphrase: only while somebody of this
    /// organisation may still work on it.
    pub(in crate::device) fn show_rescue_key(
        &self,
        request: &ShowRescueKey,
    ) -> Result<RescueKeyView, ApiError> {
        self.with_open(|open| {
            let mut active = users_of(open, request.device).filter(|it| !it.revoked);
            let name = active.next().map(|it| it.device_name.clone()).ok_or(ErrorCode::NotFound)?;
            let keys = keys(open, None)?;
            let key = keys.into_iter().rev().find(|(_, device, _)| *device == request.device);
            let (_, _, key) = key.ok_or(ErrorCode::NoKeyForDevice)?;
            Ok(RescueKeyView { name, key: RescueKey::of(&key).text() })
        })
    }
}
