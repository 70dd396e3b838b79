//! Contacts whose day the cité's clock does not bear out, and when the cité first received them. The server writes
//! them; a device keeps those it is served.

use crate::error::EngineError;
use domain::ids::{FactId, PathwayId};
use domain::retention::{Contact, OffDay, OffDays};
use domain::time::Day;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::collections::BTreeMap;

/// A contact as it is kept: nothing for the opening, the fact of an encounter, the record of an act.
pub(crate) fn bytes_of(contact: &Contact) -> Vec<u8> {
    match contact {
        Contact::Opening => Vec::new(),
        Contact::Encounter(fact) => fact.as_bytes().to_vec(),
        Contact::Act(entry) => entry.to_vec(),
    }
}

/// The contact of such bytes; none of another length.
pub(crate) fn contact_of(bytes: &[u8]) -> Option<Contact> {
    match bytes.len() {
        0 => Some(Contact::Opening),
        16 => Some(Contact::Encounter(FactId::from_bytes(bytes.try_into().ok()?))),
        32 => Some(Contact::Act(bytes.try_into().ok()?)),
        _ => None,
    }
}

/// Keeps one, the first of a contact; whether it is new. `believed`: whether it counts here.
pub(crate) fn keep(
    connection: &Connection,
    pathway: PathwayId,
    (contact, off): (&Contact, OffDay),
    believed: bool,
) -> Result<bool, EngineError> {
    let kept = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO off_day (doc, contact, said_on, received_on, believed)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![pathway.as_bytes(), bytes_of(contact), off.said.0, off.received.0, believed])?;
    Ok(kept > 0)
}

/// Those that this device's own day shows to be yet to come count from now on; whose they are.
pub(crate) fn believe(connection: &Connection, today: Day) -> Result<Vec<PathwayId>, EngineError> {
    let mut statement = connection.prepare_cached(
        "UPDATE off_day SET believed = 1 WHERE believed = 0 AND said_on > ?1 RETURNING doc",
    )?;
    let rows = statement.query_map([today.plus(1).0], |row| Ok(PathwayId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<(Contact, OffDay)>> {
    let contact: Vec<u8> = row.get(at)?;
    let off = OffDay { said: Day(row.get(at + 1)?), received: Day(row.get(at + 2)?) };
    Ok(contact_of(&contact).map(|it| (it, off)))
}

/// Those of a person that count.
pub(crate) fn of(connection: &Connection, pathway: PathwayId) -> Result<OffDays, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT contact, said_on, received_on FROM off_day WHERE doc = ?1 AND believed = 1 ORDER BY contact",
    )?;
    let rows = statement.query_map([pathway.as_bytes()], |row| read(row, 0))?;
    Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
}

/// Those of everybody that count.
pub(crate) fn all(connection: &Connection) -> Result<BTreeMap<PathwayId, OffDays>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT doc, contact, said_on, received_on FROM off_day WHERE believed = 1")?;
    let rows = statement.query_map([], |row| Ok((PathwayId::from_bytes(row.get(0)?), read(row, 1)?)))?;
    let mut all: BTreeMap<PathwayId, OffDays> = BTreeMap::new();
    for row in rows {
        if let (pathway, Some((contact, off))) = row? {
            all.entry(pathway).or_default().insert(contact, off);
        }
    }
    Ok(all)
}

/// That of an act of a ledger, by the position of its record.
pub(crate) fn of_record(
    connection: &Connection,
    position: i64,
) -> Result<Option<(PathwayId, Contact, OffDay)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT o.doc, o.contact, o.said_on, o.received_on FROM control c
         JOIN off_day o ON o.doc = c.subject AND o.contact = c.id WHERE c.position = ?1",
    )?;
    let found = statement
        .query_row([position], |row| Ok((PathwayId::from_bytes(row.get(0)?), read(row, 1)?)))
        .optional()?;
    Ok(found.and_then(|(pathway, it)| it.map(|(contact, off)| (pathway, contact, off))))
}

/// A person is gone.
pub(crate) fn forget(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM off_day WHERE doc = ?1")?.execute([pathway.as_bytes()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn a_day_that_a_server_calls_off_counts_only_once_the_own_day_shows_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_plain(&folder.path().join("store.db")).unwrap();
        let (connection, today) = (store.connection(), Day(20_780));
        let (pathway, met) =
            (PathwayId::from_bytes([7; 16]), Contact::Encounter(FactId::from_bytes([5; 16])));
        // A server that would end a record says of yesterday's contact that it came two years ago.
        let wrong = OffDay { said: today.plus(-1), received: today.plus(-730) };
        assert!(keep(connection, pathway, (&met, wrong), false).unwrap());
        assert!(believe(connection, today).unwrap().is_empty());
        assert!(of(connection, pathway).unwrap().is_empty(), "it counts as it is said");
        let ahead = OffDay { said: today.plus(365), received: today };
        keep(connection, pathway, (&Contact::Opening, ahead), false).unwrap();
        assert_eq!(
            believe(connection, today.plus(364)).unwrap(),
            [],
            "its own clock may be the one that is wrong"
        );
        assert_eq!(believe(connection, today).unwrap(), [pathway]);
        assert_eq!(of(connection, pathway).unwrap(), OffDays::from([(Contact::Opening, ahead)]));
        assert!(!keep(connection, pathway, (&Contact::Opening, wrong), true).unwrap(), "the first stays");
        forget(connection, pathway).unwrap();
        assert!(all(connection).unwrap().is_empty());
    }
}
