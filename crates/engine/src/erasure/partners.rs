//! Partners that something was passed on to, and who told them that it is to be erased.

use crate::error::EngineError;
use crate::store::control;
use document::Hash;
use document::SignerId;
use document::control::{RecordKind, TellBody};
use domain::ids::{PathwayId, SolutionId};
use domain::time::Day;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Who told which partner of what, the first time.
pub(crate) type Told = BTreeMap<(Hash, SolutionId), (Day, SignerId)>;

/// Everything that partners were told.
pub(crate) fn told(connection: &Connection) -> Result<Told, EngineError> {
    let mut told = Told::new();
    for record in control::list(connection, RecordKind::Tell)? {
        let body: TellBody = record.read()?;
        let said = (body.on(), record.signer);
        let first = told.entry((body.cause(), body.partner())).or_insert(said);
        *first = (*first).min(said);
    }
    Ok(told)
}

/// Partners that an erasure is to be told to, with the day where they know of its cause already.
pub(super) fn of(
    connection: &Connection,
    pathway: PathwayId,
    today: Day,
) -> Result<Vec<(SolutionId, Option<Day>)>, EngineError> {
    let partners = control::ledger(connection, pathway)?.partners(today);
    if partners.is_empty() {
        return Ok(Vec::new());
    }
    let told = told(connection)?;
    let day = |partner, causes: &[Hash]| {
        causes.iter().filter_map(|cause| told.get(&(*cause, partner))).map(|(on, _)| *on).min()
    };
    Ok(partners.into_iter().map(|it| (it.partner, day(it.partner, &it.ended_by))).collect())
}
