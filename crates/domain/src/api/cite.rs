//! The cité's settings, sectors and places, and the QPV of a position.

use crate::cite::CiteSettings;
use crate::ids::{OrganisationId, PlaceId, UserId};
use crate::location::{Location, QpvCode};
use serde::{Deserialize, Serialize};

/// Reads the cité's settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadCite {}

/// The cité's settings and what of it concerns the user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CiteView {
    /// Settings.
    pub settings: CiteSettings,
    /// Whether something real may be recorded (settings filled, or a demonstration).
    pub ready: bool,
    /// Names of the QPV of the cité.
    pub qpvs: Vec<QpvName>,
    /// Places of the user's sectors, the last used first.
    pub my_places: Vec<PlaceId>,
    /// The cité was founded: what a person agrees to share can be shared.
    #[serde(default)]
    pub established: bool,
    /// The team of the agreements, by name; none in the browser, where no agreement is recorded.
    #[serde(default)]
    pub team: Vec<TeamOrganisation>,
}

/// An organisation of the team and its agents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamOrganisation {
    /// Organisation.
    pub id: OrganisationId,
    /// Name shown to the person.
    pub name: String,
    /// Agents whom a person may exclude: all but the user at work, by name.
    pub agents: Vec<(UserId, String)>,
}

/// A QPV and its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QpvName {
    /// Code.
    pub code: QpvCode,
    /// Name.
    pub name: String,
}

/// Finds the QPV of a position. The coordinates are thrown away; only the code is kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct LocateQpv {
    /// Longitude, degrees.
    pub lon: f64,
    /// Latitude, degrees.
    pub lat: f64,
}

impl std::fmt::Debug for LocateQpv {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LocateQpv(…)")
    }
}

/// What a position is in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Located {
    /// The QPV, or none of the cité's.
    pub location: Option<Location>,
    /// Its name.
    pub name: Option<String>,
}
