//! Joining a cité, unlocking a device, signing in to the browser face.

use crate::hold::Hold;
use crate::ids::{DeviceId, OrganisationId, SectorId, UserId};
use crate::role::{Face, Role};
use crate::secret::SecretText;
use serde::{Deserialize, Serialize};

/// Where the session stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Status {}

/// Where the session stands, and who is at work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusView {
    /// Device or browser.
    pub face: Face,
    /// State.
    pub state: SessionState,
    /// Name of the cité, once known.
    pub cite_name: Option<String>,
    /// The cité is a demonstration: every screen says so.
    pub demonstration: bool,
    /// Version of the program.
    pub version: String,
}

/// State of the session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// A device that has joined no cité.
    NotJoined,
    /// Locked; the users of the device, in the order of their last unlock.
    Locked {
        /// Users who can unlock.
        users: Vec<LockedUser>,
    },
    /// The passphrase was right, and still nobody may work: nothing can be read or recorded, an exchange
    /// can be tried, what waits stays.
    Held {
        /// Who unlocked.
        user: LockedUser,
        /// Why.
        hold: Hold,
        /// Entries that were not sent.
        to_send: u32,
        /// What else is on it.
        #[serde(default)]
        beside: Beside,
        /// Days without an exchange.
        silent_days: u32,
        /// The other users of the device.
        others: Vec<LockedUser>,
    },
    /// Unlocked or signed in.
    Open {
        /// Who is at work.
        me: Me,
        /// The other users of the device, for switching.
        others: Vec<LockedUser>,
    },
    /// The browser face with nobody signed in.
    SignedOut,
}

/// What a closed device holds beside coded entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Named parts that were not sent and that others may open: they can be recovered.
    pub parts: u32,
    /// Agreements and other signed acts that were not sent: they can be recovered.
    pub records: u32,
    /// Named parts of this user that nobody else can open.
    pub alone: u32,
    /// Their unfinished forms, which nobody else can open.
    pub drafts: u32,
}

/// A user who can unlock this device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LockedUser {
    /// User.
    pub user: UserId,
    /// Name shown ("Nadia B.").
    pub name: String,
    /// The PIN is enough (the app was unlocked by passphrase since it started).
    pub pin_is_enough: bool,
    /// PIN attempts left before the passphrase is asked.
    pub attempts_left: u32,
    /// Too many wrong passphrases: a référent's help is needed.
    #[serde(default)]
    pub guessed_out: bool,
    /// Shut out since the program started: what the locked screen says.
    #[serde(default)]
    pub hold: Option<Hold>,
}

/// The user at work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Me {
    /// User.
    pub user: UserId,
    /// Device; none in the browser.
    pub device: Option<DeviceId>,
    /// Name shown.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Name of the organisation.
    pub organisation_name: String,
    /// Sectors.
    pub sectors: Vec<SectorId>,
    /// Preferences.
    pub preferences: Preferences,
}

/// What a user chose for their screen. Kept on the device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// *Discret*: the first screen shows initials and no reason until touched.
    pub discreet: bool,
    /// Theme.
    pub theme: Theme,
    /// Language code of the interface: `fr` or `en`.
    pub language: String,
    /// Minutes without a touch before the app locks itself.
    pub lock_after_minutes: u32,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { discreet: true, theme: Theme::Light, language: "fr".into(), lock_after_minutes: 5 }
    }
}

/// Theme of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Paper and ink.
    Light,
    /// Pure white and black, thicker lines.
    Sunlight,
    /// Dark.
    Dark,
}

/// Asks the server what an invitation is for, before joining. Nothing is used up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckInvitation {
    /// Address of the server, `https://…` (plain `http` only to this machine).
    pub server: String,
    /// Invitation code, 26 base32 characters with a check, spaces allowed.
    pub code: SecretText,
}

/// What an invitation is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Name of the cité.
    pub cite_name: String,
    /// A demonstration.
    pub demonstration: bool,
    /// Name of the invited user.
    pub user_name: String,
    /// Role.
    pub role: Role,
    /// Organisation.
    pub organisation_name: String,
    /// Six words proposed as passphrase, drawn on this device.
    pub passphrase: SecretText,
    /// Who invites with their device, and will let this one in; none where the server does.
    pub inviter: Option<String>,
}

/// Joins the cité: the device makes its keys, the membership record is signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Join {
    /// Address of the server.
    pub server: String,
    /// Invitation code.
    pub code: SecretText,
    /// The passphrase, six words; asked at each cold start.
    pub passphrase: SecretText,
    /// PIN of six digits or more; re-locks a running app.
    pub pin: SecretText,
    /// Name of the device shown in the cité's list ("Tablette 3").
    pub device_name: String,
}

/// Unlocks with the passphrase (cold start, or after five wrong PINs).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unlock {
    /// User.
    pub user: UserId,
    /// Passphrase; accents, capitals and extra spaces do not matter.
    pub passphrase: SecretText,
}

/// Unlocks, or switches user, with the PIN while the app runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnlockWithPin {
    /// User.
    pub user: UserId,
    /// PIN.
    pub pin: SecretText,
}

/// Locks the running app: the screen, until a PIN; keys of the user are zeroized.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Lock {}

/// Sets the user's preferences.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetPreferences {
    /// The new preferences.
    pub preferences: Preferences,
}

/// Signs in to the browser face.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignIn {
    /// Login.
    pub login: String,
    /// Password.
    pub password: SecretText,
}

/// Signs out of the browser face.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SignOut {}
