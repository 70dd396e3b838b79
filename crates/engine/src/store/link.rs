//! Links between records of one person, read from the coded documents that are here.

use crate::error::EngineError;
use document::DocumentKey;
use domain::duplicate;
use domain::ids::{FactId, PathwayId};
use domain::pathway::PersonLink;
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Most records that are looked at as one person: more is no person, but a mistake or an attack.
const MOST: usize = 64;

/// Writes the links that a document holds now; `values` is what it says.
pub(crate) fn put(connection: &Connection, key: DocumentKey, values: &Value) -> Result<(), EngineError> {
    if key.kind != DocumentKind::Pathway {
        return Ok(());
    }
    let pathway = PathwayId::from(key.id);
    forget(connection, pathway)?;
    let Some(links) = values.get("links").and_then(|it| it.as_object()) else { return Ok(()) };
    for (fact, link) in links {
        let Ok(fact) = fact.parse::<FactId>() else { continue };
        let Ok(link) = serde_json::from_value::<PersonLink>(link.clone()) else { continue };
        if link.other != pathway {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO link (fact, pathway, other, active) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![fact.as_bytes(), pathway.as_bytes(), link.other.as_bytes(), link.active])?;
        }
    }
    Ok(())
}

/// A document is no longer here.
pub(crate) fn forget(connection: &Connection, pathway: PathwayId) -> Result<(), EngineError> {
    connection.prepare_cached("DELETE FROM link WHERE pathway = ?1")?.execute([pathway.as_bytes()])?;
    Ok(())
}

/// Each linked record with the first of its group, the smallest identifier.
pub(crate) fn groups(connection: &Connection) -> Result<BTreeMap<PathwayId, PathwayId>, EngineError> {
    let mut statement = connection.prepare_cached("SELECT pathway, fact, other, active FROM link")?;
    let links = statement
        .query_map([], |row| {
            let link = PersonLink { other: PathwayId::from_bytes(row.get(2)?), active: row.get(3)? };
            Ok((PathwayId::from_bytes(row.get(0)?), FactId::from_bytes(row.get(1)?), link))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let links = links.iter().map(|(pathway, fact, link)| (*pathway, *fact, link));
    Ok(duplicate::groups(duplicate::in_force(links)))
}

/// Links in force of a record that is here with one that was erased.
pub(crate) fn to_erased(connection: &Connection) -> Result<Vec<(PathwayId, PathwayId)>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT link.pathway, link.other FROM link JOIN erased ON erased.pathway = link.other
         WHERE NOT EXISTS (SELECT 1 FROM erased AS too WHERE too.pathway = link.pathway) AND NOT EXISTS (
             SELECT 1 FROM link AS undone
             WHERE undone.fact = link.fact AND undone.pathway = link.pathway AND undone.active = 0
         ) ORDER BY link.pathway, link.other",
    )?;
    let rows = statement
        .query_map([], |row| Ok((PathwayId::from_bytes(row.get(0)?), PathwayId::from_bytes(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The other records of the same person, as far as the documents here say.
pub(crate) fn others(
    connection: &Connection,
    pathway: PathwayId,
) -> Result<BTreeSet<PathwayId>, EngineError> {
    let mut statement = connection.prepare_cached(
        "WITH near (fact, id) AS (
             SELECT fact, other FROM link WHERE pathway = ?1
             UNION SELECT fact, pathway FROM link WHERE other = ?1
         )
         SELECT DISTINCT id FROM near WHERE NOT EXISTS (
             SELECT 1 FROM link AS undone WHERE undone.fact = near.fact AND undone.active = 0
                 AND (undone.pathway = ?1 OR undone.other = ?1)
         )",
    )?;
    let mut found = BTreeSet::new();
    let mut next = vec![pathway];
    while let Some(id) = next.pop() {
        let near = statement.query_map([id.as_bytes()], |row| Ok(PathwayId::from_bytes(row.get(0)?)))?;
        for other in near.collect::<Result<Vec<_>, _>>()? {
            if other != pathway && found.len() < MOST && found.insert(other) {
                next.push(other);
            }
        }
    }
    Ok(found)
}
