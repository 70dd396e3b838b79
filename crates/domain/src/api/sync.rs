//! Synchronisation as a user sees it.

use super::audit::HeadView;
use crate::ids::PathwayId;
use crate::time::{Day, InstantMs};
use serde::{Deserialize, Serialize};

/// Where an entry is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// *Sur cet appareil*: on this device only.
    OnDevice,
    /// *Reçu par la cité*.
    Received,
    /// Set aside: the cité refused it; kept on the device, with the reason's code.
    SetAside {
        /// Code of the refusal.
        reason: String,
    },
}

/// Reads the state of synchronisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadSyncState {}

/// Synchronises now; resumes where a cut left it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SyncNow {}

/// State of synchronisation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SyncStateView {
    /// An exchange is under way.
    pub running: bool,
    /// Progress of the running exchange.
    pub progress: Option<SyncProgress>,
    /// Entries that wait to be sent.
    pub to_send: u32,
    /// Entries that never leave this device as things stand (named parts without sharing).
    pub kept_here: u32,
    /// Entries the cité refused, kept here.
    pub set_aside: u32,
    /// Last complete exchange.
    pub last_success_ms: Option<InstantMs>,
    /// Last failure since then.
    pub last_failure: Option<SyncFailure>,
    /// Address of the server.
    pub server: String,
    /// Bytes sent and received by the last exchange.
    pub last_bytes: (u64, u64),
    /// Pathways on this device.
    pub pathways: u32,
    /// A référent's device has founded: before that nothing can be shared.
    pub established: bool,
    /// Who came in with the printed recovery key last, where it was ever used: everybody is told.
    #[serde(default)]
    pub recovered_by: Option<String>,
    /// For référents: who printed another key in the place of the one before, where that was done last.
    #[serde(default)]
    pub sheet_by: Option<String>,
    /// Since when the cité knows that this device's files exist twice (copied, or put back from an image); for
    /// a month.
    #[serde(default)]
    pub copied_on: Option<Day>,
    /// The clock of this device is more than a day away from the cité's, as its last exchange found.
    #[serde(default)]
    pub clock_off: Option<ClockOff>,
    /// People whose records end within a month, for want of contact.
    #[serde(default)]
    pub ending: u32,
    /// What the server asked for and this device refused to do, and when it went back.
    #[serde(default)]
    pub alarms: Vec<Alarm>,
    /// Kinds of settings, maps or directories of the cité that came and could not be read; the last
    /// that could stay in use.
    #[serde(default)]
    pub unread: u32,
    /// Last end of the server's own audit that this device has verified.
    #[serde(default)]
    pub audit: Option<HeadView>,
}

/// A clock that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockOff {
    /// The day this device showed.
    pub here: Day,
    /// The cité's day then.
    pub cite: Day,
}

/// The server asked for something that this device cannot verify, or went back; nothing was deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alarm {
    /// What.
    pub kind: AlarmKind,
    /// About whom; none where it is about the server itself.
    pub pathway: Option<PathwayId>,
    /// Since when.
    pub on: Day,
    /// Name of the colleague it is traced to, where it is.
    #[serde(default)]
    pub by: Option<String>,
    /// Where the server went back: how many records, parts and ledgers it lacked and was given back.
    #[serde(default)]
    pub lacking: u32,
}

/// Kinds of alarms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// To erase somebody without a signed cause that holds here.
    ErasureWithoutCause,
    /// To erase somebody whose time is over, although a later contact is known here.
    ErasureBeforeTime,
    /// To take a shorter audit of its own than this device has seen.
    AuditShortened,
    /// To take another audit of its own than this device has seen, or one the founder's key did not sign.
    AuditRewritten,
    /// To use a key that is not signed by the member whose name it bears.
    KeyUnsigned,
    /// A member signed a key that opens to nothing; another one is waited for or used.
    KeyWrong,
    /// Two copies of this device's data exchange with the server.
    StoreCopied,
    /// The server no longer had what it had acknowledged or served here, and had not said that it was restored.
    ServerWentBack,
    /// The server says that it was restored from a backup; what it lacked is given back.
    ServerRestored,
}

/// Progress of an exchange.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncProgress {
    /// Entries sent so far.
    pub sent: u32,
    /// Entries to send in all.
    pub to_send: u32,
    /// Items received so far.
    pub received: u32,
    /// Items announced, where known.
    pub to_receive: Option<u32>,
}

/// Why an exchange failed, and since when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SyncFailure {
    /// Kind.
    pub kind: SyncFailureKind,
    /// When.
    pub at_ms: InstantMs,
    /// The next automatic try.
    pub retry_at_ms: Option<InstantMs>,
}

/// Kinds of failures, each with its own words and way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncFailureKind {
    /// No network, or the server does not answer.
    Unreachable,
    /// The connection was cut on the way; what was received is kept.
    Cut,
    /// The server is busy and asked to wait.
    Busy,
    /// The certificate or the answer cannot be trusted.
    Untrusted,
    /// The device is revoked or its token is not accepted.
    Revoked,
    /// This device's program is too old.
    DeviceTooOld,
    /// The server is too old for what this device wrote.
    ServerTooOld,
    /// All is exchanged, and the server still holds other changes than this device: it withholds or
    /// refuses something. Nothing is deleted.
    Diverged,
    /// The disk is full.
    StorageFull,
    /// The server answered with an error.
    ServerError,
}
