//! When a change is finally refused, or its actor's number was used by a copy of this store: what was
//! acknowledged stands, the refused edit is set aside visibly, and the later edits of that document are made
//! again under a new incarnation, all in the transaction of the answer. They would otherwise be stranded.
//!
//! What waits in other documents stays as it is: another copy may send the very same change, which is then
//! one change and not two.

use crate::error::EngineError;
use crate::seal::part;
use crate::store::again::Edits;
use crate::store::refused::{self, Refused};
use crate::store::{again, control, meta, outbox, projection};
use crate::write::Writer;
use document::control::{Chain, RecordKind};
use document::{DocumentKey, Edit, Group};
use domain::ids::UserId;
use domain::time::Day;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Name under which the incarnation of this store is kept.
pub(crate) const INCARNATION: &str = "incarnation";
/// Name under which the token of this store is kept, to be presented in the next exchange.
pub(super) const TOKEN: &str = "store_token";

/// Name under which it is kept since when this store is known to have copies that exchange.
pub(crate) const COPIED: &str = "copied_on";

/// Why edits are set aside that no longer fit.
const INVALID: &str = "invalid";

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
    let mut others = false;
    for old in &outbox::take_out(connection, key, from)? {
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
            Err(EngineError::Document(_)) => {
                let it = Refused::coded(key, old.actor.signer, Day(group.on), &old.edits, INVALID);
                refused::keep(connection, &it)?;
            }
            other => drop(other?),
        }
    }
    projection::refresh(connection, writer.cite, key)
}

/// A writer of edits that were made earlier: on their day, with what was known then.
pub(super) fn as_then<'a>(writer: &Writer<'a>, group: &Group, incarnation: u32) -> Writer<'a> {
    Writer { incarnation, on: Day(group.on), cursor: group.cursor, ..*writer }
}

/// Makes again what waited for the user who is now at work, also under a key they had before.
pub(crate) fn resume(connection: &Connection, writer: &Writer<'_>) -> Result<(), EngineError> {
    let all = again::all(connection)?;
    if all.is_empty() {
        return Ok(());
    }
    let chain = Chain::read(&control::list(connection, RecordKind::Membership)?)?;
    let mut others = BTreeSet::new();
    for it in all {
        // A part's edits open with the key they were sealed with, and no other.
        let before = !it.key.kind.is_named_part()
            && chain.member(&it.signer).is_some_and(|member| member.user == writer.user);
        if !before && it.signer != writer.signer.id() {
            others.insert(it.key);
            continue;
        }
        let then = Writer { on: it.on, cursor: it.cursor, ..*writer };
        match make_again(connection, &then, &it) {
            Err(EngineError::Document(_)) if others.contains(&it.key) => continue,
            Err(EngineError::Document(_)) => set_aside(connection, &it)?,
            other => other?,
        }
        again::done(connection, it.id)?;
    }
    Ok(())
}

fn make_again(connection: &Connection, then: &Writer<'_>, it: &Edits) -> Result<(), EngineError> {
    if it.key.kind.is_named_part() {
        let edits = part::open_edits(then.own_key, &it.edits)?;
        return part::edit(connection, then, it.key, &edits).map(drop);
    }
    let edits: Vec<Edit> = serde_json::from_slice(&it.edits).map_err(|_| EngineError::Damaged)?;
    // A colleague may have written them already, from a copy of this store.
    let edits = crate::store::load(connection, then.cite, it.key)?.without_known(edits);
    then.edit(connection, it.key, &edits).map(drop)
}

fn set_aside(connection: &Connection, it: &Edits) -> Result<(), EngineError> {
    let refused = match it.key.kind.is_named_part() {
        true => Refused::sealed(it.key, it.signer, it.on, &it.edits, INVALID),
        false => {
            let edits: Vec<Edit> = serde_json::from_slice(&it.edits).map_err(|_| EngineError::Damaged)?;
            Refused::coded(it.key, it.signer, it.on, &edits, INVALID)
        }
    };
    refused::keep(connection, &refused)
}

/// A user joined again under new keys: named parts that waited for the old ones are set aside, visibly. The
/// coded edits are made again under the new ones.
pub(crate) fn give_up(connection: &Connection, chain: &Chain, user: UserId) -> Result<(), EngineError> {
    for it in again::all(connection)?.into_iter().filter(|it| it.key.kind.is_named_part()) {
        if chain.member(&it.signer).is_some_and(|member| member.user == user) {
            set_aside(connection, &it)?;
            again::done(connection, it.id)?;
        }
    }
    Ok(())
}
