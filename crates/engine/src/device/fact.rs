//! Edits of a pathway's facts: barriers, needs, follow-ups, referrals, episodes, situations, outcomes.

use super::encounter::{adds_sealed, sealed_referral, sealed_situations};
use super::part::NotesPart;
use super::{Device, ledger};
use crate::clock::civil;
use crate::error::EngineError;
use crate::random;
use crate::write::{Action, DocumentEdits};
use document::{DocumentKey, Edit, Value};
use domain::api::person::*;
use domain::catalogue;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId};
use domain::pathway::*;
use domain::time::Day;
use domain::vocabulary::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is written of a person before an edit.
struct Present {
    pathway: PathwayDoc,
    notes: NotesPart,
}

impl Device {
    /// Writes edits of a pathway (and of its notes part) that `compose` makes of what it says now.
    fn change_facts(
        &self,
        id: PathwayId,
        compose: impl FnOnce(&Present, Day, &mut Vec<Edit>, &mut Vec<Edit>) -> Result<(), ApiError>,
    ) -> Result<(), ApiError> {
        let today = civil(&*self.clock).0;
        self.with_open(|open| {
            open.may_edit(id)?;
            let present =
                Present { pathway: open.pathway(id)?.ok_or(ErrorCode::NotFound)?, notes: open.notes(id)? };
            let (mut edits, mut notes) = (Vec::new(), Vec::new());
            compose(&present, today, &mut edits, &mut notes)?;
            if notes.iter().any(adds_sealed) {
                ledger::may_seal(&open.store.ledger(id)?, &[], today)?;
            }
            let mut action = Action::edit(DocumentKey::first(DocumentKind::Pathway, id), edits);
            if !notes.is_empty() {
                let key = DocumentKey::first(DocumentKind::Notes, id);
                action.parts.push(DocumentEdits { key, edits: notes });
            }
            open.write(&*self.clock, &action)?;
            Ok(())
        })
    }

    /// Adds a barrier, or changes one.
    pub(super) fn set_barrier(&self, request: &SetBarrier) -> Result<(), ApiError> {
        self.change_facts(request.pathway, |present, today, edits, notes| {
            let chosen = request.situations.clone().unwrap_or_default();
            let fits = |code: &String| {
                (catalogue::is_open_barrier(code) || catalogue::is_sealed_barrier(code))
                    && catalogue::situation(code).is_some_and(|it| it.domain == request.domain)
            };
            if !chosen.iter().all(fits) {
                return Err(ApiError::about(ErrorCode::Invalid, "situations"));
            }
            let meant = |code: &String| {
                catalogue::objective(code).is_some_and(|it| it.domain == request.domain && !it.sealed)
            };
            if !request.objectives.iter().flatten().all(meant) {
                return Err(ApiError::about(ErrorCode::Invalid, "objectives"));
            }
            let (sealed, readable): (Vec<&String>, Vec<&String>) =
                chosen.iter().partition(|code| catalogue::is_sealed_barrier(code));
            // A domain that is open already is completed: two people who add it mean the same.
            let open_already = present.pathway.barriers.iter().find(|(_, it)| {
                it.domain == request.domain
                    && !it.void
                    && matches!(it.state, BarrierState::Spotted | BarrierState::InProgress)
            });
            let completing = request.barrier.is_none() && open_already.is_some();
            let Some(id) = request.barrier.or(open_already.map(|(id, _)| *id)) else {
                let fact = Barrier {
                    domain: request.domain,
                    situations: readable.iter().map(|code| ((*code).clone(), true)).collect(),
                    objectives: request
                        .objectives
                        .iter()
                        .flatten()
                        .map(|code| (code.clone(), true))
                        .collect(),
                    impact: request.impact,
                    priority: request.priority,
                    state: request.state.unwrap_or(BarrierState::Spotted),
                    on: today,
                    state_on: Some(today),
                    encounter: None,
                    void: false,
                };
                let id = add(edits, "barriers", &fact)?;
                if !sealed.is_empty() {
                    notes.push(sealed_situations(id, &sealed)?);
                }
                return Ok(());
            };
            let barrier = present.pathway.barriers.get(&id).ok_or(ErrorCode::NotFound)?;
            if barrier.domain != request.domain {
                return Err(ApiError::about(ErrorCode::Invalid, "domain"));
            }
            let kept = |set: &BTreeMap<String, bool>| -> BTreeSet<String> {
                set.iter().filter(|(_, on)| **on && completing).map(|(code, _)| code.clone()).collect()
            };
            if request.situations.is_some() {
                let mut wanted = kept(&barrier.situations);
                wanted.extend(readable.iter().map(|code| (*code).clone()));
                set_members(edits, id, "situations", &barrier.situations, &wanted);
                seal_members(notes, id, &present.notes, &sealed, completing)?;
            }
            if let Some(objectives) = &request.objectives {
                let mut wanted = kept(&barrier.objectives);
                wanted.extend(objectives.iter().cloned());
                set_members(edits, id, "objectives", &barrier.objectives, &wanted);
            }
            let mut set = |key: &str, value: Value| edits.push(Edit::set_in("barriers", id, key, value));
            let impact = request.impact.filter(|it| barrier.impact != Some(*it));
            let priority = request.priority.filter(|it| barrier.priority != Some(*it));
            impact.iter().for_each(|it| set("impact", it.code().into()));
            priority.iter().for_each(|it| set("priority", it.code().into()));
            if let Some(state) = request.state.filter(|state| *state != barrier.state) {
                set("state", state.code().into());
                set("state_on", today.into());
            }
            Ok(())
        })
    }

    /// Adds a need, or changes its state.
    pub(super) fn set_need(&self, request: &SetNeed) -> Result<(), ApiError> {
        self.change_facts(request.pathway, |present, today, edits, _| {
            match request.need {
                None => {
                    let (kind, state) = (request.kind, request.state);
                    add(edits, "needs", &Need { kind, state, on: today, encounter: None, void: false })?;
                }
                Some(id) => {
                    present.pathway.needs.get(&id).ok_or(ErrorCode::NotFound)?;
                    edits.push(Edit::set_in("needs", id, "state", request.state.code()));
                }
            }
            Ok(())
        })
    }

    /// Adds a follow-up.
    pub(super) fn add_follow_up(&self, request: &AddFollowUp) -> Result<(), ApiError> {
        if request.kind.contacts() {
            self.with_open(|open| match open.store.ledger(request.pathway)?.may_contact() {
                true => Ok(()),
                false => Err(ErrorCode::ConsentRefuses.into()),
            })?;
        }
        self.change_facts(request.pathway, |_, _, edits, _| {
            let fact = FollowUp {
                kind: request.kind,
                due: request.due,
                state: FollowUpState::Due,
                settled_on: None,
                encounter: None,
                void: false,
            };
            add(edits, "follow_ups", &fact).map(drop)
        })
    }

    /// Settles (or reopens) a follow-up.
    pub(super) fn settle_follow_up(&self, request: &SettleFollowUp) -> Result<(), ApiError> {
        self.change_facts(request.pathway, |present, today, edits, _| {
            present.pathway.follow_ups.get(&request.follow_up).ok_or(ErrorCode::NotFound)?;
            let id = request.follow_up;
            edits.push(Edit::set_in("follow_ups", id, "state", request.state.code()));
            edits.push(Edit::set_in("follow_ups", id, "settled_on", today));
            Ok(())
        })
    }

    /// Adds a referral, or changes its state.
    pub(super) fn set_referral(&self, request: &SetReferral) -> Result<(), ApiError> {
        let protected = match request.solution {
            Some(id) => {
                self.with_open(|open| Ok(open.solution(id)?.ok_or(ErrorCode::NotFound)?.protected))?
            }
            None => false,
        };
        self.change_facts(request.pathway, |present, today, edits, notes| {
            let Some(id) = request.referral else {
                let solution = request.solution.ok_or(ApiError::about(ErrorCode::Invalid, "solution"))?;
                let fact = Referral {
                    solution: (!protected).then_some(solution),
                    protected,
                    barrier: None,
                    on: today,
                    accompanied: request.accompanied,
                    state: request.state,
                    state_on: Some(today),
                    encounter: None,
                    void: false,
                };
                let id = add(edits, "referrals", &fact)?;
                if protected {
                    notes.push(sealed_referral(id, solution)?);
                }
                return Ok(());
            };
            present.pathway.referrals.get(&id).ok_or(ErrorCode::NotFound)?;
            edits.push(Edit::set_in("referrals", id, "state", request.state.code()));
            edits.push(Edit::set_in("referrals", id, "state_on", today));
            Ok(())
        })
    }

    /// Adds or replaces an episode, situation or outcome.
    pub(super) fn add_fact(&self, request: &AddFact) -> Result<(), ApiError> {
        self.change_facts(request.pathway, |present, _, edits, _| {
            let pathway = &present.pathway;
            let known = match (&request.fact, request.id) {
                (_, None) => true,
                (NewFact::Episode(_), Some(id)) => pathway.episodes.contains_key(&id),
                (NewFact::Situation(_), Some(id)) => pathway.situations.contains_key(&id),
                (NewFact::Outcome(_), Some(id)) => pathway.outcomes.contains_key(&id),
            };
            if !known {
                return Err(ErrorCode::NotFound.into());
            }
            match &request.fact {
                NewFact::Episode(fact) => put(edits, "episodes", request.id, fact),
                NewFact::Situation(fact) => put(edits, "situations", request.id, fact),
                NewFact::Outcome(fact) => put(edits, "outcomes", request.id, fact),
            }
        })
    }
}

fn add(edits: &mut Vec<Edit>, list: &str, fact: &impl Serialize) -> Result<FactId, ApiError> {
    let id = FactId::from_bytes(random::bytes()?);
    edits.push(Edit::add(list, id, fact).map_err(EngineError::from)?);
    Ok(id)
}

/// Adds a fact, or sets every value of a known one.
fn put(edits: &mut Vec<Edit>, list: &str, id: Option<FactId>, fact: &impl Serialize) -> Result<(), ApiError> {
    let Some(id) = id else { return add(edits, list, fact).map(drop) };
    for edit in Edit::set_all(fact).map_err(EngineError::from)? {
        if let Edit::Set { key, value } = edit {
            edits.push(Edit::SetIn { list: list.into(), id, key, value });
        }
    }
    Ok(())
}

/// Chooses and unchooses members of a set so that exactly `wanted` are chosen.
fn set_members(
    edits: &mut Vec<Edit>,
    id: FactId,
    set: &str,
    present: &BTreeMap<String, bool>,
    wanted: &BTreeSet<String>,
) {
    let chosen: BTreeSet<String> =
        present.iter().filter(|(_, on)| **on).map(|(code, _)| code.clone()).collect();
    for code in wanted.symmetric_difference(&chosen) {
        edits.push(Edit::set_in("barriers", id, format!("{set}:{code}"), wanted.contains(code)));
    }
}

/// Seals situations newly chosen, and (unless only completing) takes back those no longer chosen.
fn seal_members(
    edits: &mut Vec<Edit>,
    barrier: FactId,
    notes: &NotesPart,
    wanted: &[&String],
    completing: bool,
) -> Result<(), ApiError> {
    let present: Vec<_> = notes.sealed_of(barrier).collect();
    if !completing {
        for (fact, code) in present.iter().filter(|(_, code)| !wanted.contains(code)) {
            edits.push(Edit::set_in("sealed_barriers", *fact, format!("situations:{code}"), false));
        }
    }
    let known = |code: &&&String| present.iter().any(|(_, sealed)| *sealed == **code);
    let new: Vec<&String> = wanted.iter().filter(|code| !known(code)).copied().collect();
    if !new.is_empty() {
        edits.push(sealed_situations(barrier, &new)?);
    }
    Ok(())
}
