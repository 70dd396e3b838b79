//! The audit: who did what kind of thing, when, from where; no content. In the browser, every chain of
//! the cité; on a device, its own entries about one person.

use crate::ids::{DeviceId, PathwayId, UserId};
use crate::time::{Day, InstantMs};
use crate::vocabulary::AuditAct;
use serde::{Deserialize, Serialize};

/// Where something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditSource {
    /// On the server: by command, in the browser, or by itself.
    Server,
    /// On a device.
    Device(DeviceId),
}

/// What is shown; none: everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// Only this act.
    pub act: Option<AuditAct>,
    /// Only this user.
    pub user: Option<UserId>,
    /// Only from here.
    pub source: Option<AuditSource>,
    /// Only entries under this pseudonym of a person, in hexadecimal digits.
    pub about: Option<String>,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

/// Reads a page of the audit. The first page of each question is itself noted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadAudit {
    /// What is shown.
    pub filter: AuditFilter,
    /// Entries passed over.
    pub offset: u32,
    /// Entries wanted, at most 100.
    pub limit: u32,
}

/// A page of the audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Every chain, those that do not hold first.
    pub chains: Vec<ChainView>,
    /// Entries, newest first.
    pub lines: Vec<AuditLineView>,
    /// Entries that pass the filter.
    pub total: u32,
    /// Users who have an entry.
    pub users: Vec<(UserId, String)>,
    /// End of the server's own chain, as devices show it; none while it is empty.
    pub head: Option<HeadView>,
}

/// An end of the server's own chain: how many entries, and the beginning of the last one's hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadView {
    /// Place of the last entry.
    pub count: u64,
    /// First eight hexadecimal digits of its hash.
    pub mark: String,
}

/// A chain and whether it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChainView {
    /// Whose it is.
    pub source: AuditSource,
    /// Name of the device; none for the server.
    pub device: Option<String>,
    /// Names of the device's users.
    pub users: Vec<String>,
    /// Entries that are here.
    pub entries: u32,
    /// When the last of them was made.
    pub last_ms: Option<InstantMs>,
    /// Place from which on it does not hold.
    pub broken_from: Option<u64>,
    /// A device has seen another end of this chain: it was rewritten or shortened since.
    #[serde(default)]
    pub contradicted: bool,
}

/// An entry as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditLineView {
    /// When, by the clock of where it was done.
    pub at_ms: InstantMs,
    /// Name of the user; none for commands, the server's own work and refused sign-ins.
    pub who: Option<String>,
    /// Name of the device; none for the server.
    pub device: Option<String>,
    /// What; none for an act of a later version.
    pub act: Option<AuditAct>,
    /// Pseudonym of the person it is about, in hexadecimal digits.
    pub about: Option<String>,
}

/// Takes the audit away as a file; itself noted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportAudit {
    /// What is taken.
    pub filter: AuditFilter,
    /// As what.
    pub format: AuditFormat,
    /// Language of the acts and heads: `fr` or `en`.
    pub language: String,
}

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditFormat {
    /// For a spreadsheet: semicolons and a byte order mark.
    Csv,
    /// With codes, identifiers and the state of each chain.
    Json,
}

/// The file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditFile {
    /// Its name, which holds the day and nothing else.
    pub name: String,
    /// Content.
    pub content: String,
    /// Older entries that were left out because there are too many for a file.
    pub left_out: u32,
}

/// Asks which entries of this device's audit concern a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadOpenings {
    /// Pathway.
    pub pathway: PathwayId,
}

/// What the user at work did with a person's record on this device, as far as the audit goes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpeningsView {
    /// Name of the user: the entries are theirs.
    pub who: String,
    /// When and what, newest first.
    pub lines: Vec<(InstantMs, Option<AuditAct>)>,
    /// Under which the administrator finds the same entries: the person's pseudonyms under this user's key.
    pub pseudonyms: Vec<String>,
    /// Other users of this device, whose entries only they can tell.
    pub others: Vec<String>,
    /// Oldest entry of this device that is still kept.
    pub since_ms: Option<InstantMs>,
}
