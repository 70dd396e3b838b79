//! The part keys a user of this device holds, sealed with their own key.

use super::{key_at, partner};
use crate::error::EngineError;
use crate::keys::{open, seal};
use document::DocumentKey;
use document::sealed::PartKey;
use domain::ids::{PathwayId, UserId};
use rusqlite::{Connection, params};
use zeroize::Zeroizing;

/// A part key that is held.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) key: PartKey,
    /// Length of the membership chain when it was drawn here; 0 for one that was received.
    pub(crate) chain: u32,
}

fn about(user: UserId, key: DocumentKey) -> Vec<u8> {
    let mut about = b"allervers part key at rest 1".to_vec();
    about.extend_from_slice(user.as_bytes());
    about.extend(minicbor::to_vec(key).expect("encoding into memory does not fail"));
    about
}

/// Keeps a part key for a user; false where it is held already.
pub(crate) fn keep(
    connection: &Connection,
    user: UserId,
    own_key: &[u8; 32],
    key: DocumentKey,
    held: &Held,
) -> Result<bool, EngineError> {
    let sealed = seal(own_key, &about(user, key), held.key.expose())?;
    let kept = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO part_key (user, kind, doc, generation, part_key, chain, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            user.as_bytes(),
            key.kind.code(),
            key.id.as_bytes(),
            key.generation,
            held.key.id().0,
            held.chain,
            sealed
        ])?;
    Ok(kept > 0)
}

/// The part keys a user holds of a document, those drawn here last.
pub(crate) fn of(
    connection: &Connection,
    user: UserId,
    own_key: &[u8; 32],
    key: DocumentKey,
) -> Result<Vec<Held>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT sealed, chain FROM part_key WHERE user = ?1 AND kind = ?2 AND doc = ?3 AND generation = ?4
         ORDER BY chain, part_key",
    )?;
    let rows = statement
        .query_map(params![user.as_bytes(), key.kind.code(), key.id.as_bytes(), key.generation], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let about = about(user, key);
    rows.into_iter()
        .map(|(sealed, chain)| {
            let secret: Zeroizing<Vec<u8>> = open(own_key, &about, &sealed)?;
            let secret: [u8; 32] = secret.as_slice().try_into().map_err(|_| EngineError::Damaged)?;
            Ok(Held { key: PartKey::from_secret(secret), chain })
        })
        .collect()
}

/// Documents of a person, or of everybody, of which a user holds a key.
pub(crate) fn documents(
    connection: &Connection,
    user: UserId,
    of: Option<PathwayId>,
) -> Result<Vec<DocumentKey>, EngineError> {
    let rows = match of {
        Some(pathway) => connection
            .prepare_cached(
                "SELECT DISTINCT kind, doc, generation FROM part_key WHERE doc = ?1 AND user = ?2
                 ORDER BY kind, generation",
            )?
            .query_map(params![pathway.as_bytes(), user.as_bytes()], |row| key_at(row, 0))?
            .collect::<Result<Vec<_>, _>>()?,
        None => connection
            .prepare_cached(
                "SELECT DISTINCT kind, doc, generation FROM part_key WHERE user = ?1
                 ORDER BY doc, kind, generation",
            )?
            .query_map(params![user.as_bytes()], |row| key_at(row, 0))?
            .collect::<Result<Vec<_>, _>>()?,
    };
    Ok(rows.into_iter().flatten().collect())
}

/// Whether another user of this device holds a key of a document.
pub(crate) fn held_by_another(
    connection: &Connection,
    user: UserId,
    key: DocumentKey,
) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM part_key WHERE user <> ?1 AND kind = ?2 AND doc = ?3 AND generation = ?4",
    )?;
    Ok(statement.exists(params![user.as_bytes(), key.kind.code(), key.id.as_bytes(), key.generation])?)
}

/// Forgets a user's keys and view of a document.
pub(crate) fn forget(connection: &Connection, user: UserId, key: DocumentKey) -> Result<(), EngineError> {
    for table in ["part_key", "part_view"] {
        connection
            .prepare_cached(&format!(
                "DELETE FROM {table} WHERE user = ?1 AND kind = ?2 AND doc = ?3 AND generation = ?4"
            ))?
            .execute(params![user.as_bytes(), key.kind.code(), key.id.as_bytes(), key.generation])?;
    }
    partner::forget(connection, user, key)
}

/// Forgets every key and view of a user: they were sealed with keys that are gone.
pub(crate) fn forget_all(connection: &Connection, user: UserId) -> Result<(), EngineError> {
    for table in ["part_key", "part_view"] {
        connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE user = ?1"))?
            .execute([user.as_bytes()])?;
    }
    partner::forget_user(connection, user)
}
