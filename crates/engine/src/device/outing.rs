//! Starting and ending an outing. Its hours stay on this device; its document holds the day, the
//! half-day and, once ended, a length rounded to five minutes.

use super::session::me;
use super::{Device, Open};
use crate::clock::{Clock, civil};
use crate::error::EngineError;
use crate::random;
use crate::write::{DocumentEdits, Writer};
use document::{DocumentKey, Edit};
use domain::api::outing::{OutingView, StartOuting};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{CiteId, DraftId, OutingId, PlaceId};
use domain::location::Location;
use domain::outing::OutingDoc;
use domain::time::InstantMs;
use domain::vocabulary::{DocumentKind, HalfDay};
use serde::{Deserialize, Serialize};

/// Longest outing, minutes.
const LONGEST: i64 = 24 * 60;

/// The running outing, as this device keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Running {
    pub(super) id: OutingId,
    place: Option<PlaceId>,
    pub(super) contact_place: Location,
    pub(super) started_at_ms: InstantMs,
    ended_at_ms: Option<InstantMs>,
}

impl Device {
    /// Starts an outing; one still open is ended first.
    pub(super) fn start_outing(&self, request: &StartOuting) -> Result<OutingView, ApiError> {
        self.with_open(|open| {
            end(open, &*self.clock)?;
            let running = begin(open, &*self.clock, request.place, request.contact_place)?;
            view(open, &running)
        })
    }

    /// Ends the running outing.
    pub(super) fn end_outing(&self) -> Result<OutingView, ApiError> {
        self.with_open(|open| {
            let ended = end(open, &*self.clock)?.ok_or(ErrorCode::NotFound)?;
            view(open, &ended)
        })
    }
}

fn name(open: &Open) -> String {
    format!("outing/{}", open.user)
}

pub(super) fn key(id: OutingId) -> DocumentKey {
    DocumentKey::first(DocumentKind::Outing, id)
}

/// The outing that this user has under way.
pub(super) fn running(open: &Open) -> Result<Option<Running>, EngineError> {
    Ok(open.store.meta::<Running>(&name(open))?.filter(|running| running.ended_at_ms.is_none()))
}

/// Half of the day of an hour.
pub(super) fn half_day(hour: u32) -> HalfDay {
    match hour {
        0..12 => HalfDay::Morning,
        12..18 => HalfDay::Afternoon,
        _ => HalfDay::Evening,
    }
}

/// Begins an outing and its document.
pub(super) fn begin(
    open: &mut Open,
    clock: &dyn Clock,
    place: Option<PlaceId>,
    contact_place: Location,
) -> Result<Running, ApiError> {
    let id = OutingId::from_bytes(random::bytes()?);
    let (on, hour) = civil(clock);
    let document = OutingDoc {
        on: Some(on),
        half_day: Some(half_day(hour)),
        contact_place: Some(contact_place),
        place,
        organisation: Some(me(open)?.organisation),
        minutes: None,
        passages: Default::default(),
    };
    let edits = Edit::set_all(&document).map_err(EngineError::from)?;
    write(open, clock, None, &[DocumentEdits { key: key(id), edits }])?;
    let running = Running { id, place, contact_place, started_at_ms: clock.now_ms(), ended_at_ms: None };
    let name = name(open);
    open.store.put_meta(&name, &running)?;
    Ok(running)
}

fn end(open: &mut Open, clock: &dyn Clock) -> Result<Option<Running>, ApiError> {
    let Some(mut running) = running(open)? else { return Ok(None) };
    let now_ms = clock.now_ms();
    let minutes = ((now_ms - running.started_at_ms) / 60_000).clamp(0, LONGEST);
    let rounded = (minutes + 2) / 5 * 5;
    write(
        open,
        clock,
        None,
        &[DocumentEdits { key: key(running.id), edits: vec![Edit::set("minutes", rounded)] }],
    )?;
    running.ended_at_ms = Some(now_ms);
    let name = name(open);
    open.store.put_meta(&name, &running)?;
    Ok(Some(running))
}

/// Writes a user action under the user at work.
pub(super) fn write(
    open: &mut Open,
    clock: &dyn Clock,
    draft: Option<DraftId>,
    action: &[DocumentEdits],
) -> Result<usize, ApiError> {
    let signer = open.secrets.signer()?;
    let writer = Writer {
        cite: cite(open)?,
        user: open.user,
        signer: &signer,
        incarnation: 1,
        cursor: 0,
        on: civil(clock).0,
        now_ms: clock.now_ms(),
    };
    Ok(writer.write(&mut open.store, draft, action)?)
}

/// The cité of this device, from the verified chain.
pub(super) fn cite(open: &Open) -> Result<CiteId, EngineError> {
    Ok(open.store.chain()?.cite())
}

/// The outing as the first screen shows it.
pub(super) fn view(open: &Open, running: &Running) -> Result<OutingView, ApiError> {
    let document: OutingDoc =
        open.store.document(cite(open)?, key(running.id))?.read().map_err(EngineError::from)?;
    let counted = document.passages.values().filter(|passage| !passage.void);
    Ok(OutingView {
        id: running.id,
        place_name: None,
        place: running.place,
        contact_place: running.contact_place,
        qpv_name: None,
        started_at_ms: running.started_at_ms,
        ended_at_ms: running.ended_at_ms,
        encounters: 0,
        passages: counted.clone().count() as u32,
        people_seen: counted.map(|passage| passage.headcount as u32).sum(),
    })
}
