//! The page of one person.

use super::super::ledger::LedgerView;
use super::barrier::{BarrierView, NeedView};
use super::ending::Ending;
use super::fact::{FollowUpView, ReferralView};
use super::history::DifferingField;
use super::named::{NamedParts, PartState};
use super::search::PersonHit;
use super::timeline::TimelineItem;
use crate::ids::{FactId, PathwayId};
use crate::pathway::{Episode, Outcome, Situation};
use crate::vocabulary::Evidence;
use serde::{Deserialize, Serialize};

/// Opens a person's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenPerson {
    /// Person.
    pub pathway: PathwayId,
}

/// A person's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    /// Label and profile.
    pub hit: PersonHit,
    /// How the residence is known.
    pub residence_evidence: Option<Evidence>,
    /// Publics the person belongs to (computed): codes of `publics::Public`.
    pub publics: Vec<String>,
    /// Named parts this user may read.
    pub named: NamedParts,
    /// Where each named part is.
    pub parts: Vec<PartState>,
    /// Needs.
    pub needs: Vec<NeedView>,
    /// Barriers, open ones first.
    pub barriers: Vec<BarrierView>,
    /// Strengths, by situation code.
    pub strengths: Vec<String>,
    /// Timeline, newest first.
    pub timeline: Vec<TimelineItem>,
    /// Follow-ups, those due first.
    pub follow_ups: Vec<FollowUpView>,
    /// Referrals, newest first.
    pub referrals: Vec<ReferralView>,
    /// Episodes.
    pub episodes: Vec<(FactId, Episode)>,
    /// Situations.
    pub situations: Vec<(FactId, Situation)>,
    /// Outcomes.
    pub outcomes: Vec<(FactId, Outcome)>,
    /// Référents, those who follow now first.
    pub referents: Vec<super::super::referent::ReferentView>,
    /// Ledger.
    pub ledger: LedgerView,
    /// Fields for which several people wrote different values at the same time; both are kept. Shown to
    /// référents only: nobody in the street is asked to settle anything.
    pub differing: Vec<DifferingField>,
    /// Records linked as the same person.
    pub linked: Vec<super::super::caseload::LinkedPerson>,
    /// Records linked as the same person that are not here: erased, or of another sector.
    #[serde(default)]
    pub absent: Vec<super::AbsentRecord>,
    /// Records that may be of the same person, for référents only.
    pub duplicates: Vec<super::super::caseload::ProbableDuplicate>,
    /// Risk of drop-out: reasons (codes) and weights; empty where there is none.
    pub risk: Vec<(String, u32)>,
    /// When everything here about the person is going to be erased, where that is near.
    #[serde(default)]
    pub ending: Option<Ending>,
}

/// Who wrote something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Author {
    /// Name shown; none where the membership record is not known here.
    pub name: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
    /// It was this user.
    pub me: bool,
    /// Who recovered it from the author's device and wrote it on their behalf, by name.
    #[serde(default)]
    pub recovered_by: Option<String>,
}

impl Author {
    /// Nobody who is known here.
    pub const UNKNOWN: Self = Self { name: None, organisation: None, me: false, recovered_by: None };
}
