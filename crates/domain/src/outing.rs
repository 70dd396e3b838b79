//! The outing (tournée) and its anonymous passages, as read from its document.

use crate::ids::{OrganisationId, PlaceId};
use crate::location::Location;
use crate::pathway::{CodeSet, Facts};
use crate::time::Day;
use crate::vocabulary::{HalfDay, Medium};
use serde::{Deserialize, Serialize};

/// A street session. It gives place and nothing personal to its encounters.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OutingDoc {
    /// Day.
    pub on: Option<Day>,
    /// Half-day it began in.
    pub half_day: Option<HalfDay>,
    /// Where.
    pub contact_place: Option<Location>,
    /// The named place.
    pub place: Option<PlaceId>,
    /// Organisation whose session it is.
    pub organisation: Option<OrganisationId>,
    /// Length in minutes, rounded to five, once ended.
    pub minutes: Option<i64>,
    /// Anonymous passages.
    pub passages: Facts<Passage>,
}

/// An anonymous contact: counts, place and coded needs; no identifier that lasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Day.
    pub on: Day,
    /// Half-day, never the hour.
    pub half_day: HalfDay,
    /// Medium.
    pub medium: Medium,
    /// Where.
    pub contact_place: Location,
    /// Number of people met, 1–500.
    pub headcount: i64,
    /// Of which women, where counted.
    #[serde(default)]
    pub women: i64,
    /// Of which under 26, where counted.
    #[serde(default)]
    pub young: i64,
    /// Leaflets given.
    #[serde(default)]
    pub leaflets: i64,
    /// Needs heard: codes of `NeedKind`.
    #[serde(default)]
    pub needs: CodeSet,
    /// Barrier domains heard: codes of `BarrierDomain`.
    #[serde(default)]
    pub domains: CodeSet,
    /// A refusal of the notice counts one and carries no profile.
    #[serde(default)]
    pub refused: bool,
    /// Struck out by undo.
    #[serde(default)]
    pub void: bool,
}
