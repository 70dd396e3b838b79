//! Follow-ups, referrals, episodes, situations and outcomes.

use super::page::Author;
use crate::ids::{FactId, PathwayId};
use crate::pathway::{Episode, FollowUp, Outcome, Situation};
use crate::time::Day;
use crate::vocabulary::{FollowUpKind, FollowUpState, ReferralState};
use serde::{Deserialize, Serialize};

/// A follow-up on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpView {
    /// Fact.
    pub id: FactId,
    /// Content.
    pub follow_up: FollowUp,
    /// Who.
    pub author: Author,
}

/// Adds a follow-up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddFollowUp {
    /// Person.
    pub pathway: PathwayId,
    /// Kind.
    pub kind: FollowUpKind,
    /// Day.
    pub due: Day,
}

/// Settles (or reopens) a follow-up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettleFollowUp {
    /// Person.
    pub pathway: PathwayId,
    /// Follow-up.
    pub follow_up: FactId,
    /// New state.
    pub state: FollowUpState,
}

/// A referral on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralView {
    /// Fact.
    pub id: FactId,
    /// Name of the solution; none for an *orientation protégée* this user may not read.
    pub solution: Option<String>,
    /// *Orientation protégée*.
    pub protected: bool,
    /// Day.
    pub on: Day,
    /// *Aller-avec*.
    pub accompanied: bool,
    /// State.
    pub state: ReferralState,
    /// Who.
    pub author: Author,
}

/// Adds a referral, or changes its state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetReferral {
    /// Person.
    pub pathway: PathwayId,
    /// The referral; none adds one to `solution`.
    pub referral: Option<FactId>,
    /// Solution, for a new one.
    pub solution: Option<crate::ids::SolutionId>,
    /// *Aller-avec*.
    #[serde(default)]
    pub accompanied: bool,
    /// State.
    pub state: ReferralState,
}

/// Adds or replaces an episode, situation or outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddFact {
    /// Person.
    pub pathway: PathwayId,
    /// The fact to change; none adds one.
    pub id: Option<FactId>,
    /// Content.
    pub fact: NewFact,
}

/// Content of an added fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewFact {
    /// An episode.
    Episode(Episode),
    /// A situation.
    Situation(Situation),
    /// An outcome.
    Outcome(Outcome),
}
