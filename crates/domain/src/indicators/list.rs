//! The list of pathways, without names.

use super::count::counts;
use crate::api::cohort::*;
use crate::ids::PathwayId;
use crate::pathway::PathwayDoc;
use crate::vocabulary::{BarrierDomain, BarrierState};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Most rows a page.
const MOST: usize = 100;

/// A page of the list.
pub fn pathways(pathways: &[(PathwayId, PathwayDoc)], request: &ListPathways) -> PathwayPage {
    let period = request.filter.period;
    let met = |it: &PathwayDoc| it.encounters.values().any(|it| !it.void && period.contains(it.on));
    let chosen = pathways.iter().filter(|(_, it)| counts(it, &request.filter) && met(it));
    let mut rows: Vec<PathwayRow> = chosen.map(|(id, it)| row(*id, it)).collect();
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
