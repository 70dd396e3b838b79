//! *Aujourd'hui*: the mediator's first screen.

use super::caseload::ErasedToTell;
use super::outing::OutingView;
use super::sync::EntryState;
use crate::ids::{EncounterId, FactId, PathwayId};
use crate::time::{Day, InstantMs};
use crate::vocabulary::{FollowUpKind, RequestKind};
use serde::{Deserialize, Serialize};

/// Reads the first screen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadToday {}

/// The first screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// The day, in the device's time zone.
    pub today: Day,
    /// The running outing.
    pub outing: Option<OutingView>,
    /// For référents: what people ask for with the code of their receipt, the oldest first.
    #[serde(default)]
    pub requests: Vec<RequestItem>,
    /// Protected partners to be told that somebody was erased, which this user knows.
    #[serde(default)]
    pub to_tell: Vec<ErasedToTell>,
    /// What is due, late first.
    pub due: Vec<DueItem>,
    /// How many are due in all (the list may be shorter).
    pub due_count: u32,
    /// Last entries of this user on this device, newest first.
    pub recent: Vec<RecentEntry>,
    /// How many entries wait to be sent.
    pub to_send: u32,
    /// What the cité refused of this user's, kept here.
    #[serde(default)]
    pub set_aside: u32,
    /// The clock of this device is wrong, as its last exchange found.
    #[serde(default)]
    pub clock_off: bool,
    /// Days before the device closes for want of an exchange, once that is to be said.
    #[serde(default)]
    pub closes_in_days: Option<u32>,
    /// Drafts to finish.
    pub drafts: u32,
    /// Whether the last entry can be undone.
    pub can_undo: bool,
}

/// A request by code that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestItem {
    /// Person.
    pub person: PersonLabel,
    /// What.
    pub kind: RequestKind,
    /// Since when.
    pub on: Day,
}

/// How a person is shown: never more than this user may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonLabel {
    /// Pathway.
    pub pathway: PathwayId,
    /// First name or nickname and initial, where this user may read it; else none.
    pub name: Option<String>,
    /// Initials, for the discreet mode and the avatar.
    pub initials: Option<String>,
    /// Code repère.
    pub code: Option<String>,
}

/// Something due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DueItem {
    /// Fact in the pathway.
    pub follow_up: FactId,
    /// Person.
    pub person: PersonLabel,
    /// Kind.
    pub kind: FollowUpKind,
    /// Day due.
    pub due: Day,
    /// Days late (0 today, negative to come).
    pub days_late: i32,
}

/// One of the last entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecentEntry {
    /// Entry.
    pub encounter: EncounterId,
    /// Person; none for a passage.
    pub person: Option<PersonLabel>,
    /// People met, for a passage.
    pub headcount: Option<u32>,
    /// When, by this device's clock.
    pub recorded_at_ms: InstantMs,
    /// A follow-up noted with it.
    pub follow_up_on: Option<Day>,
    /// Struck out by undo.
    pub void: bool,
    /// Where it is.
    pub state: EntryState,
}
