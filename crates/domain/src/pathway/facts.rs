//! The facts of a pathway, one struct a list.

use crate::ids::{FactId, OrganisationId, OutingId, PlaceId, ProgrammeId, SolutionId, UserId};
use crate::location::Location;
use crate::time::Day;
use crate::vocabulary::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A set of codes in a document: code → chosen. Concurrent choices of different codes merge.
pub type CodeSet = BTreeMap<String, bool>;

/// What the person wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Need {
    /// Kind; *ne sait pas encore* is an answer.
    pub kind: NeedKind,
    /// State.
    pub state: NeedState,
    /// Day it was first noted.
    pub on: Day,
    /// Encounter it came from.
    #[serde(default)]
    pub encounter: Option<FactId>,
    /// Struck out by undo.
    #[serde(default)]
    pub void: bool,
}

/// What stands in the way. Sensitive situations are not here but sealed in `notes`, where only
/// their domain is readable here; see [`crate::catalogue`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Barrier {
    /// Top level of the catalogue.
    pub domain: BarrierDomain,
    /// Situation codes of the catalogue (open ones only).
    #[serde(default)]
    pub situations: CodeSet,
    /// Objective codes of the catalogue.
    #[serde(default)]
    pub objectives: CodeSet,
    /// Impact on the way to work.
    #[serde(default)]
    pub impact: Option<Impact>,
    /// Priority.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// State.
    pub state: BarrierState,
    /// Day it was noted.
    pub on: Day,
    /// Day of the present state.
    #[serde(default)]
    pub state_on: Option<Day>,
    /// Encounter it came from.
    #[serde(default)]
    pub encounter: Option<FactId>,
    /// Struck out by undo.
    #[serde(default)]
    pub void: bool,
}

/// One contact with the person (rencontre). A passage stands in its outing instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Encounter {
    /// Day.
    pub on: Day,
    /// Medium.
    pub medium: Medium,
    /// Direction.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// With whom.
    #[serde(default)]
    pub counterpart: Option<Counterpart>,
    /// Duration band.
    #[serde(default)]
    pub duration: Option<DurationBand>,
    /// Where it took place.
    pub contact_place: Location,
    /// The named place, where one was picked.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// The outing it belongs to, if any.
    #[serde(default)]
    pub outing: Option<OutingId>,
    /// What was done: codes of [`Act`].
    #[serde(default)]
    pub acts: CodeSet,
    /// Struck out by undo or correction; kept, not counted.
    #[serde(default)]
    pub void: bool,
    /// *Déjà rencontré par un collègue ?*
    #[serde(default)]
    pub met_before: Option<YesNo>,
}

/// Something due: relance, rendez-vous, aller-avec.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Kind.
    pub kind: FollowUpKind,
    /// Day it is due.
    pub due: Day,
    /// State.
    pub state: FollowUpState,
    /// Day it was settled.
    #[serde(default)]
    pub settled_on: Option<Day>,
    /// Encounter it came from.
    #[serde(default)]
    pub encounter: Option<FactId>,
    /// Struck out by undo.
    #[serde(default)]
    pub void: bool,
}

/// A referral to a solution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Referral {
    /// The solution; absent for an *orientation protégée*, whose solution is sealed.
    #[serde(default)]
    pub solution: Option<SolutionId>,
    /// True where the solution is of a protected kind.
    #[serde(default)]
    pub protected: bool,
    /// The barrier it answers.
    #[serde(default)]
    pub barrier: Option<FactId>,
    /// Day.
    pub on: Day,
    /// *Aller-avec*.
    #[serde(default)]
    pub accompanied: bool,
    /// State.
    pub state: ReferralState,
    /// Day of the present state.
    #[serde(default)]
    pub state_on: Option<Day>,
    /// Encounter it came from.
    #[serde(default)]
    pub encounter: Option<FactId>,
    /// Struck out by undo.
    #[serde(default)]
    pub void: bool,
}

/// An episode of following (accompagnement).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Episode {
    /// Entry.
    pub entered_on: Day,
    /// Reason of entry.
    pub entry_reason: EntryReason,
    /// Stage.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Exit.
    #[serde(default)]
    pub exited_on: Option<Day>,
    /// Reason of exit.
    #[serde(default)]
    pub exit_reason: Option<ExitReason>,
}

/// A dated snapshot of the person's situation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Situation {
    /// Day.
    pub on: Day,
    /// Moment.
    pub moment: SituationMoment,
    /// Activity.
    #[serde(default)]
    pub activity: Option<Activity>,
    /// Registration at France Travail.
    #[serde(default)]
    pub registration: Option<Registration>,
    /// Level of education.
    #[serde(default)]
    pub education: Option<Education>,
    /// Time without work.
    #[serde(default)]
    pub time_without_work: Option<TimeWithoutWork>,
    /// Receives RSA.
    #[serde(default)]
    pub rsa: Option<YesNo>,
    /// Already followed by a mainstream scheme.
    #[serde(default)]
    pub followed: Option<YesNo>,
}

/// A fact with dates: contract, training, creation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Kind.
    pub kind: OutcomeKind,
    /// First day.
    pub from: Day,
    /// Last day, where known.
    #[serde(default)]
    pub to: Option<Day>,
    /// Still true at three months.
    #[serde(default)]
    pub at_3_months: Option<YesNo>,
    /// Still true at six months.
    #[serde(default)]
    pub at_6_months: Option<YesNo>,
}

/// A référent of the pathway.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferentLink {
    /// The user.
    pub user: UserId,
    /// Their organisation at the time.
    pub organisation: OrganisationId,
    /// Lead référent or not.
    #[serde(default)]
    pub lead: bool,
    /// First day.
    pub from: Day,
    /// Last day.
    #[serde(default)]
    pub to: Option<Day>,
    /// A hand-over is accepted by its receiver.
    #[serde(default)]
    pub accepted: bool,
}

/// Funding of the pathway by an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Funding {
    /// Operation code (FSE+, contrat de ville ...).
    pub operation: FundingOperation,
    /// Organisation.
    pub organisation: OrganisationId,
    /// First day.
    pub from: Day,
    /// Last day.
    #[serde(default)]
    pub to: Option<Day>,
}

/// Belonging to a programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    /// The programme.
    pub programme: ProgrammeId,
    /// First day.
    pub from: Day,
    /// Last day.
    #[serde(default)]
    pub to: Option<Day>,
}
