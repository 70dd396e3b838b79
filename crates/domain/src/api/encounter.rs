//! Recording an encounter or a passage: the heart of the product.

use super::ledger::LedgerAct;
use super::person::{NamedParts, ProfileForm};
use crate::ids::{DraftId, EncounterId, FactId, OutingId, PathwayId, PlaceId, SolutionId};
use crate::location::Location;
use crate::time::Day;
use crate::vocabulary::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Whom the encounter is with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Not chosen yet (a draft only).
    #[default]
    NotChosen,
    /// Someone already known.
    Known(PathwayId),
    /// Someone new: a pathway begins, with what is told.
    New(Box<NewPerson>),
}

/// Someone met for the first time. Everything is optional.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPerson {
    /// Coded profile.
    pub profile: ProfileForm,
    /// Named parts told; they stay on this device, sealed for the author.
    pub named: NamedParts,
}

/// The form of an encounter; every field may be empty while it is a draft.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EncounterForm {
    /// With whom.
    pub whom: Whom,
    /// Day; none means today.
    pub on: Option<Day>,
    /// Outing it belongs to.
    pub outing: Option<OutingId>,
    /// Medium; none means street in an outing.
    pub medium: Option<Medium>,
    /// Direction.
    pub direction: Option<Direction>,
    /// The person, a relative, a partner.
    pub counterpart: Option<Counterpart>,
    /// Duration.
    pub duration: Option<DurationBand>,
    /// Where; none means the outing's place.
    pub contact_place: Option<Location>,
    /// Named place.
    pub place: Option<PlaceId>,
    /// *Déjà rencontré par un collègue ?*
    pub met_before: Option<YesNo>,
    /// Acts of the ledger made in this encounter: notice, agreements, refusals.
    pub ledger: Vec<LedgerAct>,
    /// Needs.
    pub needs: BTreeSet<NeedKind>,
    /// Barriers.
    pub barriers: Vec<BarrierForm>,
    /// Strengths (situation codes that are resources).
    pub strengths: BTreeSet<String>,
    /// What was done.
    pub acts: BTreeSet<Act>,
    /// Referrals to solutions.
    pub referrals: Vec<ReferralForm>,
    /// Next step.
    pub next: Option<NextStep>,
    /// A note: a sealed part, on this device only until shared.
    pub note: Option<String>,
}

/// A barrier in the form. Sensitive situations are split off by the engine and sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BarrierForm {
    /// Domain.
    pub domain: BarrierDomain,
    /// Situations, by code.
    #[serde(default)]
    pub situations: BTreeSet<String>,
    /// Impact.
    #[serde(default)]
    pub impact: Option<Impact>,
    /// Priority.
    #[serde(default)]
    pub priority: Option<Priority>,
}

/// A referral in the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralForm {
    /// Solution.
    pub solution: SolutionId,
    /// Barrier domain it answers.
    #[serde(default)]
    pub domain: Option<BarrierDomain>,
    /// *Aller-avec*.
    #[serde(default)]
    pub accompanied: bool,
}

/// The next step and its day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextStep {
    /// Kind.
    pub kind: FollowUpKind,
    /// Day.
    pub due: Day,
}

/// Records an encounter. The reply comes after the commit, never before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordEncounter {
    /// The draft it comes from: deleted in the same transaction, and the key that makes a repeated
    /// call record once.
    pub draft: DraftId,
    /// The form.
    pub form: EncounterForm,
}

/// The form of a passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PassageForm {
    /// Outing it belongs to; one is made for the day and place where there is none.
    pub outing: Option<OutingId>,
    /// Medium.
    pub medium: Medium,
    /// Where; none means the outing's place.
    pub contact_place: Option<Location>,
    /// People met, 1–500.
    pub headcount: u32,
    /// Of which women.
    pub women: u32,
    /// Of which under 26.
    pub young: u32,
    /// Leaflets given.
    pub leaflets: u32,
    /// Needs heard.
    pub needs: BTreeSet<NeedKind>,
    /// Barrier domains heard.
    pub domains: BTreeSet<BarrierDomain>,
    /// The notice was refused: counts one, carries no profile.
    pub refused: bool,
}

impl Default for PassageForm {
    fn default() -> Self {
        Self {
            outing: None,
            medium: Medium::Street,
            contact_place: None,
            headcount: 1,
            women: 0,
            young: 0,
            leaflets: 0,
            needs: BTreeSet::new(),
            domains: BTreeSet::new(),
            refused: false,
        }
    }
}

/// Records a passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordPassage {
    /// The draft it comes from (see [`RecordEncounter::draft`]).
    pub draft: DraftId,
    /// The form.
    pub form: PassageForm,
}

/// The entry is on disk in a committed transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The entry.
    pub encounter: EncounterId,
    /// The person; none for a passage.
    pub pathway: Option<PathwayId>,
    /// Code repère given to a new person, to write down for them if they want it.
    pub new_code: Option<String>,
    /// Its number among the person's encounters.
    pub rank: u32,
}

/// Undoes the user's last entry on this device: it is struck out, not destroyed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct UndoLast {}

/// What was undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Undone {
    /// The entry.
    pub encounter: EncounterId,
    /// Person.
    pub pathway: Option<PathwayId>,
}

/// Corrects an encounter; every earlier value is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AmendEncounter {
    /// Person.
    pub pathway: PathwayId,
    /// Encounter, as the fact of its pathway.
    pub encounter: FactId,
    /// New day.
    #[serde(default)]
    pub on: Option<Day>,
    /// New medium.
    #[serde(default)]
    pub medium: Option<Medium>,
    /// New duration.
    #[serde(default)]
    pub duration: Option<DurationBand>,
    /// New place.
    #[serde(default)]
    pub contact_place: Option<Location>,
    /// New set of acts.
    #[serde(default)]
    pub acts: Option<BTreeSet<Act>>,
    /// Struck out or restored.
    #[serde(default)]
    pub void: Option<bool>,
}
