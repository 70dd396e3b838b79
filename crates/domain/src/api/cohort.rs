//! The merged cohort, as a coordinator reads it.

use crate::ids::{OrganisationId, PathwayId, ProgrammeId};
use crate::indicators::{Cell, Zone};
use crate::location::Location;
use crate::time::{Day, InstantMs, Month, Period, Quarter};
use crate::vocabulary::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is counted. Figures are narrowed by one thing at most; the list of pathways by any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CohortFilter {
    /// Period: a calendar quarter for figures.
    pub period: Period,
    /// By residence (the default) or by place of contact.
    pub geography: Geography,
    /// Only this place.
    #[serde(default)]
    pub location: Option<Location>,
    /// Only this public: code of `publics::Public`.
    #[serde(default)]
    pub public: Option<String>,
    /// Only those this organisation met or follows, with its contacts and referrals.
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

/// Says that the figures on the screen are taken away, before they are; the audit notes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TakeFigures {}

/// A figure, or masked because the cell is small (or would reveal one that is).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// The number.
    Count(u32),
    /// Masked.
    Masked,
}

/// Figures by cell. A cell that is not there is masked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<(Cell, Figure)>", into = "Vec<(Cell, Figure)>")]
pub struct Figures(pub BTreeMap<Cell, Figure>);

impl Figures {
    /// The figure of a cell.
    pub fn of(&self, cell: Cell) -> Figure {
        self.0.get(&cell).copied().unwrap_or(Figure::Masked)
    }
}

impl From<Vec<(Cell, Figure)>> for Figures {
    fn from(pairs: Vec<(Cell, Figure)>) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl From<Figures> for Vec<(Cell, Figure)> {
    fn from(figures: Figures) -> Self {
        figures.0.into_iter().collect()
    }
}

/// The cohort's figures. Every total reconciles with its parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CohortView {
    /// Filter they are for.
    pub filter: CohortFilter,
    /// Version of the indicator set and whether it is provisional.
    pub indicator_set: (String, bool),
    /// How complete they are (where the quarter is closed: were, when it was).
    pub completeness: Completeness,
    /// When the quarter was closed; none while its figures still change.
    pub closed: Option<Closed>,
    /// Whether the quarter is over and can be closed.
    pub may_close: bool,
    /// Figures.
    pub figures: Figures,
    /// Contacts and people of the months of this quarter and the one before, those to come aside.
    pub months: Vec<MonthFigures>,
    /// Places of the tables, in the order shown, with the names of QPV.
    pub zones: Vec<(Zone, String)>,
    /// Small cells under this number are masked.
    pub mask_below: u32,
}

/// A quarter was closed: its figures never change again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// When.
    pub at_ms: InstantMs,
    /// By whom.
    pub by: String,
}

/// Closes a quarter that is over: its figures are kept as they are shown now, and never change again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CloseQuarter {
    /// Quarter.
    pub quarter: Quarter,
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
