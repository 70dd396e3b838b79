//! When a change is finally refused, or its actor's number was used by a copy of this store: what was
//! acknowledged stands, the refused edit is set aside visibly, and the later edits of that document are made
//! again under a new incarnation, all in the transaction of the answer. They would otherwise be stranded.
//!
//! What waits in other documents stays as it is: another copy may send the very same change, which is then
//! one change and not two.

use crate::error::EngineError;
use crate::seal::part;
use crate::store::change::{keep_refused, keep_refused_sealed};
use crate::store::{again, change, meta, projection};
use crate::write::Writer;
use document::{DocumentKey, Edit, Group};
use domain::ids::UserId;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Name under which the incarnation of this store is kept.
pub(crate) const INCARNATION: &str = "incarnation";
/// Name under which the token of this store is kept, to be presented in the next exchange.
pub(super) const TOKEN: &str = "store_token";

/// Farthest that a server may move the incarnation.
const FARTHEST: u32 = 1 << 20;

/// Raises the incarnation of this store, to what the server gave where it gave one; once a frame.
pub(super) fn raise(
    connection: &Connection,
    writer: &Writer<'_>,
    given: Option<u32>,
) -> Result<u32, EngineError> {
    let present: u32 = meta::get(connection, INCARNATION)?.unwrap_or(1);
    if present > writer.incarnation {
        return Ok(present);
    }
    let next = present.checked_add(1).ok_or(EngineError::Damaged)?;
    let next = given.filter(|it| (next..next.saturating_add(FARTHEST)).contains(it)).unwrap_or(next);
    meta::put(connection, INCARNATION, &next)?;
    Ok(next)
}

/// Takes out of a document what waits from a position on, and makes the edits of the user at work again.
/// Those of others wait until they are at work: only they can sign.
pub(super) fn replay(
    connection: &Connection,
    writer: &Writer<'_>,
    key: DocumentKey,
    from: i64,
    incarnation: u32,
) -> Result<(), EngineError> {
    let waiting = change::waiting_of(connection, key, from)?;
    for old in &waiting {
        change::forget(connection, old.position)?;
    }
    let mut others = false;
    for old in &waiting {
        let group: Group = minicbor::decode(&old.group).map_err(|_| EngineError::Damaged)?;
        let later = || {
            let edits = serde_json::to_vec(&old.edits).map_err(|_| EngineError::Damaged)?;
            again::put(connection, old.actor.signer, &group, &edits)
        };
        if old.actor.signer != writer.signer.id() {
            later()?;
            others = true;
            continue;
        }
        match as_then(writer, &group, incarnation).edit(connection, key, &old.edits) {
            Err(EngineError::Document(_)) if others => later()?,
            // It stood on what was refused: set aside with it, its edits kept.
            Err(EngineError::Document(_)) => keep_refused(connection, key, &old.edits, "invalid")?,
            other => drop(other?),
        }
    }
    projection::refresh(connection, writer.cite, key)
}

/// A writer of edits that were made earlier: on their day, with what was known then.
pub(super) fn as_then<'a>(writer: &Writer<'a>, group: &Group, incarnation: u32) -> Writer<'a> {
    Writer { incarnation, on: domain::time::Day(group.on), cursor: group.cursor, ..*writer }
}

/// Makes again what waited for the user who is now at work.
pub(crate) fn resume(connection: &Connection, writer: &Writer<'_>) -> Result<(), EngineError> {
    let mut others = BTreeSet::new();
    for it in again::all(connection)? {
        if it.signer != writer.signer.id() {
            others.insert(it.key);
            continue;
        }
        let then = Writer { on: it.on, cursor: it.cursor, ..*writer };
        let (edits, made) = if it.key.kind.is_named_part() {
            let edits = part::open_edits(writer.own_key, &it.edits)?;
            (Vec::new(), part::edit(connection, &then, it.key, &edits))
        } else {
            let edits: Vec<Edit> = serde_json::from_slice(&it.edits).map_err(|_| EngineError::Damaged)?;
            let made = then.edit(connection, it.key, &edits);
            (edits, made)
        };
        match made {
            Err(EngineError::Document(_)) if others.contains(&it.key) => continue,
            Err(EngineError::Document(_)) if it.key.kind.is_named_part() => {
                keep_refused_sealed(connection, it.key, writer.user, &it.edits, "invalid")?;
            }
            Err(EngineError::Document(_)) => keep_refused(connection, it.key, &edits, "invalid")?,
            other => drop(other?),
        }
        again::done(connection, it.id)?;
    }
    Ok(())
}

/// A user joined again under new keys: what waited for the old ones is set aside, visibly.
pub(crate) fn give_up(
    connection: &Connection,
    chain: &document::control::Chain,
    user: UserId,
) -> Result<(), EngineError> {
    for it in again::all(connection)? {
        if chain.member(&it.signer).is_some_and(|member| member.user == user) {
            if it.key.kind.is_named_part() {
                keep_refused_sealed(connection, it.key, user, &it.edits, "invalid")?;
            } else {
                let edits: Vec<Edit> = serde_json::from_slice(&it.edits).unwrap_or_default();
                keep_refused(connection, it.key, &edits, "invalid")?;
            }
            again::done(connection, it.id)?;
        }
    }
    Ok(())
}
