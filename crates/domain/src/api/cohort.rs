//! The merged cohort, as a coordinator reads it.

use crate::ids::{OrganisationId, PathwayId, ProgrammeId};
use crate::location::Location;
use crate::time::{Day, InstantMs, Month, Period};
use crate::vocabulary::*;
use serde::{Deserialize, Serialize};

/// What is counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CohortFilter {
    /// Period.
    pub period: Period,
    /// By residence (the default) or by place of contact.
    pub geography: Geography,
    /// Only this place.
    #[serde(default)]
    pub location: Option<Location>,
    /// Only this public: code of `publics::Public`.
    #[serde(default)]
    pub public: Option<String>,
    /// Only contacts by this organisation.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// Only this programme.
    #[serde(default)]
    pub programme: Option<ProgrammeId>,
}

/// Which of the two geographies figures are by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Geography {
    /// Where people live.
    Residence,
    /// Where they were met.
    ContactPlace,
}

/// Reads the cohort's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadCohort {
    /// Filter.
    pub filter: CohortFilter,
}

/// A figure, or masked because the cell is small (or would reveal one that is).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// The number.
    Count(u32),
    /// Masked.
    Masked,
}

/// The cohort's figures. Every total reconciles with its parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CohortView {
    /// Filter they are for.
    pub filter: CohortFilter,
    /// Version of the indicator set and whether it is provisional.
    pub indicator_set: (String, bool),
    /// How complete they are.
    pub completeness: Completeness,
    /// Contacts: encounters and passages.
    pub contacts: Figure,
    /// Of which encounters with a person.
    pub encounters: Figure,
    /// Of which passages.
    pub passages: Figure,
    /// People seen: headcounts of passages plus encounters.
    pub people_seen: Figure,
    /// Personnes repérées: distinct people with an encounter in the period.
    pub spotted: Figure,
    /// Of which for the first time.
    pub new_people: Figure,
    /// File active: distinct people with an open episode and a contact in the period.
    pub caseload: Figure,
    /// Of the caseload, those who live in a QPV.
    pub caseload_in_qpv: Figure,
    /// Barriers noted up to the end of the period, by state at its end.
    pub barriers_total: BarrierFigures,
    /// The same by domain.
    pub barriers: Vec<(BarrierDomain, BarrierFigures)>,
    /// Referrals made.
    pub referrals: Figure,
    /// Of which accepted.
    pub referrals_accepted: Figure,
    /// Outcomes: work.
    pub outcomes_work: Figure,
    /// Outcomes: training.
    pub outcomes_training: Figure,
    /// People at risk of drop-out now.
    pub at_risk: Figure,
    /// Needs, open.
    pub needs: Vec<(NeedKind, Figure)>,
    /// People by public.
    pub publics: Vec<(String, Figure)>,
    /// Contacts and people by month, six months ending with the period.
    pub months: Vec<MonthFigures>,
    /// People spotted by location of the chosen geography.
    pub locations: Vec<LocationFigures>,
}

/// Barriers by state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarrierFigures {
    /// All.
    pub total: Figure,
    /// Repérés.
    pub spotted: Figure,
    /// En cours.
    pub in_progress: Figure,
    /// Levés.
    pub lifted: Figure,
    /// Abandonnés.
    pub abandoned: Figure,
}

/// Figures of a month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonthFigures {
    /// Month.
    pub month: Month,
    /// Contacts.
    pub contacts: Figure,
    /// Distinct people.
    pub people: Figure,
}

/// Figures of a location.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LocationFigures {
    /// Location.
    pub location: Location,
    /// Its name.
    pub name: String,
    /// Distinct people.
    pub people: Figure,
    /// Contacts.
    pub contacts: Figure,
}

/// How complete the figures are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Completeness {
    /// At what time they were computed.
    pub at_ms: InstantMs,
    /// Devices that are not revoked.
    pub devices: u32,
    /// Of which synchronised within a day.
    pub up_to_date: u32,
    /// Those that are late, with the entries they announced.
    pub late: Vec<LateDevice>,
    /// Changes set aside because they could not be read.
    pub set_aside: u32,
}

/// A device that has not synchronised for a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LateDevice {
    /// Name of the device.
    pub name: String,
    /// Its user.
    pub user: String,
    /// Last exchange.
    pub last_seen_ms: Option<InstantMs>,
    /// Entries it announced and has not sent.
    pub announced: u32,
}

/// Reads the map of the cité's QPV.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadMap {
    /// Filter.
    pub filter: CohortFilter,
}

/// The map, as drawn outlines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapView {
    /// Width and height of the drawing.
    pub view_box: (f64, f64),
    /// Outlines.
    pub shapes: Vec<MapShape>,
    /// People outside any QPV.
    pub outside: Figure,
    /// People whose residence is not told or not recorded.
    pub unknown: Figure,
    /// All.
    pub total: Figure,
}

/// An outline of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapShape {
    /// Location.
    pub location: Location,
    /// Name.
    pub name: String,
    /// SVG path data.
    pub path: String,
    /// Where to write the name.
    pub label_at: (f64, f64),
    /// People.
    pub people: Figure,
}

/// Lists the pathways, without names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListPathways {
    /// Filter.
    pub filter: CohortFilter,
    /// First row, 0 for the first page.
    pub offset: u32,
    /// Rows a page, 100 at most.
    pub limit: u32,
    /// Order.
    pub order: PathwayOrder,
}

/// Order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathwayOrder {
    /// Last contact, newest first.
    LastContact,
    /// Most open barriers first.
    OpenBarriers,
    /// First contact, oldest first.
    FirstContact,
}

/// A page of pathways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PathwayPage {
    /// Rows.
    pub rows: Vec<PathwayRow>,
    /// How many there are in all.
    pub total: u32,
}

/// A pathway without a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PathwayRow {
    /// Pathway.
    pub pathway: PathwayId,
    /// Code repère.
    pub code: Option<String>,
    /// Age band.
    pub age: Option<AgeBand>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Household.
    pub household: Option<Household>,
    /// Residence.
    pub residence: Option<Location>,
    /// First contact.
    pub first_on: Option<Day>,
    /// Last contact.
    pub last_on: Option<Day>,
    /// Encounters.
    pub encounters: u32,
    /// Open barriers by domain.
    pub open_barriers: Vec<BarrierDomain>,
    /// In an open episode.
    pub in_episode: bool,
}
