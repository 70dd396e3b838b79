//! Starting and ending an outing.

use crate::ids::{OutingId, PlaceId};
use crate::location::Location;
use crate::time::InstantMs;
use serde::{Deserialize, Serialize};

/// Starts an outing; one still open by the same user is ended first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StartOuting {
    /// The named place, where one was picked.
    pub place: Option<PlaceId>,
    /// Where (the place's own location, or the QPV found from a position).
    pub contact_place: Location,
}

/// Ends the running outing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EndOuting {}

/// An outing as the first screen shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutingView {
    /// Outing.
    pub id: OutingId,
    /// Name of the place.
    pub place_name: Option<String>,
    /// Place.
    pub place: Option<PlaceId>,
    /// Location.
    pub contact_place: Location,
    /// Name of the QPV.
    pub qpv_name: Option<String>,
    /// Start, kept on this device only.
    pub started_at_ms: InstantMs,
    /// End, kept on this device only.
    pub ended_at_ms: Option<InstantMs>,
    /// Encounters with a person (rencontres).
    pub encounters: u32,
    /// Passages.
    pub passages: u32,
    /// People seen, in all.
    pub people_seen: u32,
}
