//! Correcting an entry, and undoing the last one: struck out, never destroyed.

use super::today::recorded;
use super::{Device, Open};
use crate::error::EngineError;
use crate::write::Action;
use document::{DocumentKey, Edit};
use domain::api::encounter::{AmendEncounter, Undone};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{FactId, PathwayId};
use domain::vocabulary::{Act, DocumentKind};

/// How far back an entry may be undone, in entries.
const BACK: u32 = 50;

impl Device {
    /// Strikes out this user's last entry, and what was noted with it.
    pub(super) fn undo_last(&self) -> Result<Undone, ApiError> {
        self.with_open(|open| {
            let last = recorded(open, BACK)?.into_iter().find(|entry| !entry.void);
            let last = last.ok_or(ErrorCode::CannotUndo)?.kept;
            let of_person = last.key.kind == DocumentKind::Pathway;
            let edits = if of_person {
                strike(open, last.key.id.into(), last.id, true)?
            } else {
                vec![Edit::set_in("passages", last.id, "void", true)]
            };
            open.write(&*self.clock, &Action::edit(last.key, edits))?;
            let pathway = of_person.then(|| PathwayId::from(last.key.id));
            Ok(Undone { encounter: last.id.into(), pathway })
        })
    }

    /// Corrects an encounter; every earlier value is kept in the document's history.
    pub(super) fn amend_encounter(&self, request: &AmendEncounter) -> Result<(), ApiError> {
        self.with_open(|open| {
            open.may_edit(request.pathway)?;
            let pathway = open.pathway(request.pathway)?.ok_or(ErrorCode::NotFound)?;
            let present = pathway.encounters.get(&request.encounter).ok_or(ErrorCode::NotFound)?;
            let mut edits = Vec::new();
            let mut set = |key: &str, value: document::Value| {
                edits.push(Edit::set_in("encounters", request.encounter, key, value));
            };
            request.on.iter().for_each(|it| set("on", (*it).into()));
            request.medium.iter().for_each(|it| set("medium", it.code().into()));
            request.duration.iter().for_each(|it| set("duration", it.code().into()));
            request.contact_place.iter().for_each(|it| set("contact_place", it.to_string().into()));
            if let Some(acts) = &request.acts {
                for act in Act::ALL {
                    let (now, wanted) = (present.acts.get(act.code()) == Some(&true), acts.contains(act));
                    if now != wanted {
                        set(&format!("acts:{}", act.code()), wanted.into());
                    }
                }
            }
            if let Some(void) = request.void {
                edits.extend(strike(open, request.pathway, request.encounter, void)?);
            }
            let key = DocumentKey::first(DocumentKind::Pathway, request.pathway);
            open.write(&*self.clock, &Action::edit(key, edits))?;
            Ok(())
        })
    }
}

/// Strikes out (or restores) an encounter and what was first noted in it.
fn strike(open: &Open, pathway: PathwayId, encounter: FactId, void: bool) -> Result<Vec<Edit>, EngineError> {
    let document = open.pathway(pathway)?.unwrap_or_default();
    let of = |it: &Option<FactId>| *it == Some(encounter);
    let mut edits = vec![Edit::set_in("encounters", encounter, "void", void)];
    let mut add = |list: &str, id: &FactId| edits.push(Edit::set_in(list, *id, "void", void));
    document.needs.iter().filter(|(_, it)| of(&it.encounter)).for_each(|(id, _)| add("needs", id));
    document.barriers.iter().filter(|(_, it)| of(&it.encounter)).for_each(|(id, _)| add("barriers", id));
    document.follow_ups.iter().filter(|(_, it)| of(&it.encounter)).for_each(|(id, _)| add("follow_ups", id));
    document.referrals.iter().filter(|(_, it)| of(&it.encounter)).for_each(|(id, _)| add("referrals", id));
    Ok(edits)
}
