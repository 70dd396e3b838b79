//! The rows of a table of places: a closed list, so that none appears because somebody lives there.

use crate::location::{Location, QpvCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A row of a table of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// A QPV of the cité.
    Qpv(QpvCode),
    /// Outside the QPV of the cité, whatever the commune.
    Outside,
    /// *Sans domicile stable*.
    NoStableHome,
    /// *Non communiqué*.
    NotTold,
    /// *Non renseigné*.
    NotRecorded,
}

/// The zones of a cité.
#[derive(Debug, Clone)]
pub struct Zones(BTreeSet<QpvCode>);

impl Zones {
    /// The zones of a cité with these QPV.
    pub fn new(qpvs: impl IntoIterator<Item = QpvCode>) -> Self {
        Self(qpvs.into_iter().collect())
    }

    /// The zone of a location.
    pub fn of(&self, location: Location) -> Zone {
        match location {
            Location::Qpv(code) if self.0.contains(&code) => Zone::Qpv(code),
            Location::Qpv(_) | Location::Outside(_) => Zone::Outside,
            Location::NoStableHome => Zone::NoStableHome,
            Location::NotTold => Zone::NotTold,
            Location::NotRecorded => Zone::NotRecorded,
        }
    }

    /// The QPV.
    pub fn qpvs(&self) -> impl Iterator<Item = Zone> + '_ {
        self.0.iter().map(|code| Zone::Qpv(*code))
    }

    /// Every zone, in the order shown.
    pub fn all(&self) -> Vec<Zone> {
        self.qpvs().chain([Zone::Outside, Zone::NoStableHome, Zone::NotTold, Zone::NotRecorded]).collect()
    }
}
