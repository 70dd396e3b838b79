//! Starting and ending an outing. Its hours stay on this device; its document holds the day, the
//! half-day and, once ended, a length rounded to five minutes.

use super::{Device, Open};
use crate::clock::{Clock, civil};
use crate::error::EngineError;
use crate::random;
use crate::store::projection;
use crate::write::{Action, DocumentEdits};
use document::{DocumentKey, Edit};
use domain::api::outing::{OutingView, StartOuting};
use domain::error::{ApiError, ErrorCode};
use domain::ids::{OutingId, PlaceId};
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
    pub(super) place: Option<PlaceId>,
    pub(super) contact_place: Location,
    pub(super) started_at_ms: InstantMs,
    ended_at_ms: Option<InstantMs>,
}

impl Device {
    /// Starts an outing; one still open is ended first.
    pub(super) fn start_outing(&self, request: &StartOuting) -> Result<OutingView, ApiError> {
        if matches!(request.contact_place, Location::NoStableHome | Location::NotTold) {
            return Err(ApiError::about(ErrorCode::Invalid, "contact_place"));
        }
        self.with_open(|open| {
            end(open, &*self.clock)?;
            let (running, action) = beginning(open, &*self.clock, request.place, request.contact_place)?;
            open.write(&*self.clock, &action)?;
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

/// An outing that begins now, and the action that writes it: document and this device's note of it
/// together, or neither.
pub(super) fn beginning(
    open: &Open,
    clock: &dyn Clock,
    place: Option<PlaceId>,
    contact_place: Location,
) -> Result<(Running, Action), ApiError> {
    let id = OutingId::from_bytes(random::bytes()?);
    let (on, hour) = civil(clock);
    let document = OutingDoc {
        on: Some(on),
        half_day: Some(half_day(hour)),
        contact_place: Some(contact_place),
        place,
        organisation: Some(open.member.organisation),
        minutes: None,
        passages: Default::default(),
    };
    let mut edits = Edit::set_all(&document).map_err(EngineError::from)?;
    edits.retain(|edit| !matches!(edit, Edit::Set { key, .. } if key.starts_with("passages")));
    let running = Running { id, place, contact_place, started_at_ms: clock.now_ms(), ended_at_ms: None };
    let mut meta = vec![noted(open, &running)?];
    if let Some(place) = place {
        meta.push(last_used(open, place)?);
    }
    let documents = vec![DocumentEdits { key: key(id), edits }];
    Ok((running, Action { documents, meta, ..Action::default() }))
}

fn noted(open: &Open, running: &Running) -> Result<(String, serde_json::Value), EngineError> {
    Ok((name(open), serde_json::to_value(running).map_err(|_| EngineError::Damaged)?))
}

/// The user's places with this one first.
fn last_used(open: &Open, place: PlaceId) -> Result<(String, serde_json::Value), EngineError> {
    let mut places: Vec<PlaceId> = open.store.meta(&places_of(open))?.unwrap_or_default();
    places.retain(|it| *it != place);
    places.insert(0, place);
    places.truncate(20);
    Ok((places_of(open), serde_json::to_value(places).map_err(|_| EngineError::Damaged)?))
}

/// Name under which the places last used by this user are kept.
pub(super) fn places_of(open: &Open) -> String {
    format!("places/{}", open.user)
}

fn end(open: &mut Open, clock: &dyn Clock) -> Result<Option<Running>, ApiError> {
    let Some(mut running) = running(open)? else { return Ok(None) };
    let now_ms = clock.now_ms();
    let minutes = ((now_ms - running.started_at_ms) / 60_000).clamp(0, LONGEST);
    let rounded = ((minutes + 2) / 5 * 5).min(LONGEST);
    running.ended_at_ms = Some(now_ms);
    let mut action = Action::edit(key(running.id), vec![Edit::set("minutes", rounded)]);
    action.meta.push(noted(open, &running)?);
    open.write(clock, &action)?;
    Ok(Some(running))
}

/// The outing as the first screen shows it.
pub(super) fn view(open: &Open, running: &Running) -> Result<OutingView, ApiError> {
    let document: OutingDoc =
        projection::get(open.store.connection(), DocumentKind::Outing, running.id.into())?
            .unwrap_or_default();
    let counted = document.passages.values().filter(|passage| !passage.void);
    let encounters = open.people.encounters_of(running.id);
    let qpv = match running.contact_place {
        Location::Qpv(code) => open.qpv_names()?.into_iter().find(|qpv| qpv.code == code),
        _ => None,
    };
    Ok(OutingView {
        id: running.id,
        place_name: running.place.and_then(|id| open.settings.places.get(&id).map(|it| it.name.clone())),
        place: running.place,
        contact_place: running.contact_place,
        qpv_name: qpv.map(|qpv| qpv.name),
        started_at_ms: running.started_at_ms,
        ended_at_ms: running.ended_at_ms,
        encounters,
        passages: counted.clone().count() as u32,
        people_seen: encounters + counted.map(|passage| passage.headcount as u32).sum::<u32>(),
    })
}
