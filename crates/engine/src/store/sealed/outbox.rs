//! Sealed changes made here that wait to be acknowledged.

use super::key_at;
use crate::error::EngineError;
use crate::store::digest::{self, Counted};
use document::{Actor, DocumentKey};
use domain::ids::UserId;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// A sealed change that waits.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) position: i64,
    pub(crate) key: DocumentKey,
    pub(crate) actor: Actor,
    pub(crate) envelope: Vec<u8>,
    /// The typed edits, sealed with the author's own key.
    pub(crate) edits: Vec<u8>,
    /// The signed group, CBOR.
    pub(crate) group: Vec<u8>,
    pub(crate) signature: [u8; 64],
}

/// What [`read`] reads.
const WAITING: &str = "SELECT position, kind, doc, generation, actor, envelope, edits, grouped, signature
     FROM sealed_outbox JOIN sealed_change USING (position)";

/// Puts a sealed change made here into the outbox.
pub(crate) fn enqueue(
    connection: &Connection,
    position: i64,
    user: UserId,
    edits: &[u8],
    group: &[u8],
    signature: &[u8; 64],
) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT INTO sealed_outbox (position, user, edits, grouped, signature) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![position, user.as_bytes(), edits, group, signature])?;
    Ok(())
}

/// What waits from a position on, oldest first, at most so many; whether it may be sent is the
/// ledger's to say.
pub(crate) fn waiting(connection: &Connection, after: i64, most: u32) -> Result<Vec<Waiting>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "{WAITING}
         WHERE acknowledged = 0 AND position > ?1 ORDER BY position LIMIT ?2"
    ))?;
    let rows =
        statement.query_map(params![after, most], |row| Ok(read(row)))?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().collect()
}

/// How many wait.
pub(crate) fn count(connection: &Connection) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM sealed_outbox WHERE acknowledged = 0) +
         (SELECT count(*) FROM again WHERE kind NOT IN ('pathway', 'outing'))",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Takes what waits of one document, from a position on, out of it ([`forget`]); returns it, oldest first.
pub(crate) fn take_out(
    connection: &Connection,
    key: DocumentKey,
    from: i64,
) -> Result<Vec<Waiting>, EngineError> {
    let mut statement = connection.prepare_cached(&format!(
        "{WAITING}
         WHERE acknowledged = 0 AND kind = ?1 AND doc = ?2 AND generation = ?3 AND position >= ?4
         ORDER BY position"
    ))?;
    let rows = statement
        .query_map(params![key.kind.code(), key.id.as_bytes(), key.generation, from], |row| Ok(read(row)))?
        .collect::<Result<Vec<_>, _>>()?;
    let waiting = rows.into_iter().collect::<Result<Vec<Waiting>, _>>()?;
    for it in &waiting {
        forget(connection, it.position)?;
    }
    Ok(waiting)
}

fn read(row: &Row<'_>) -> Result<Waiting, EngineError> {
    let actor: Vec<u8> = row.get(4)?;
    Ok(Waiting {
        position: row.get(0)?,
        key: key_at(row, 1)?.ok_or(EngineError::Damaged)?,
        actor: Actor::read(&actor).ok_or(EngineError::Damaged)?,
        envelope: row.get(5)?,
        edits: row.get(6)?,
        group: row.get(7)?,
        signature: row.get(8)?,
    })
}

/// The position of a sealed change made here that waits, by its actor's number.
pub(crate) fn numbered(
    connection: &Connection,
    key: DocumentKey,
    actor: Actor,
    seq: u64,
) -> Result<Option<i64>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT position FROM sealed_change JOIN sealed_outbox USING (position) WHERE acknowledged = 0
         AND kind = ?1 AND doc = ?2 AND generation = ?3 AND actor = ?4 AND seq = ?5",
    )?;
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation, actor.bytes(), seq as i64];
    Ok(statement.query_row(of, |row| row.get(0)).optional()?)
}

/// A sealed change made here was acknowledged.
pub(crate) fn acknowledge(connection: &Connection, position: i64) -> Result<(), EngineError> {
    let settled = connection
        .prepare_cached("UPDATE sealed_outbox SET acknowledged = 1 WHERE position = ?1 AND acknowledged = 0")?
        .execute([position])?;
    if settled > 0 { digest::count(connection, Counted::Sealed(position)) } else { Ok(()) }
}

/// Takes a sealed change made here out of its document: its edits are made again in the same
/// transaction, or were finally refused and are kept. What was acknowledged once is never taken out.
pub(crate) fn forget(connection: &Connection, position: i64) -> Result<(), EngineError> {
    let waited = connection
        .prepare_cached("DELETE FROM sealed_outbox WHERE position = ?1 AND acknowledged = 0")?
        .execute([position])?;
    if waited > 0 {
        connection.prepare_cached("DELETE FROM sealed_change WHERE position = ?1")?.execute([position])?;
    }
    Ok(())
}

/// Whether anything of a document left this device, or came from another.
pub(crate) fn was_shared(connection: &Connection, key: DocumentKey) -> Result<bool, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM sealed_change LEFT JOIN sealed_outbox USING (position)
         WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND coalesce(acknowledged, 1) = 1 LIMIT 1",
    )?;
    Ok(statement.exists(params![key.kind.code(), key.id.as_bytes(), key.generation])?)
}

/// Named parts of which something was not sent: how many others may open too, and how many of a user nobody else.
pub(crate) fn unsent(connection: &Connection, user: UserId) -> Result<(u32, u32), EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FILTER (WHERE others), count(*) FILTER (WHERE NOT others AND mine) FROM (
             SELECT max(user = ?1) AS mine, EXISTS (
                 SELECT 1 FROM wrap WHERE wrap.kind = sealed_change.kind AND wrap.doc = sealed_change.doc
                 AND wrap.generation = sealed_change.generation) AS others
             FROM sealed_outbox JOIN sealed_change USING (position) WHERE acknowledged = 0
             GROUP BY kind, doc, generation)",
    )?;
    Ok(statement.query_row([user.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// How many named parts of a user were never sent: they are on this device alone.
pub(crate) fn never_shared(connection: &Connection, user: UserId) -> Result<u32, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM (
             SELECT DISTINCT kind, doc, generation FROM sealed_outbox JOIN sealed_change USING (position)
             WHERE acknowledged = 0 AND user = ?1) AS waits
         WHERE NOT EXISTS (
             SELECT 1 FROM sealed_change AS sent JOIN sealed_outbox AS o USING (position)
             WHERE sent.kind = waits.kind AND sent.doc = waits.doc AND sent.generation = waits.generation
                 AND o.acknowledged = 1 AND o.user = ?1)",
    )?;
    Ok(statement.query_row([user.as_bytes()], |row| row.get(0))?)
}
