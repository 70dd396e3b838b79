//! People of the cité and their devices: founding, letting in, changing, revoking. On a référent's device.

use crate::ids::{DeviceId, OrganisationId, SectorId, UserId};
use crate::role::Role;
use crate::secret::SecretText;
use serde::{Deserialize, Serialize};

/// Lists the people of the cité and their devices, as the signed chain says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListMembers {}

/// The people of the cité.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MembersView {
    /// A référent's device has founded: shared keys exist, members can be let in.
    pub established: bool,
    /// Who founded, where that is known.
    pub established_by: Option<String>,
    /// Who came in with the printed key last, where it was ever used.
    pub recovered_by: Option<String>,
    /// The printed key that counts; none before the cité is founded.
    #[serde(default)]
    pub sheet: Option<SheetView>,
    /// For whom an invitation of this device is under way.
    pub inviting: Option<String>,
    /// Active référents of the cité.
    pub referents: u32,
    /// People, those who are active first, then by name.
    pub people: Vec<MemberRow>,
    /// Organisations whose people the user at work may let in: identifier and name.
    pub organisations: Vec<(OrganisationId, String)>,
}

/// A person and their devices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberRow {
    /// User.
    pub user: UserId,
    /// Name shown.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Organisation.
    pub organisation_name: String,
    /// Sectors.
    pub sectors: Vec<SectorId>,
    /// The user at work.
    pub me: bool,
    /// Has a device that is not revoked.
    pub active: bool,
    /// The user at work may change role and sectors, and let in another device of this person.
    pub may_change: bool,
    /// A change was decided here and has not reached the cité yet.
    pub waiting: bool,
    /// Devices, in the order in which they came.
    pub devices: Vec<MemberDevice>,
}

/// A device of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberDevice {
    /// Device.
    pub device: DeviceId,
    /// Name of the device.
    pub name: String,
    /// Revoked.
    pub revoked: bool,
    /// This device.
    pub here: bool,
    /// Revoked here; the cité has not received it yet.
    pub waiting: bool,
}

/// The sheet of the printed key that counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetView {
    /// Who printed it.
    pub by: Option<String>,
    /// The six words of the cité that stand on it: they are no secret.
    pub check: Vec<String>,
    /// A référent at work printed it in the place of another.
    pub replaced: bool,
    /// Another one was noted here; it counts once the cité was told.
    pub waiting: bool,
    /// The one that was noted here last never counted: a colleague's came first.
    pub void: bool,
}

/// Draws the key of another sheet, where one was lost or seen. Nothing changes until it is noted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DrawReplacementKey {}

/// Replaces the sheet: from here on the old one opens nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReplaceRecoveryKey {
    /// The words asked for, in their order; accents and capitals do not matter.
    pub words: Vec<SecretText>,
}

/// Draws the recovery key, to be noted on paper. It is held in memory until the cité is founded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DrawRecoveryKey {}

/// The recovery key, shown once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecoveryKeyView {
    /// Twenty-four words; the last one checks the others.
    pub words: SecretText,
    /// Six words that stand for the cité as it is now, to be printed beside them.
    pub check: Vec<String>,
    /// Which of them are asked for again, counted from 1.
    pub asked: Vec<u8>,
    /// Name of the cité, for the sheet of paper.
    pub cite_name: String,
}

/// Founds: the words asked for prove that the key was noted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EstablishCite {
    /// The words asked for, in their order; accents and capitals do not matter.
    pub words: Vec<SecretText>,
}

/// Who is invited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invitee {
    /// Somebody new.
    New {
        /// Name shown to colleagues ("Nadia B.").
        name: String,
        /// What they are there to do.
        role: Role,
        /// Name of their organisation; names that differ by capitals only are one.
        organisation: String,
        /// Sectors.
        sectors: Vec<SectorId>,
    },
    /// Another device of somebody who is known, with the role and sectors they have.
    Known {
        /// User.
        user: UserId,
    },
}

/// Invites on this device; an invitation of this device that is still open is given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InviteMember {
    /// Who.
    pub who: Invitee,
}

/// An invitation, to be shown to the newcomer only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InvitationShown {
    /// The code: 26 characters in groups.
    pub code: SecretText,
    /// Address of the server, which the newcomer needs too.
    pub server: String,
    /// What a QR image holds: address and code in one text.
    pub scanned: SecretText,
    /// Seconds for which it holds.
    pub seconds_left: u32,
}

/// Looks whether the newcomer has answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadInvitation {}

/// Where the invitation of this device stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// There is none, or it was given up.
    None,
    /// Nobody has answered yet.
    Waiting {
        /// Seconds for which it holds.
        seconds_left: u32,
    },
    /// A newcomer answered: the words below must be those on their screen.
    Answered {
        /// Who was invited.
        name: String,
        /// How the newcomer's device is called.
        device_name: String,
        /// Six words to compare.
        words: Vec<String>,
        /// The words were confirmed; the cité has not received it yet.
        confirmed: bool,
        /// Seconds for which it holds.
        seconds_left: u32,
    },
    /// The newcomer is in.
    Done {
        /// Who.
        name: String,
    },
    /// What came did not come from whoever has the code: nobody was let in.
    Forged,
    /// Ten minutes have passed, or it was given up: a new invitation is needed.
    Dead,
}

/// The words are the same: lets the newcomer in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ConfirmInvitation {}

/// Gives the invitation up: the words differ, or nobody comes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CancelInvitation {}

/// Changes role and sectors, on all devices of the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeMember {
    /// User.
    pub user: UserId,
    /// New role; the same one changes nothing.
    pub role: Role,
    /// New sectors.
    pub sectors: Vec<SectorId>,
}

/// Who or what leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    /// A person, with all their keys on all devices.
    Person(UserId),
    /// A device, with the keys of everybody who works on it.
    Device(DeviceId),
}

/// Revokes. What was written stays; nothing more is taken from there, and nothing sent to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RevokeMember {
    /// Who or what.
    pub leaving: Leaving,
}

/// The newcomer's half: makes keys and sends them under the code, then waits for the inviter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerInvitation {
    /// As for joining with a code of the server.
    pub join: super::session::Join,
}

/// Looks whether the inviter has let this device in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadAnswer {}

/// Where joining by a device's invitation stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// No answer is under way.
    None,
    /// The inviter compares the words.
    Waiting {
        /// Six words to compare.
        words: Vec<String>,
        /// Who invited.
        inviter: String,
        /// Seconds for which it holds.
        seconds_left: u32,
    },
    /// This device has joined; its user is at work.
    Joined(Box<super::session::StatusView>),
    /// Refused, given up or too late: a new invitation is needed.
    Dead,
}
