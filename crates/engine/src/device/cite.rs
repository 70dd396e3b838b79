//! The cité: its settings, places and QPV.

use super::outing::places_of;
use super::{Device, Open};
use crate::error::EngineError;
use crate::store::asset::QPV_NAMES;
use domain::api::cite::{CiteView, QpvName};
use domain::error::ApiError;
use domain::ids::PlaceId;

impl Device {
    /// The cité, and what of it concerns this user.
    pub(super) fn cite(&self) -> Result<CiteView, ApiError> {
        self.with_open(|open| {
            Ok(CiteView {
                ready: open.may_record_people().is_ok(),
                qpvs: open.qpv_names()?,
                my_places: my_places(open)?,
                settings: open.settings.clone(),
            })
        })
    }
}

/// Places of the user's sectors (every place where they have none), the last used first.
fn my_places(open: &Open) -> Result<Vec<PlaceId>, EngineError> {
    let sectors = &open.member.sectors;
    let mine = |id: &PlaceId| {
        open.settings.places.get(id).is_some_and(|it| sectors.is_empty() || sectors.contains(&it.sector))
    };
    let used: Vec<PlaceId> = open.store.meta(&places_of(open))?.unwrap_or_default();
    let mut places: Vec<PlaceId> = used.into_iter().filter(|id| mine(id)).collect();
    let mut others: Vec<&PlaceId> = open.settings.places.keys().filter(|id| mine(id)).collect();
    others.sort_by_key(|id| &open.settings.places[*id].name);
    for id in others {
        if !places.contains(id) {
            places.push(*id);
        }
    }
    Ok(places)
}

impl Open {
    /// Names of the cité's QPV.
    pub(super) fn qpv_names(&self) -> Result<Vec<QpvName>, EngineError> {
        self.store.asset_or_default(QPV_NAMES)
    }
}
