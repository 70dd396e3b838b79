//! The end of a person's record: announced, ordered, refused to the server.

use super::people::Known;
use super::{Device, Open, duplicate};
use crate::clock::civil;
use crate::erasure::{order, term};
use crate::error::EngineError;
use crate::store::{doubt, key_doubt};
use domain::api::person::{Ending, EndingCause, OrderErasure};
use domain::api::sync::{Alarm, AlarmKind};
use domain::erasing::{self, Unfit};
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use domain::retention::Term;
use domain::time::Day;

impl Device {
    /// Orders an erasure: signed, carried out here, then everywhere.
    pub(super) fn order_erasure(&self, request: &OrderErasure) -> Result<(), ApiError> {
        let (on, pathway, reason) = (civil(&*self.clock).0, request.pathway, request.reason);
        self.with_open(|open| {
            if open.people.get(pathway).is_none() {
                return Err(ErrorCode::NotFound.into());
            }
            let set = duplicate::records(open, pathway)?;
            let named = [pathway].into_iter().chain(request.with.iter().copied());
            let taken = erasing::ordered(named, &set)
                .map_err(|_: Unfit| ApiError::about(ErrorCode::Invalid, "with"))?;
            let head = erasing::head(&taken);
            open.with_writer(on, |store, writer| {
                store.transact(|connection| {
                    taken.iter().try_for_each(|it| order::order(connection, writer, *it, reason, head))
                })
            })?;
            Ok(open.reindex_all(&taken)?)
        })
    }
}

/// What of a person is going to end soon, and why.
pub(super) fn of(open: &Open, pathway: PathwayId, today: Day) -> Result<Option<Ending>, EngineError> {
    let ledger = open.store.ledger(pathway)?;
    if let Some(objection) = ledger.stopped_by().next() {
        let entry = ledger.entry(&objection);
        let grace = i32::try_from(open.settings.grace_days()).unwrap_or(i32::MAX);
        return Ok(entry.map(|entry| Ending { cause: EndingCause::Stop, on: entry.on.plus(grace) }));
    }
    let term = term::of(open.store.connection(), pathway)?.filter(|it| it.is_announced(today));
    Ok(term.map(|term| Ending { cause: EndingCause::Retention, on: term.ends_on }))
}

/// Day on which a person's record ends for want of contact, where that is announced. What memory says
/// is looked at first: it knows the encounters, not the ledger.
pub(super) fn announced(
    open: &Open,
    pathway: PathwayId,
    known: &Known,
    today: Day,
) -> Result<Option<Day>, EngineError> {
    let rough = known.hit.last_on.and_then(|day| Term::of(day, open.settings.retention_months));
    if rough.is_none_or(|term| !term.is_announced(today)) {
        return Ok(None);
    }
    Ok(of(open, pathway, today)?.filter(|it| it.cause == EndingCause::Retention).map(|it| it.on))
}

/// How many records end within a month for want of contact.
pub(super) fn count(open: &Open, today: Day) -> Result<u32, EngineError> {
    let mut count = 0;
    for (pathway, known) in open.people.all() {
        count += u32::from(announced(open, pathway, known, today)?.is_some());
    }
    Ok(count)
}

/// What the server asked for and this device refused, and when it went back.
pub(super) fn alarms(open: &Open, today: Day) -> Result<Vec<Alarm>, EngineError> {
    let doubts = doubt::all(open.store.connection())?;
    let alarm = |it: doubt::Doubt| Alarm {
        kind: if it.too_early { AlarmKind::ErasureBeforeTime } else { AlarmKind::ErasureWithoutCause },
        pathway: Some(it.pathway),
        on: it.on,
        by: None,
        lacking: 0,
    };
    let (_, server) = crate::sync::audit_state(open.store.connection())?;
    let told = |kind, on, lacking| Alarm { kind, pathway: None, on, by: None, lacking };
    let server = server.map(|(kind, on)| told(kind, on, 0));
    let back = crate::sync::rollback::told(open.store.connection(), today)?;
    let back = back.into_iter().map(|(kind, on, lacking)| told(kind, on, lacking));
    let copied: Option<Day> = open.store.meta(crate::sync::COPIED)?;
    let copied = copied.map(|on| told(AlarmKind::StoreCopied, on, 0));
    let chain = &open.chain;
    let keys = key_doubt::all(open.store.connection())?.into_iter().map(|it| Alarm {
        kind: if it.signed { AlarmKind::KeyWrong } else { AlarmKind::KeyUnsigned },
        pathway: Some(it.pathway),
        on: it.on,
        // Who did not sign has nothing to do with it.
        by: chain.member(&it.by).filter(|_| it.signed).map(|it| it.user_name.clone()),
        lacking: 0,
    });
    Ok(doubts.into_iter().map(alarm).chain(server).chain(back).chain(copied).chain(keys).collect())
}
