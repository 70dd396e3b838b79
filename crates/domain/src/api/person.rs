//! People: search, the page of one person, edits that keep every earlier value.

use super::ledger::LedgerView;
use super::today::PersonLabel;
use crate::ids::{FactId, PathwayId};
use crate::location::Location;
use crate::pathway::{Episode, FollowUp, Outcome, Situation};
use crate::time::{Day, InstantMs};
use crate::vocabulary::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Searches name, nickname, phone and code repère among the people this user may open: without
/// accents, by beginnings of words. An empty query lists those met last.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchPeople {
    /// What was typed so far.
    pub query: String,
    /// At most this many, 50 at the most.
    pub limit: u32,
}

impl std::fmt::Debug for SearchPeople {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SearchPeople(…)")
    }
}

/// People found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Hits, best first.
    pub hits: Vec<PersonHit>,
    /// People this user may open, in all.
    pub total: u32,
    /// More were found than are listed.
    pub more: bool,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonHit {
    /// How the person is shown.
    pub label: PersonLabel,
    /// Age band.
    pub age: Option<AgeBand>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Household.
    pub household: Option<Household>,
    /// Residence.
    pub residence: Option<Location>,
    /// Day of the last encounter.
    pub last_on: Option<Day>,
    /// Encounters counted.
    pub encounters: u32,
    /// Barriers that are not lifted.
    pub open_barriers: u32,
}

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
    pub referents: Vec<super::referent::ReferentView>,
    /// Ledger.
    pub ledger: LedgerView,
    /// Fields for which several people wrote different values at the same time; both are kept. Shown to
    /// référents only: nobody in the street is asked to settle anything.
    pub differing: Vec<DifferingField>,
    /// Records linked as the same person.
    pub linked: Vec<super::caseload::LinkedPerson>,
    /// Records that may be of the same person, for référents only.
    pub duplicates: Vec<super::caseload::ProbableDuplicate>,
    /// Risk of drop-out: reasons (codes) and weights; empty where there is none.
    pub risk: Vec<(String, u32)>,
    /// When everything here about the person is going to be erased, where that is near.
    #[serde(default)]
    pub ending: Option<Ending>,
}

/// The end of a record that is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Why.
    pub cause: EndingCause,
    /// About when: the cité's server decides by its own clock.
    pub on: Day,
}

/// Why a record is going to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndingCause {
    /// No contact for as long as the cité keeps records. A new contact keeps it.
    Retention,
    /// The person asked to stop. Only a new notice, given at their wish, keeps it.
    Stop,
}

/// Orders that everything about a person is erased: for good, on the server and on every device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderErasure {
    /// Person.
    pub pathway: PathwayId,
    /// Why.
    pub reason: OrderReason,
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
}

/// Where a named part is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartState {
    /// Part.
    pub part: Part,
    /// Something is written in it here.
    pub written: bool,
    /// It exists on this device only: *Perdu si cette tablette est perdue*.
    pub only_here: bool,
    /// Organisations it is shared with, as things stand.
    #[serde(default)]
    pub with: Vec<String>,
}

/// A need on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NeedView {
    /// Fact.
    pub id: FactId,
    /// Kind.
    pub kind: NeedKind,
    /// State.
    pub state: NeedState,
    /// Day.
    pub on: Day,
    /// Who noted it.
    pub author: Author,
}

/// A barrier on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BarrierView {
    /// Fact.
    pub id: FactId,
    /// Domain.
    pub domain: BarrierDomain,
    /// Situations, by code; sensitive ones only where this user may read them.
    pub situations: Vec<String>,
    /// Which of them are sealed (not readable by the cité).
    pub sealed_situations: Vec<String>,
    /// Objectives, by code.
    pub objectives: Vec<String>,
    /// Impact.
    pub impact: Option<Impact>,
    /// Priority.
    pub priority: Option<Priority>,
    /// State.
    pub state: BarrierState,
    /// Day noted.
    pub on: Day,
    /// Day of the present state.
    pub state_on: Option<Day>,
    /// Who noted it.
    pub author: Author,
}

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
    pub state: Option<super::sync::EntryState>,
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
    Ledger(super::ledger::LedgerLine),
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

/// A field holding several values written at the same time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DifferingField {
    /// List of the fact (`barriers`, `follow_ups` ...) and the fact; none for the profile.
    pub fact: Option<(String, FactId)>,
    /// Name of the field (`age`, `residence` ...).
    pub field: String,
    /// Values with their authors; the first is the one shown elsewhere.
    pub values: Vec<(String, Author)>,
}

/// Coded profile; none means unchanged (edit) or not noted (new).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    /// Age band.
    pub age: Option<AgeBand>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Household.
    pub household: Option<Household>,
    /// Residence.
    pub residence: Option<Location>,
    /// How it is known.
    pub residence_evidence: Option<Evidence>,
}

/// Edits the coded profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditProfile {
    /// Person.
    pub pathway: PathwayId,
    /// Fields that change.
    pub profile: ProfileForm,
}

/// Adds a barrier, or changes one; none means unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetBarrier {
    /// Person.
    pub pathway: PathwayId,
    /// The barrier; none adds one in `domain`.
    pub barrier: Option<FactId>,
    /// Domain, for a new one.
    pub domain: BarrierDomain,
    /// New set of situations.
    #[serde(default)]
    pub situations: Option<BTreeSet<String>>,
    /// New set of objectives.
    #[serde(default)]
    pub objectives: Option<BTreeSet<String>>,
    /// New state.
    #[serde(default)]
    pub state: Option<BarrierState>,
    /// New impact.
    #[serde(default)]
    pub impact: Option<Impact>,
    /// New priority.
    #[serde(default)]
    pub priority: Option<Priority>,
}

/// Adds a need, or changes its state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetNeed {
    /// Person.
    pub pathway: PathwayId,
    /// The need; none adds one.
    pub need: Option<FactId>,
    /// Kind.
    pub kind: NeedKind,
    /// State.
    pub state: NeedState,
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

/// What the named parts hold. Never in a coded document, never in a log.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NamedParts {
    /// Recognition: first name or nickname.
    pub first_name: Option<String>,
    /// Recognition: initial of the family name.
    pub initial: Option<String>,
    /// Identity: family name.
    pub family_name: Option<String>,
    /// Identity: birth date.
    pub birth_date: Option<Day>,
    /// Contact: phone.
    pub phone: Option<String>,
    /// Contact: the phone is shared with others.
    pub phone_shared: Option<bool>,
    /// Contact: a voice message may be left.
    pub voice_message: Option<bool>,
    /// Contact: an SMS may be sent.
    pub sms: Option<bool>,
    /// Contact: safe hours, as told.
    pub safe_hours: Option<String>,
    /// Contact: how to introduce oneself.
    pub introduce_as: Option<String>,
    /// Contact: e-mail.
    pub email: Option<String>,
    /// Contact: address.
    pub address: Option<String>,
    /// Notes: free notes.
    pub notes: Vec<NoteView>,
}

impl std::fmt::Debug for NamedParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NamedParts(…)")
    }
}

/// A free note.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteView {
    /// Fact in the notes document; none for a new one.
    pub id: Option<FactId>,
    /// Text, 2,000 characters at most.
    pub text: String,
    /// Day.
    pub on: Day,
}

impl std::fmt::Debug for NoteView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NoteView(…)")
    }
}

/// Writes into the named parts; none means unchanged, an empty text clears; notes without id are added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WritePart {
    /// Person.
    pub pathway: PathwayId,
    /// Fields that change.
    pub named: NamedParts,
}

/// Reads every value a field ever had, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadFieldHistory {
    /// Person.
    pub pathway: PathwayId,
    /// Fact; none for a field of the profile.
    pub fact: Option<FactId>,
    /// Field name; none for every field of the fact.
    pub field: Option<String>,
}

/// An earlier value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EarlierValue {
    /// Field name.
    pub field: String,
    /// Value as its code.
    pub value: String,
    /// Who wrote it.
    pub author: Author,
    /// Day of the signed group that carried it.
    pub on: Option<Day>,
    /// When, where it was written on this device.
    pub at_ms: Option<InstantMs>,
    /// It is the present value.
    pub current: bool,
}
