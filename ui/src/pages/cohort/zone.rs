//! Names of the rows of a table of places.

use crate::text::{cohort as words, names};
use domain::api::cohort::CohortView;
use domain::indicators::Zone;
use domain::location::Location;

/// A zone in words.
pub fn zone_name(view: &CohortView, zone: Zone) -> String {
    match zone {
        Zone::Qpv(code) => {
            let known = view.zones.iter().find(|(it, _)| *it == zone).map(|(_, name)| name.clone());
            known.filter(|name| !name.is_empty()).unwrap_or_else(|| code.as_str().to_owned())
        }
        Zone::Outside => words::zone_outside().into(),
        Zone::NoStableHome => names::location(Location::NoStableHome, None),
        Zone::NotTold => names::location(Location::NotTold, None),
        Zone::NotRecorded => names::location(Location::NotRecorded, None),
    }
}
