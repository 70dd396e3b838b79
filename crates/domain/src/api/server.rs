//! The devices of the cité.

use crate::ids::{DeviceId, UserId};
use crate::role::Role;
use crate::time::InstantMs;
use serde::{Deserialize, Serialize};

/// Lists the devices.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListDevices {}

/// The devices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DevicesView {
    /// When this was read, by the server's clock.
    pub at_ms: InstantMs,
    /// Devices, the latest to synchronise last.
    pub devices: Vec<DeviceRow>,
}

/// A device and its user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeviceRow {
    /// Device.
    pub device: DeviceId,
    /// User.
    pub user: UserId,
    /// Name of the device.
    pub name: String,
    /// Name of the user.
    pub user_name: String,
    /// Role.
    pub role: Role,
    /// Organisation.
    pub organisation: String,
    /// Enrolled.
    pub enrolled_at_ms: InstantMs,
    /// Last exchange.
    pub last_seen_ms: Option<InstantMs>,
    /// Up to the newest entry visible to it.
    pub up_to_date: bool,
    /// Entries it announced and has not sent.
    pub announced: u32,
    /// Revoked.
    pub revoked: bool,
}
