//! Drafts: sealed with the user's own key, on disk after every tap.

use super::{Device, Open};
use crate::error::EngineError;
use crate::keys::{open, seal};
use crate::store::SealedDraft;
use domain::api::draft::{Draft, DraftForm, DraftSaved, DraftSummary};
use domain::api::encounter::Whom;
use domain::error::{ApiError, ErrorCode};
use domain::ids::{DraftId, PathwayId};

/// Longest form kept, bytes.
const MOST_BYTES: usize = 128 * 1024;

impl Device {
    pub(super) fn save_draft(&self, draft: &Draft) -> Result<DraftSaved, ApiError> {
        let plain = serde_json::to_vec(draft).map_err(|_| ErrorCode::Invalid)?;
        if plain.len() > MOST_BYTES {
            return Err(ApiError::about(ErrorCode::Invalid, "form"));
        }
        let saved_at_ms = self.clock.now_ms();
        self.with_open(|session| {
            let sealed = seal(&*session.secrets.own_key()?, draft.id.as_bytes(), &plain)?;
            let kept = SealedDraft {
                id: draft.id,
                user: session.user,
                revision: draft.revision,
                saved_at_ms,
                pathway: person_of(draft),
                sealed,
            };
            Ok(DraftSaved { revision: session.store.keep_draft(&kept)? })
        })
    }

    pub(super) fn drafts(&self) -> Result<Vec<DraftSummary>, ApiError> {
        self.with_open(|session| {
            let kept = session.store.drafts(session.user)?;
            // A draft that does not open stays on disk and does not hide the others.
            let readable = kept.iter().filter_map(|it| read(session, it).ok().map(|draft| (it, draft)));
            Ok(readable.map(|(it, draft)| summary(it, &draft)).collect())
        })
    }

    pub(super) fn open_draft(&self, id: DraftId) -> Result<Draft, ApiError> {
        self.with_open(|session| {
            let kept = session
                .store
                .drafts(session.user)?
                .into_iter()
                .find(|it| it.id == id)
                .ok_or(ErrorCode::NotFound)?;
            Ok(read(session, &kept)?)
        })
    }

    pub(super) fn discard_draft(&self, id: DraftId) -> Result<(), ApiError> {
        self.with_open(|session| {
            let user = session.user;
            if session.store.discard_draft(user, id)? { Ok(()) } else { Err(ErrorCode::NotFound.into()) }
        })
    }
}

/// The person a draft is about, where it is about one who is known.
fn person_of(draft: &Draft) -> Option<PathwayId> {
    match &draft.form {
        DraftForm::Encounter(form) => match form.whom {
            Whom::Known(pathway) => Some(pathway),
            _ => None,
        },
        DraftForm::Passage(_) => None,
    }
}

fn read(session: &Open, kept: &SealedDraft) -> Result<Draft, EngineError> {
    let plain = open(&*session.secrets.own_key()?, kept.id.as_bytes(), &kept.sealed)?;
    serde_json::from_slice(&plain).map_err(|_| EngineError::Damaged)
}

fn summary(kept: &SealedDraft, draft: &Draft) -> DraftSummary {
    let initials = match &draft.form {
        DraftForm::Encounter(form) => match &form.whom {
            Whom::New(person) => {
                initials(person.named.first_name.as_deref(), person.named.initial.as_deref())
            }
            _ => None,
        },
        DraftForm::Passage(_) => None,
    };
    let passage = matches!(draft.form, DraftForm::Passage(_));
    DraftSummary { id: kept.id, initials, passage, saved_at_ms: kept.saved_at_ms }
}

fn initials(first: Option<&str>, family: Option<&str>) -> Option<String> {
    let letters: String =
        [first, family].into_iter().flatten().filter_map(|name| name.trim().chars().next()).collect();
    (!letters.is_empty()).then(|| letters.to_uppercase())
}
