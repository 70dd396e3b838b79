//! What a user may read of a named part, ready to be read: a projection, sealed with their own key.

use crate::error::EngineError;
use crate::keys::{open, seal};
use document::DocumentKey;
use domain::ids::{DocumentId, PathwayId, UserId};
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, params};
use serde_json::Value as Json;

fn about(user: UserId, kind: DocumentKind, id: DocumentId) -> Vec<u8> {
    [b"allervers part view 1".as_slice(), user.as_bytes(), kind.code().as_bytes(), id.as_bytes()].concat()
}

/// Writes what a part says now.
pub(crate) fn put(
    connection: &Connection,
    user: UserId,
    own_key: &[u8; 32],
    key: DocumentKey,
    values: &Json,
) -> Result<(), EngineError> {
    let sealed = seal(own_key, &about(user, key.kind, key.id), values.to_string().as_bytes())?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO part_view (user, doc, kind, generation, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![user.as_bytes(), key.id.as_bytes(), key.kind.code(), key.generation, sealed])?;
    Ok(())
}

/// Forgets what a part said.
pub(crate) fn forget(connection: &Connection, user: UserId, key: DocumentKey) -> Result<(), EngineError> {
    connection
        .prepare_cached("DELETE FROM part_view WHERE user = ?1 AND doc = ?2 AND kind = ?3")?
        .execute(params![user.as_bytes(), key.id.as_bytes(), key.kind.code()])?;
    Ok(())
}

/// A part of a person, or of everybody, as a user may read it. One that does not open hides no other.
pub(crate) fn of(
    connection: &Connection,
    user: UserId,
    own_key: &[u8; 32],
    pathway: Option<PathwayId>,
) -> Result<Vec<(PathwayId, DocumentKind, Json)>, EngineError> {
    // One question for one person and one for all: a plan that serves both walks through everybody.
    let mut statement = connection.prepare_cached(match pathway {
        Some(_) => "SELECT doc, kind, sealed FROM part_view WHERE doc = ?2 AND user = ?1 ORDER BY kind",
        None => "SELECT doc, kind, sealed FROM part_view WHERE user = ?1 AND ?2 IS NULL ORDER BY doc, kind",
    })?;
    let mut rows = statement.query(params![user.as_bytes(), pathway.map(|id| *id.as_bytes())])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, kind, sealed): ([u8; 16], String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let id = DocumentId::from_bytes(id);
        let Some(kind) = DocumentKind::from_code(&kind) else { continue };
        let Ok(plain) = open(own_key, &about(user, kind, id), &sealed) else { continue };
        if let Ok(values) = serde_json::from_slice(&plain) {
            found.push((id.into(), kind, values));
        }
    }
    Ok(found)
}
