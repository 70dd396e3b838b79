//! Named parts: changes sealed for their author. They stand in a table of their own that no code of
//! synchronisation reads.

use crate::error::EngineError;
use crate::keys::{open, seal};
use document::{Actor, Document, DocumentKey, Edit};
use domain::ids::{CiteId, DocumentId, UserId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// What a sealed change is about, authenticated beside it.
fn about(user: UserId, key: DocumentKey) -> Vec<u8> {
    let mut about = b"allervers part 1".to_vec();
    about.extend_from_slice(user.as_bytes());
    about.extend(minicbor::to_vec(key).expect("encoding into memory does not fail"));
    about
}

/// A user's own part, as this device knows it; its genesis alone where nothing is written.
pub(crate) fn load(
    connection: &Connection,
    cite: CiteId,
    user: UserId,
    own_key: &[u8; 32],
    key: DocumentKey,
) -> Result<Document, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT sealed FROM part_change WHERE user = ?1 AND doc = ?2 AND kind = ?3 AND generation = ?4 ORDER BY position",
    )?;
    let rows = statement
        .query_map(params![user.as_bytes(), key.id.as_bytes(), key.kind.code(), key.generation], |row| {
            row.get::<_, Vec<u8>>(0)
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let about = about(user, key);
    let opened = rows.iter().map(|sealed| open(own_key, &about, sealed)).collect::<Result<Vec<_>, _>>()?;
    Ok(Document::from_changes(cite, key, opened.iter().map(|bytes| bytes.as_slice()))?)
}

/// Edits a user's own part; false where nothing changed.
pub(crate) fn edit(
    connection: &Connection,
    cite: CiteId,
    user: UserId,
    own_key: &[u8; 32],
    actor: Actor,
    key: DocumentKey,
    edits: &[Edit],
) -> Result<bool, EngineError> {
    let mut document = load(connection, cite, user, own_key, key)?;
    let Some(change) = document.edit(actor, edits)? else { return Ok(false) };
    let sealed = seal(own_key, &about(user, key), &change.bytes)?;
    connection
        .prepare_cached(
            "INSERT INTO part_change (user, kind, doc, generation, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![user.as_bytes(), key.kind.code(), key.id.as_bytes(), key.generation, sealed])?;
    Ok(true)
}

/// People of whom a user has written named parts.
pub(crate) fn people(connection: &Connection, user: UserId) -> Result<Vec<DocumentId>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT doc FROM part_change WHERE user = ?1 ORDER BY doc")?;
    let rows = statement.query_map([user.as_bytes()], |row| Ok(DocumentId::from_bytes(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which parts of a person a user has written.
pub(crate) fn written(
    connection: &Connection,
    user: UserId,
    person: DocumentId,
) -> Result<BTreeSet<DocumentKind>, EngineError> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT kind FROM part_change WHERE user = ?1 AND doc = ?2")?;
    let rows = statement
        .query_map(params![user.as_bytes(), person.as_bytes()], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows.iter().filter_map(|kind| DocumentKind::from_code(kind)).collect())
}

/// How many named parts a user has written here.
pub(crate) fn count(connection: &Connection, user: UserId) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT DISTINCT doc, kind FROM part_change WHERE user = ?1)",
    )?;
    Ok(statement.query_row([user.as_bytes()], |row| row.get(0))?)
}
