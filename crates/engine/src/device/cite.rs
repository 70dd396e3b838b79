//! The cité: its settings, places and QPV.

use super::outing::places_of;
use super::{Device, Open};
use crate::error::EngineError;
use crate::store::asset::QPV_NAMES;
use domain::api::cite::{CiteView, QpvName, TeamOrganisation};
use domain::error::ApiError;
use domain::ids::{PlaceId, UserId};
use std::collections::BTreeMap;

impl Device {
    /// The cité, and what of it concerns this user.
    pub(super) fn cite(&self) -> Result<CiteView, ApiError> {
        self.with_open(|open| {
            Ok(CiteView {
                ready: open.may_record_people().is_ok(),
                qpvs: open.qpv_names()?,
                my_places: my_places(open)?,
                established: open.chain.established(),
                team: team(open),
                settings: open.settings.clone(),
            })
        })
    }
}

/// The organisations of the team, by name, each with the agents whom a person may exclude.
fn team(open: &Open) -> Vec<TeamOrganisation> {
    let mut team: Vec<TeamOrganisation> = open
        .team()
        .into_iter()
        .map(|(id, name)| {
            let agents: BTreeMap<UserId, String> = open
                .chain
                .members()
                .filter(|(_, it)| !it.revoked && it.role.holds_keys())
                .filter(|(_, it)| it.organisation == id && it.user != open.user)
                .map(|(_, it)| (it.user, it.user_name.clone()))
                .collect();
            let mut agents: Vec<(UserId, String)> = agents.into_iter().collect();
            agents.sort_by_cached_key(|(_, name)| name.to_lowercase());
            TeamOrganisation { id, name, agents }
        })
        .collect();
    team.sort_by_cached_key(|it| it.name.to_lowercase());
    team
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
