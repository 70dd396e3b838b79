//! The server's half of a *no* to a purpose: generations of named parts that are over are erased.

use crate::error::EngineError;
use crate::store::{control, ending, erasure, link, log, sealed};
use crate::sync::visible;
use document::DocumentKey;
use document::control::{Chain, LedgerEntry, Record};
use domain::api::ledger::LedgerActKind;
use domain::cite::CiteSettings;
use domain::ids::PathwayId;
use domain::time::Day;
use domain::vocabulary::{DocumentKind, ObjectionAct};
use rusqlite::Connection;

/// Notes since when an objection to everything counts, where a new record of the ledger is one.
pub(crate) fn note(connection: &Connection, record: &Record, today: Day) -> Result<(), EngineError> {
    let entry: LedgerEntry = record.read()?;
    if matches!(entry.act()?.kind, LedgerActKind::Objection { act: ObjectionAct::Stop }) {
        ending::stop(connection, record.id(), entry.pathway(), today)?;
    }
    Ok(())
}

/// Carries out what the ledger of a person says since a new entry: erases generations that are over,
/// and looks at who sees what is left.
pub(crate) fn settle(
    connection: &Connection,
    chain: &Chain,
    settings: &CiteSettings,
    pathway: PathwayId,
    today: Day,
) -> Result<(), EngineError> {
    let ledger = control::ledger(connection, pathway)?;
    for kind in DocumentKind::NAMED_PARTS {
        let Some(purpose) = kind.shared_for() else { continue };
        let current = ledger.generation(purpose);
        for generation in sealed::generations_before(connection, kind, pathway, current)? {
            let key = DocumentKey { kind, id: pathway.into(), generation };
            sealed::erase(connection, key)?;
            for device in log::erase(connection, key)? {
                for cause in ledger.causes(purpose) {
                    erasure::expect(connection, cause, device)?;
                }
            }
        }
    }
    let mut people = link::others(connection, pathway)?;
    people.insert(pathway);
    people.into_iter().try_for_each(|it| visible::update_parts(connection, chain, settings, it, today))
}
