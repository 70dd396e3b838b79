//! Partners that something was passed on to, and who told them that it is to be erased.

use crate::error::EngineError;
use crate::store::control;
use crate::store::sealed::partner;
use document::control::{ErasureBody, ProtectedPartner, RecordKind, TellBody};
use document::{Hash, SignerId};
use domain::api::ledger::PartnerId;
use domain::ids::PartnerMark;
use domain::time::Day;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Who told which partner of what, the first time.
pub(crate) type Told = BTreeMap<(Hash, PartnerId), (Day, SignerId)>;

/// Everything that partners were told.
pub(crate) fn told(connection: &Connection) -> Result<Told, EngineError> {
    let mut told = Told::new();
    for record in control::list(connection, RecordKind::Tell)? {
        let body: TellBody = record.read()?;
        let Ok(partner) = body.partner() else { continue };
        let said = (body.on(), record.signer);
        let first = told.entry((body.cause(), partner)).or_insert(said);
        *first = (*first).min(said);
    }
    Ok(told)
}

/// An erasure with the partners that it is to be told to, and the day where they know of its cause already.
pub(super) fn name(
    connection: &Connection,
    body: ErasureBody,
    today: Day,
) -> Result<ErasureBody, EngineError> {
    let partners = control::ledger(connection, body.pathway())?.partners(today);
    if partners.is_empty() {
        return Ok(body);
    }
    let told = told(connection)?;
    let records = control::ledger_records(connection, body.pathway())?;
    let (mut open, mut protected) = (Vec::new(), Vec::new());
    for it in partners {
        let days = it.ended_by.iter().filter_map(|cause| told.get(&(*cause, it.partner)));
        let told_on = days.map(|(on, _)| *on).min();
        match it.partner {
            PartnerId::Open(solution) => open.push((solution, told_on)),
            PartnerId::Protected(mark) => {
                let agreement = records.iter().find(|record| record.id() == it.agreement);
                let known_by = agreement.map(|record| record.signer).unwrap_or_default();
                protected.push(ProtectedPartner { mark, known_by, told_on });
            }
        }
    }
    Ok(body.telling(open).telling_protected(protected))
}

/// Before a device deletes a person: what its users know of the protected partners that are still to be told stays
/// under the erasure, also of agreements that the cité had not received.
pub(super) fn outlive(
    connection: &Connection,
    cause: Hash,
    body: &ErasureBody,
    today: Day,
) -> Result<(), EngineError> {
    let pathway = body.pathway();
    let here = control::ledger(connection, pathway)?.partners(today);
    let told = told(connection)?;
    let mut done: BTreeMap<PartnerMark, bool> = BTreeMap::new();
    for it in body.protected() {
        let known = told.contains_key(&(cause, PartnerId::Protected(it.mark)));
        done.insert(it.mark, known || it.told_on.is_some());
    }
    for it in here {
        if let PartnerId::Protected(mark) = it.partner {
            let known = it.ended_by.iter().any(|of| told.contains_key(&(*of, it.partner)));
            *done.entry(mark).or_default() |= known;
        }
    }
    let to_tell = done.into_iter().filter(|(_, done)| !done).map(|(mark, _)| mark).collect();
    partner::outlive(connection, pathway, cause, &to_tell)
}
