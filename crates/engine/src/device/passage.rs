//! Recording a passage, and undoing the last one.

use super::Device;
use super::outing::{begin, half_day, key, running, write};
use super::today::entries;
use crate::clock::civil;
use crate::error::EngineError;
use crate::write::DocumentEdits;
use document::Edit;
use domain::api::encounter::{PassageForm, RecordPassage, Recorded, Undone};
use domain::error::{ApiError, ErrorCode};
use domain::ids::FactId;
use domain::location::Location;
use domain::outing::Passage;
use domain::pathway::CodeSet;

/// Most people met at once.
const MOST: u32 = 500;

impl Device {
    /// Records a passage. Its identifier is the draft's: a repeated call answers the same entry and
    /// writes nothing.
    pub(super) fn record_passage(&self, request: &RecordPassage) -> Result<Recorded, ApiError> {
        check(&request.form)?;
        let id = FactId::from_bytes(*request.draft.as_bytes());
        let recorded = Recorded { encounter: id.into(), pathway: None, new_code: None, rank: 1 };
        self.with_open(|open| {
            if entries(open)?.iter().any(|entry| entry.id == id) {
                return Ok(recorded);
            }
            let place = request.form.contact_place;
            let outing = match running(open)? {
                Some(running) => running,
                None => begin(open, &*self.clock, None, place.unwrap_or(Location::NotRecorded))?,
            };
            let passage = self.passage(&request.form, place.unwrap_or(outing.contact_place));
            let edits = vec![Edit::add("passages", id, &passage).map_err(EngineError::from)?];
            let draft = open
                .store
                .drafts(open.user)?
                .iter()
                .any(|draft| draft.id == request.draft)
                .then_some(request.draft);
            write(open, &*self.clock, draft, &[DocumentEdits { key: key(outing.id), edits }])?;
            Ok(recorded)
        })
    }

    fn passage(&self, form: &PassageForm, contact_place: Location) -> Passage {
        let (on, hour) = civil(&*self.clock);
        let counted = Passage {
            on,
            half_day: half_day(hour),
            medium: form.medium,
            contact_place,
            headcount: form.headcount.into(),
            women: form.women.into(),
            young: form.young.into(),
            leaflets: form.leaflets.into(),
            needs: form.needs.iter().map(|need| (need.code().to_owned(), true)).collect(),
            domains: form.domains.iter().map(|domain| (domain.code().to_owned(), true)).collect(),
            refused: form.refused,
            void: false,
        };
        if !form.refused {
            return counted;
        }
        // A refusal counts one and carries no profile, whatever the form still held.
        Passage {
            headcount: 1,
            women: 0,
            young: 0,
            leaflets: 0,
            needs: CodeSet::new(),
            domains: CodeSet::new(),
            ..counted
        }
    }

    /// Strikes out this user's last entry; what was written stays in the document's history.
    pub(super) fn undo_last(&self) -> Result<Undone, ApiError> {
        self.with_open(|open| {
            let last = entries(open)?.into_iter().find(|entry| !entry.void).ok_or(ErrorCode::CannotUndo)?;
            let edits = vec![Edit::set_in("passages", last.id, "void", true)];
            write(open, &*self.clock, None, &[DocumentEdits { key: last.key, edits }])?;
            Ok(Undone { encounter: last.id.into(), pathway: None })
        })
    }
}

fn check(form: &PassageForm) -> Result<(), ApiError> {
    let wrong = |field: &str| Err(ApiError::about(ErrorCode::Invalid, field));
    if !(1..=MOST).contains(&form.headcount) {
        return wrong("headcount");
    }
    if form.women > form.headcount {
        return wrong("women");
    }
    if form.young > form.headcount {
        return wrong("young");
    }
    if form.leaflets > MOST {
        return wrong("leaflets");
    }
    Ok(())
}
