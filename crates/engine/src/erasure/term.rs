//! How long a person's record is kept, as one store knows it.

use crate::error::EngineError;
use crate::store::{asset, control, link, off_day, projection};
use domain::cite::CiteSettings;
use domain::ids::PathwayId;
use domain::pathway::PathwayDoc;
use domain::retention::{Term, last_contact};
use domain::time::Day;
use domain::vocabulary::DocumentKind;
use rusqlite::Connection;

/// Last contact with a person known here, with records that are linked as the same person.
pub(crate) fn contacted(connection: &Connection, pathway: PathwayId) -> Result<Option<Day>, EngineError> {
    let mut people = link::others(connection, pathway)?;
    people.insert(pathway);
    let mut last = None;
    for id in people {
        let document: Option<PathwayDoc> = projection::get(connection, DocumentKind::Pathway, id.into())?;
        last = last.max(last_contact(
            document.as_ref(),
            &control::ledger(connection, id)?,
            &off_day::of(connection, id)?,
        ));
    }
    Ok(last)
}

/// The term of a person, as this store knows it.
pub(crate) fn of(connection: &Connection, pathway: PathwayId) -> Result<Option<Term>, EngineError> {
    let settings: CiteSettings = asset::read(connection, asset::SETTINGS)?.unwrap_or_default();
    Ok(contacted(connection, pathway)?.and_then(|last| Term::of(last, settings.retention_months)))
}
