//! What narrows figures: one thing at a time, so that no small group is left where two are crossed.

use super::zone::Zone;
use crate::api::cohort::{CohortFilter, Geography};
use crate::error::{ApiError, ErrorCode};
use crate::ids::{OrganisationId, ProgrammeId};
use crate::location::Location;
use crate::publics::Public;
use crate::time::Quarter;
use serde::{Deserialize, Serialize};

/// Whom and what figures are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Narrowing {
    /// Everybody.
    Everyone,
    /// One public.
    Public(Public),
    /// Those who live in a QPV.
    Residence(Zone),
    /// Those met at a place, with the contacts there.
    Met(Zone),
    /// Those an organisation met or follows, with its contacts and referrals.
    Organisation(OrganisationId),
    /// Those of a programme.
    Programme(ProgrammeId),
}

impl Narrowing {
    /// The quarter and the narrowing of a filter.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] for a period that is no quarter, an unknown public, a place that
    /// is no QPV, or two narrowings at once.
    pub fn of(filter: &CohortFilter) -> Result<(Quarter, Self), ApiError> {
        let refused = |what: &str| ApiError::about(ErrorCode::Invalid, what.to_owned());
        let quarter = filter.period.as_quarter().ok_or_else(|| refused("period"))?;
        let public = match &filter.public {
            Some(code) => Some(Public::from_code(code).ok_or_else(|| refused("public"))?),
            None => None,
        };
        let zone = match filter.location {
            None => None,
            Some(Location::Qpv(code)) => Some(Zone::Qpv(code)),
            Some(_) => return Err(refused("location")),
        };
        let place = |zone| match filter.geography {
            Geography::Residence => Self::Residence(zone),
            Geography::ContactPlace => Self::Met(zone),
        };
        let chosen = [
            public.map(Self::Public),
            zone.map(place),
            filter.organisation.map(Self::Organisation),
            filter.programme.map(Self::Programme),
        ];
        let mut chosen = chosen.into_iter().flatten();
        let first = chosen.next().unwrap_or(Self::Everyone);
        if chosen.next().is_some() { Err(refused("filter")) } else { Ok((quarter, first)) }
    }

    /// Whether passages are counted under this narrowing: they have no residence, public or programme.
    pub(super) fn has_passages(self) -> bool {
        matches!(self, Self::Everyone | Self::Met(_) | Self::Organisation(_))
    }

    /// Whether figures of this narrowing have tables of zones: not where it is a zone itself.
    pub(super) fn has_zones(self) -> bool {
        !matches!(self, Self::Residence(_) | Self::Met(_))
    }
}
