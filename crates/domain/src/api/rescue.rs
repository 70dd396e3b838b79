//! Lost, found and locked-out tablets: what a référent can do for a colleague of their organisation.

use crate::ids::DeviceId;
use crate::secret::SecretText;
use serde::{Deserialize, Serialize};

/// Lists the devices of this référent's organisation that they could help with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListRescues {}

/// What a référent can help with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RescuesView {
    /// Devices, by name.
    pub devices: Vec<RescuableDevice>,
    /// Recovered changes that still wait here to be sent.
    pub waiting: u32,
    /// Recovered edits that wait until the record they are about is on this device, by their author's name.
    #[serde(default)]
    pub held: Vec<(String, u32)>,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RescuableDevice {
    /// Device.
    pub device: DeviceId,
    /// Its name.
    pub name: String,
    /// Names of its users in this organisation.
    pub users: Vec<String>,
    /// All of them are revoked there.
    pub revoked: bool,
    /// Its store's key is in this référent's hands.
    pub has_key: bool,
}

/// Recovers what a found device did not send, from its data folder or a copy of it, which is not changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecoverDevice {
    /// Folder, as a path on this machine.
    pub folder: String,
    /// Words of the printed recovery key, where the device's key is in no référent's hands.
    #[serde(default)]
    pub recovery: Option<SecretText>,
}

/// What was recovered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Recovered {
    /// Name of the found device.
    pub device: String,
    /// Changes to be sent, by the name of who made them.
    pub changes: Vec<(String, u32)>,
    /// Edits that waited for their author on the device: to be written from here on their behalf, by the name
    /// of the author.
    #[serde(default)]
    pub behalf: Vec<(String, u32)>,
    /// Edits that the cité had refused: shown here, under *Synchronisation*, for their author.
    #[serde(default)]
    pub set_aside: u32,
    /// Edits of people of another organisation: for a référent of theirs to recover from the same device.
    #[serde(default)]
    pub elsewhere: u32,
    /// About people who were erased since: left where they are.
    #[serde(default)]
    pub erased: u32,
    /// People they are about.
    pub people: u32,
    /// Named parts among them, still sealed: read once received.
    pub parts: u32,
    /// Entries of ledgers, and other signed records.
    pub records: u32,
    /// What was recovered before and waits here already, or was received.
    pub known: u32,
    /// Named parts that nobody but their author could open, and the author no longer can.
    pub unreadable_parts: u32,
    /// Unfinished forms, sealed for their author alone.
    pub unreadable_drafts: u32,
    /// What was not signed by who should have, or does not read.
    pub refused: u32,
}

/// Shows the key of a device's store, to be typed on it by a user who forgot the passphrase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShowRescueKey {
    /// Device.
    pub device: DeviceId,
}

/// The key of a device's store, as text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RescueKeyView {
    /// Name of the device.
    pub name: String,
    /// The key: 56 characters in groups.
    pub key: SecretText,
}

/// Opens a locked-out device's store with its key, so that a user can join on it again, let in by a
/// référent. Held in memory until then; nothing is shown of what is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenWithRescueKey {
    /// The key, as the référent's device shows it.
    pub key: SecretText,
}

/// What joining again keeps and what it costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RescueOpened {
    /// Changes that wait to be sent; they stay, under their author's name.
    pub to_send: u32,
    /// What each user would lose by joining again: sealed with the passphrase that was forgotten.
    pub losses: Vec<RescueLoss>,
}

/// What a user would lose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RescueLoss {
    /// Name.
    pub name: String,
    /// Named parts that were never shared.
    pub parts: u32,
    /// Unfinished forms.
    pub drafts: u32,
}
