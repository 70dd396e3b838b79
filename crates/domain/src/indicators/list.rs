//! The list of pathways, without names.

use super::contribution::Then;
use super::narrowing::Narrowing;
use super::zone::Zones;
use crate::api::cohort::*;
use crate::ids::PathwayId;
use crate::pathway::{Past, PathwayDoc};
use crate::publics::Public;
use crate::time::Day;
use crate::vocabulary::{BarrierDomain, BarrierState};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Most rows a page.
const MOST: usize = 100;

/// A page of the list: those met in the period, narrowed by all that the filter says, as they are now.
pub fn pathways(
    pathways: &[(PathwayId, PathwayDoc, Past)],
    zones: &Zones,
    request: &ListPathways,
    today: Day,
) -> PathwayPage {
    let filter = &request.filter;
    let place = |place| match filter.geography {
        Geography::Residence => Narrowing::Residence(zones.of(place)),
        Geography::ContactPlace => Narrowing::Met(zones.of(place)),
    };
    // A public that is not known is nobody's.
    let public = filter.public.as_ref().map(|code| Public::from_code(code).map(Narrowing::Public));
    let wanted = [
        public,
        filter.location.map(|it| Some(place(it))),
        filter.organisation.map(|it| Some(Narrowing::Organisation(it))),
        filter.programme.map(|it| Some(Narrowing::Programme(it))),
    ];
    let counted = |it: &PathwayDoc, past: &Past| {
        let then = Then::new(it, past, zones, filter.period, today);
        let of = then.narrowings();
        then.was_met() && wanted.iter().flatten().all(|it| it.is_some_and(|it| of.contains(&it)))
    };
    let chosen = pathways.iter().filter(|(_, it, past)| counted(it, past));
    let mut rows: Vec<PathwayRow> = chosen.map(|(id, it, _)| row(*id, it)).collect();
    match request.order {
        PathwayOrder::LastContact => rows.sort_by_key(|row| (Reverse(row.last_on), row.pathway)),
        PathwayOrder::OpenBarriers => rows.sort_by_key(|row| (Reverse(row.open_barriers.len()), row.pathway)),
        PathwayOrder::FirstContact => rows.sort_by_key(|row| (row.first_on, row.pathway)),
    }
    let total = rows.len() as u32;
    let rows = rows.into_iter().skip(request.offset as usize).take((request.limit as usize).min(MOST));
    PathwayPage { rows: rows.collect(), total }
}

fn row(pathway: PathwayId, it: &PathwayDoc) -> PathwayRow {
    let met = || it.encounters.values().filter(|it| !it.void);
    let open: BTreeSet<BarrierDomain> = it
        .barriers
        .values()
        .filter(|it| !it.void && matches!(it.state, BarrierState::Spotted | BarrierState::InProgress))
        .map(|it| it.domain)
        .collect();
    PathwayRow {
        pathway,
        code: it.code.clone(),
        age: it.age,
        gender: it.gender,
        household: it.household,
        residence: it.residence,
        first_on: met().map(|it| it.on).min(),
        last_on: met().map(|it| it.on).max(),
        encounters: met().count() as u32,
        open_barriers: open.into_iter().collect(),
        in_episode: it.episodes.values().any(|it| it.exited_on.is_none()),
    }
}
