//! Recording a rencontre: rules first, then one transaction for everything it says.

use super::outing::running;
use super::part::part_edits;
use super::person::profile_edits;
use super::{Device, Open, ledger};
use crate::clock::civil;
use crate::error::EngineError;
use crate::random;
use crate::store::{KeptEntry, entry};
use crate::write::{Action, DocumentEdits};
use document::{DocumentKey, Edit};
use domain::api::encounter::{BarrierForm, EncounterForm, RecordEncounter, Recorded, Whom};
use domain::api::ledger::LedgerActKind;
use domain::catalogue;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId};
use domain::ledger::Refusal;
use domain::location::Location;
use domain::pathway::*;
use domain::time::Day;
use domain::vocabulary::*;
use std::collections::BTreeSet;

/// Most barriers or referrals in one form.
const MOST: usize = 32;

/// What a form becomes, list by list.
struct Composed {
    pathway: PathwayId,
    id: FactId,
    on: Day,
    edits: Vec<Edit>,
    notes: Vec<Edit>,
}

impl Device {
    /// Records an encounter. Its identifier is the draft's: a repeated call answers the same entry
    /// and writes nothing.
    pub(super) fn record_encounter(&self, request: &RecordEncounter) -> Result<Recorded, ApiError> {
        let (today, _) = civil(&*self.clock);
        let id = FactId::from_bytes(*request.draft.as_bytes());
        self.with_open(|open| {
            if let Some(kept) = entry::get(open.store.connection(), id)? {
                return again(open, kept.key.id.into(), id);
            }
            open.may_record_people()?;
            let form = &request.form;
            if form.barriers.len() > MOST || form.referrals.len() > MOST || form.ledger.len() > MOST {
                return Err(ApiError::about(ErrorCode::Invalid, "form"));
            }
            let (pathway, new) = match &form.whom {
                Whom::NotChosen => return Err(ApiError::about(ErrorCode::Invalid, "whom")),
                Whom::Known(pathway) => (*pathway, None),
                Whom::New(person) => (PathwayId::from_bytes(random::bytes()?), Some(person)),
            };
            if new.is_none() && open.people.get(pathway).is_none() {
                return Err(ErrorCode::NotFound.into());
            }
            may_write(open, pathway, form)?;
            let on = form.on.unwrap_or(today);
            if on > today || on.0 < today.0 - 366 {
                return Err(ApiError::about(ErrorCode::Invalid, "on"));
            }
            let mut action = Action {
                draft: Some(request.draft),
                entry: Some(KeptEntry {
                    id,
                    key: DocumentKey::first(DocumentKind::Pathway, pathway),
                    recorded_at_ms: self.clock.now_ms(),
                }),
                ..Action::default()
            };
            let ledger = open.store.ledger(pathway)?;
            ledger::append(open, pathway, today, &ledger, &form.ledger, &mut action)?;
            let mut composed = Composed { pathway, id, on, edits: Vec::new(), notes: Vec::new() };
            let mut new_code = None;
            if let Some(person) = new {
                let code = domain::code::from_random(random::bytes()?);
                composed.edits.push(Edit::set("code", code.clone()));
                composed.edits.push(Edit::set("first_contact_on", on));
                composed.edits.extend(profile_edits(&person.profile)?);
                action.parts.extend(part_edits(pathway, &person.named, on)?);
                new_code = Some(code);
            }
            composed.encounter(open, form)?;
            composed.needs(open, &form.needs)?;
            for barrier in &form.barriers {
                composed.barrier(open, barrier)?;
            }
            for code in &form.strengths {
                composed.edits.push(Edit::set(format!("strengths:{code}"), true));
            }
            composed.referrals(open, form)?;
            let asked = |act: &domain::api::ledger::LedgerAct| {
                matches!(act.kind, LedgerActKind::Agreement { purpose: Purpose::ContactAgain, .. })
            };
            let calls_back = form.next.as_ref().is_some_and(|next| next.kind.contacts());
            if calls_back && !ledger.may_contact() && !form.ledger.iter().any(asked) {
                return Err(ErrorCode::ConsentRefuses.into());
            }
            if composed.seals() {
                ledger::may_seal(&ledger, &form.ledger, today)?;
            }
            composed.next_step(form)?;
            composed.note(form)?;
            let key = DocumentKey::first(DocumentKind::Pathway, pathway);
            action.documents.push(DocumentEdits { key, edits: composed.edits });
            if !composed.notes.is_empty() {
                let key = DocumentKey::first(DocumentKind::Notes, pathway);
                action.parts.push(DocumentEdits { key, edits: composed.notes });
            }
            open.write(&*self.clock, &action)?;
            Ok(Recorded { new_code, ..again(open, pathway, id)? })
        })
    }
}

/// The answer for an entry that is on disk.
fn again(open: &Open, pathway: PathwayId, id: FactId) -> Result<Recorded, ApiError> {
    let rank = open.people.get(pathway).map_or(1, |known| known.hit.encounters.max(1));
    Ok(Recorded { encounter: id.into(), pathway: Some(pathway), new_code: None, rank })
}

/// What the ledger and the person's age allow.
fn may_write(open: &Open, pathway: PathwayId, form: &EncounterForm) -> Result<(), ApiError> {
    let given = form.ledger.iter().find(|act| matches!(act.kind, LedgerActKind::Notice { .. }));
    match (open.store.ledger(pathway)?.may_synchronise(), given) {
        (Ok(()), _) | (Err(_), Some(_)) => {}
        (Err(Refusal::NoNotice), None) => return Err(ErrorCode::NoticeNeeded.into()),
        (Err(Refusal::NoSharing | Refusal::Stopped), None) => return Err(ErrorCode::ConsentRefuses.into()),
    }
    let age = match &form.whom {
        Whom::New(person) => person.profile.age,
        _ => open.people.get(pathway).and_then(|known| known.hit.age),
    };
    let represented = given.is_some_and(|act| act.circumstances.given_by == GivenBy::Representative);
    if age == Some(AgeBand::Under16) && matches!(form.whom, Whom::New(_)) && !represented {
        return Err(ErrorCode::MinorAlone.into());
    }
    Ok(())
}

impl Composed {
    fn add(&mut self, list: &str, fact: &impl serde::Serialize) -> Result<FactId, ApiError> {
        let id = FactId::from_bytes(random::bytes()?);
        self.edits.push(Edit::add(list, id, fact).map_err(EngineError::from)?);
        Ok(id)
    }

    fn encounter(&mut self, open: &Open, form: &EncounterForm) -> Result<(), ApiError> {
        let outing = running(open)?;
        let of_outing = outing.as_ref().filter(|it| form.outing.is_none_or(|id| id == it.id));
        let fact = Encounter {
            on: self.on,
            medium: form.medium.unwrap_or(Medium::Street),
            direction: form.direction,
            counterpart: form.counterpart,
            duration: form.duration,
            contact_place: form
                .contact_place
                .or(of_outing.map(|it| it.contact_place))
                .unwrap_or(Location::NotRecorded),
            place: form.place.or(of_outing.and_then(|it| it.place)),
            outing: form.outing.or(of_outing.map(|it| it.id)),
            acts: form.acts.iter().map(|act| (act.code().to_owned(), true)).collect(),
            void: false,
            met_before: form.met_before,
        };
        self.edits.push(Edit::add("encounters", self.id, &fact).map_err(EngineError::from)?);
        Ok(())
    }

    fn needs(&mut self, open: &Open, kinds: &BTreeSet<NeedKind>) -> Result<(), ApiError> {
        let present = open.pathway(self.pathway)?.unwrap_or_default();
        for kind in kinds {
            let open_already =
                present.needs.values().any(|it| it.kind == *kind && it.state == NeedState::Open && !it.void);
            if !open_already {
                let need = Need {
                    kind: *kind,
                    state: NeedState::Open,
                    on: self.on,
                    encounter: Some(self.id),
                    void: false,
                };
                self.add("needs", &need)?;
            }
        }
        Ok(())
    }

    /// A barrier of a domain that is open already is completed; sensitive situations are sealed.
    fn barrier(&mut self, open: &Open, form: &BarrierForm) -> Result<(), ApiError> {
        let of_domain =
            |code: &&String| catalogue::situation(code).is_some_and(|entry| entry.domain == form.domain);
        if !form.situations.iter().all(|code| of_domain(&code)) {
            return Err(ApiError::about(ErrorCode::Invalid, "situations"));
        }
        let (sealed, readable): (Vec<&String>, Vec<&String>) =
            form.situations.iter().partition(|code| catalogue::is_sealed_barrier(code));
        let present = open.pathway(self.pathway)?.unwrap_or_default();
        let known = present.barriers.iter().find(|(_, it)| {
            it.domain == form.domain
                && !it.void
                && matches!(it.state, BarrierState::Spotted | BarrierState::InProgress)
        });
        let id = match known {
            Some((id, _)) => {
                let mut set = |key: String, value: document::Value| {
                    self.edits.push(Edit::set_in("barriers", *id, key, value));
                };
                readable.iter().for_each(|code| set(format!("situations:{code}"), true.into()));
                form.impact.iter().for_each(|it| set("impact".into(), it.code().into()));
                form.priority.iter().for_each(|it| set("priority".into(), it.code().into()));
                *id
            }
            None => self.add(
                "barriers",
                &Barrier {
                    domain: form.domain,
                    situations: readable.iter().map(|code| ((*code).clone(), true)).collect(),
                    objectives: CodeSet::new(),
                    impact: form.impact,
                    priority: form.priority,
                    state: BarrierState::Spotted,
                    on: self.on,
                    state_on: Some(self.on),
                    encounter: Some(self.id),
                    void: false,
                },
            )?,
        };
        if !sealed.is_empty() {
            self.notes.push(sealed_situations(id, &sealed)?);
        }
        Ok(())
    }

    fn referrals(&mut self, open: &Open, form: &EncounterForm) -> Result<(), ApiError> {
        for referral in &form.referrals {
            let solution = open.solution(referral.solution)?.ok_or(ErrorCode::NotFound)?;
            let fact = Referral {
                solution: (!solution.protected).then_some(referral.solution),
                protected: solution.protected,
                barrier: None,
                on: self.on,
                accompanied: referral.accompanied,
                state: ReferralState::Sent,
                state_on: Some(self.on),
                encounter: Some(self.id),
                void: false,
            };
            let id = self.add("referrals", &fact)?;
            if solution.protected {
                self.notes.push(sealed_referral(id, referral.solution)?);
            }
        }
        Ok(())
    }

    /// Whether a sensitive situation or a protected referral is among the notes so far.
    fn seals(&self) -> bool {
        self.notes.iter().any(adds_sealed)
    }

    fn next_step(&mut self, form: &EncounterForm) -> Result<(), ApiError> {
        if let Some(next) = &form.next {
            let fact = FollowUp {
                kind: next.kind,
                due: next.due,
                state: FollowUpState::Due,
                settled_on: None,
                encounter: Some(self.id),
                void: false,
            };
            self.add("follow_ups", &fact)?;
        }
        Ok(())
    }

    fn note(&mut self, form: &EncounterForm) -> Result<(), ApiError> {
        if let Some(text) = form.note.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            self.notes.push(super::part::note(text, self.on, Some(self.id))?);
        }
        Ok(())
    }
}

/// Whether an edit of the notes part notes something sensitive; taking it back does not.
pub(super) fn adds_sealed(edit: &Edit) -> bool {
    match edit {
        Edit::Add { list, .. } => list.starts_with("sealed_"),
        Edit::SetIn { list, value, .. } => list == "sealed_barriers" && *value == true.into(),
        _ => false,
    }
}

/// Sensitive situations of a barrier, for the notes part.
pub(super) fn sealed_situations(barrier: FactId, codes: &[&String]) -> Result<Edit, ApiError> {
    let mut values: Vec<(String, document::Value)> = vec![("barrier".into(), barrier.to_string().into())];
    values.extend(codes.iter().map(|code| (format!("situations:{code}"), true.into())));
    Ok(Edit::Add { list: "sealed_barriers".into(), id: FactId::from_bytes(random::bytes()?), values })
}

/// The solution of an *orientation protégée*, for the notes part.
pub(super) fn sealed_referral(referral: FactId, solution: domain::ids::SolutionId) -> Result<Edit, ApiError> {
    let values = vec![
        ("referral".into(), referral.to_string().into()),
        ("solution".into(), solution.to_string().into()),
    ];
    Ok(Edit::Add { list: "sealed_referrals".into(), id: FactId::from_bytes(random::bytes()?), values })
}
