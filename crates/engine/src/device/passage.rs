//! Recording a passage.

use super::Device;
use super::outing::{beginning, half_day, key, running};
use crate::clock::civil;
use crate::error::EngineError;
use crate::store::{KeptEntry, entry};
use crate::write::{Action, DocumentEdits};
use document::Edit;
use domain::api::encounter::{PassageForm, RecordPassage, Recorded};
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
            if entry::get(open.store.connection(), id)?.is_some() {
                return Ok(recorded);
            }
            let place = request.form.contact_place;
            let (outing, mut action) = match running(open)? {
                Some(running) => (running, Action::default()),
                None => beginning(open, &*self.clock, None, place.unwrap_or(Location::NotRecorded))?,
            };
            let passage = self.passage(&request.form, place.unwrap_or(outing.contact_place));
            let edits = vec![Edit::add("passages", id, &passage).map_err(EngineError::from)?];
            action.draft = Some(request.draft);
            action.entry = Some(KeptEntry { id, key: key(outing.id), recorded_at_ms: self.clock.now_ms() });
            action.documents.push(DocumentEdits { key: key(outing.id), edits });
            open.write(&*self.clock, &action)?;
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
