//! Edits that the cité finally refused, shown to their author: what, about whom, when, why. They are never sent
//! again by themselves; the author writes them again, or lets them go.

use super::history::text;
use super::{Device, Open};
use crate::error::EngineError;
use crate::seal::part::open_edits;
use crate::store::refused::{self, Refused};
use document::{Document, Edit};
use domain::api::set_aside::*;
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::DocumentKind;

/// Keys that only say what belongs together.
const TIES: &[&str] = &["encounter", "outing", "barrier", "referral", "place", "other"];

impl Device {
    /// What was set aside of this user's, oldest first; and how much of others.
    pub(super) fn set_aside(&self) -> Result<SetAsideView, ApiError> {
        self.with_open(|open| {
            let mut view = SetAsideView::default();
            for (id, it) in refused::all(open.store.connection())? {
                if is_shown(open, &it) {
                    view.items.push(item(open, id, &it));
                } else {
                    view.others += 1;
                }
            }
            Ok(view)
        })
    }

    /// Lets one go.
    pub(super) fn discard_set_aside(&self, request: &DiscardSetAside) -> Result<SetAsideView, ApiError> {
        self.with_open(|open| {
            let found = refused::get(open.store.connection(), request.id)?;
            let it = found.filter(|it| is_shown(open, it)).ok_or(ErrorCode::NotFound)?;
            Ok(open.store.transact(|connection| refused::discard(connection, request.id, &it))?)
        })?;
        self.set_aside()
    }
}

/// How many the user at work is shown.
pub(super) fn mine(open: &Open) -> Result<u32, EngineError> {
    let all = refused::all(open.store.connection())?;
    Ok(all.iter().filter(|(_, it)| is_shown(open, it)).count() as u32)
}

/// To its author; what a référent took over from a found tablet, to référents of the author's organisation.
fn is_shown(open: &Open, it: &Refused) -> bool {
    let Some(author) = open.chain.member(&it.signer) else { return it.signer == open.signer().id() };
    let referent = open.member.role == Role::Referent && open.member.organisation == author.organisation;
    author.user == open.user || (it.recovered && referent)
}

fn item(open: &Open, id: i64, it: &Refused) -> SetAsideItem {
    let edits = match &it.sealed {
        // Sealed with another key of the author: they joined again since.
        Some(sealed) => open_edits(open.own_key(), sealed).ok(),
        None => Some(it.edits.clone()),
    };
    let about_person = it.key.kind == DocumentKind::Pathway || it.key.kind.is_named_part();
    SetAsideItem {
        id,
        on: it.on,
        author: open.author(&it.signer),
        person: about_person.then(|| open.label(PathwayId::from(it.key.id))),
        kind: it.key.kind,
        reason: it.reason.clone(),
        readable: edits.is_some(),
        lines: edits.unwrap_or_default().iter().flat_map(lines).collect(),
    }
}

fn lines(edit: &Edit) -> Vec<SetAsideLine> {
    let line = |list: Option<&String>, key: &String, value| SetAsideLine {
        list: list.cloned(),
        field: key.clone(),
        value: text(value),
    };
    let all = match edit {
        Edit::Set { key, value } => vec![line(None, key, value)],
        Edit::SetIn { list, key, value, .. } => vec![line(Some(list), key, value)],
        Edit::Add { list, values, .. } => {
            values.iter().map(|(key, value)| line(Some(list), key, value)).collect()
        }
    };
    let told =
        |it: &SetAsideLine| !TIES.contains(&it.field.as_str()) && !Document::is_note_of_recovery(&it.field);
    all.into_iter().filter(told).collect()
}
