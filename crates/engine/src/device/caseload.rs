//! The people followed, in order of urgency.

use super::people::Known;
use super::{Device, Open};
use crate::clock::civil;
use crate::error::EngineError;
use domain::api::caseload::{CaseloadItem, CaseloadView, ReadCaseload};
use domain::dropout;
use domain::error::ApiError;
use domain::ids::PathwayId;
use domain::time::Day;
use domain::vocabulary::FollowUpKind;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Most people in one answer.
const MOST: usize = 200;

impl Device {
    /// The people followed, most urgent first.
    pub(super) fn caseload(&self, request: &ReadCaseload) -> Result<CaseloadView, ApiError> {
        let today = civil(&*self.clock).0;
        let limit = (request.limit as usize).clamp(1, MOST);
        self.with_open(|open| Ok(view(open, today, request.mine, limit)?))
    }
}

fn view(open: &Open, today: Day, only_mine: bool, limit: usize) -> Result<CaseloadView, EngineError> {
    let mut ending = BTreeMap::new();
    let mut due = BTreeMap::new();
    for (id, known) in open.people.all() {
        if let Some(first) = first_due(open, id, known, today)? {
            due.insert(id, first);
        }
        if let Some(day) = super::ending::announced(open, id, known, today)? {
            ending.insert(id, day);
        }
    }
    let mut asked = BTreeMap::new();
    for (id, kind, on) in super::request::unanswered(open, today)? {
        asked.insert(id, (kind, on));
    }
    let followed = |id: &PathwayId, known: &Known| {
        asked.contains_key(id) || known.signs.under_way || due.contains_key(id) || ending.contains_key(id)
    };
    let mine = open.people.all().filter(|(id, known)| known.mine && followed(id, known)).count() as u32;
    let groups = open.people.groups();
    let wanted = open
        .people
        .all()
        .filter(|(id, known)| followed(id, known) && known.hit.encounters > 0 && (known.mine || !only_mine));
    let mut items: Vec<_> = wanted
        .map(|(id, known)| (id, item(known, today, due.get(&id), ending.get(&id).copied())))
        .map(|(id, it)| (id, CaseloadItem { asked: asked.get(&id).copied(), ..it }))
        .collect();
    items.sort_by_key(|(id, it)| {
        let weight: u32 = it.reasons.iter().map(|(_, weight)| weight).sum();
        (
            it.asked.is_none(),
            it.due.is_none() && it.ends_on.is_none(),
            it.due.map(|(_, day)| day),
            Reverse(weight),
            it.hit.last_on,
            *id,
        )
    });
    // Records linked as one person stand once, at the place of the most urgent.
    let mut seen = BTreeSet::new();
    items.retain(|(id, _)| seen.insert(*groups.get(id).unwrap_or(id)));
    Ok(CaseloadView {
        today,
        total: items.len() as u32,
        due: items.iter().filter(|(_, it)| it.due.is_some()).count() as u32,
        at_risk: items.iter().filter(|(_, it)| it.at_risk).count() as u32,
        mine,
        offers: open.people.all().filter(|(_, it)| it.offered).map(|(_, it)| it.hit.clone()).collect(),
        people: items.into_iter().take(limit).map(|(_, it)| it).collect(),
    })
}

/// What is due first; whom nobody may contact is not to be called back.
fn first_due(
    open: &Open,
    id: PathwayId,
    known: &Known,
    today: Day,
) -> Result<Option<(FollowUpKind, Day)>, EngineError> {
    let mut due = known.due.iter().filter(|(_, _, day)| *day <= today).peekable();
    if due.peek().is_none() {
        return Ok(None);
    }
    let may_contact = open.store.ledger(id)?.may_contact();
    let due = due.filter(|(_, kind, _)| may_contact || !kind.contacts());
    Ok(due.min_by_key(|(_, _, day)| *day).map(|(_, kind, day)| (*kind, *day)))
}

fn item(known: &Known, today: Day, due: Option<&(FollowUpKind, Day)>, ends_on: Option<Day>) -> CaseloadItem {
    let reasons = known.signs.risk(today);
    CaseloadItem {
        hit: known.hit.clone(),
        due: due.copied(),
        at_risk: dropout::is_at_risk(&reasons),
        reasons: reasons.into_iter().map(|it| (it.code.to_owned(), it.weight)).collect(),
        ends_on,
        asked: None,
    }
}
