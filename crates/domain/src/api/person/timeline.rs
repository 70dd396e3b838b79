//! The timeline of a person.

use super::page::Author;
use crate::ids::FactId;
use crate::location::Location;
use crate::time::Day;
use crate::vocabulary::{Act, BarrierDomain, BarrierState, DurationBand, Medium, OutcomeKind, ReferralState};
use serde::{Deserialize, Serialize};

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimelineItem {
    /// Fact (encounter, ledger entries have none).
    pub id: Option<FactId>,
    /// Day.
    pub on: Day,
    /// What happened.
    pub event: TimelineEvent,
    /// Who.
    pub author: Author,
    /// Values were corrected since.
    pub amended: bool,
    /// Struck out.
    pub void: bool,
    /// Where the entry is, for entries made on this device.
    pub state: Option<super::super::sync::EntryState>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineEvent {
    /// A rencontre.
    Encounter {
        /// Medium.
        medium: Medium,
        /// Where.
        contact_place: Location,
        /// What was done.
        acts: Vec<Act>,
        /// Duration.
        duration: Option<DurationBand>,
        /// Note, where this user may read it.
        note: Option<String>,
    },
    /// An entry of the ledger.
    Ledger(super::super::ledger::LedgerLine),
    /// A barrier changed state.
    Barrier {
        /// Domain.
        domain: BarrierDomain,
        /// New state.
        state: BarrierState,
    },
    /// A referral.
    Referral {
        /// Name of the solution, where it may be shown.
        solution: Option<String>,
        /// State.
        state: ReferralState,
    },
    /// An outcome.
    Outcome(OutcomeKind),
}
