//! The devices of the cité.

use crate::ids::{DeviceId, UserId};
use crate::role::Role;
use crate::time::{Day, InstantMs};
use crate::vocabulary::{ObjectionAct, OrderReason, Purpose};
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
    /// Silent for more than a day, or with entries it announced and has not sent.
    pub late: bool,
    /// Entries it announced and has not sent.
    pub announced: u32,
    /// Revoked.
    pub revoked: bool,
    /// Stores of it that exchanged within a month: more than one where its data was copied or put back.
    #[serde(default)]
    pub copies: u32,
}

/// Lists what was erased and who confirmed it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadErasures {}

/// What was erased, newest first. Nobody is named: an erasure is known by its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErasuresView {
    /// The server's state at this moment; none on a device that has received none yet.
    pub at_ms: Option<InstantMs>,
    /// Erasures.
    pub erasures: Vec<ErasureRow>,
}

/// One erasure: its cause, and the devices that held what was erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErasureRow {
    /// First eight hexadecimal digits of the signed record that is its cause.
    pub number: String,
    /// Day of that record.
    pub on: Day,
    /// Why.
    pub cause: ErasureCause,
    /// Records of one person that were erased together have this number in common: that of the first.
    #[serde(default)]
    pub together: Option<String>,
    /// Devices that held it.
    pub devices: Vec<ErasureDevice>,
    /// For a whole record: partners that were given something.
    #[serde(default)]
    pub partners: Vec<ErasurePartner>,
}

/// A partner that was given something of whom was erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErasurePartner {
    /// Its name; none for a protected one, which the server does not know.
    pub name: Option<String>,
    /// Of a protected one: who recorded the agreement, and knows which it is.
    #[serde(default)]
    pub known_by: Option<String>,
    /// Day on which they were told to erase it.
    pub told_on: Option<Day>,
    /// Who told them, where that was after the erasure.
    pub by: Option<String>,
}

/// Why something was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureCause {
    /// An agreement to this purpose was withdrawn or refused.
    Purpose(Purpose),
    /// The person objected.
    Objection(ObjectionAct),
    /// The person objected to everything: the whole record, once the days the cité sets had passed.
    Stop,
    /// Nobody had been in contact for as long as the cité keeps records.
    Retention,
    /// A référent ordered it.
    Order(OrderReason),
}

/// A device that held what was erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErasureDevice {
    /// Name of the device.
    pub name: String,
    /// Name of its user.
    pub user_name: String,
    /// Day on which it confirmed, by its own clock and signature.
    pub confirmed_on: Option<Day>,
    /// Last exchange: a device that was not seen since cannot have erased.
    pub last_seen_ms: Option<InstantMs>,
    /// Revoked: it will not confirm.
    pub revoked: bool,
    /// Which copy of the device's data, from 1; none where there is one. Each confirms for itself.
    #[serde(default)]
    pub copy: Option<u32>,
}
