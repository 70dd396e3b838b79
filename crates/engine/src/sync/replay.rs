//! When a change is finally refused, or a clone is found: what was acknowledged stands, the refused
//! edit is set aside visibly, and the later edits are made again under a new incarnation, all in the
//! transaction of the answer. A refused change would otherwise strand every later one.

use crate::error::EngineError;
use crate::store::{change, meta, projection};
use crate::write::Writer;
use document::DocumentKey;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Name under which the incarnation of this store is kept.
pub(crate) const INCARNATION: &str = "incarnation";

/// Another store wrote under our actor: everything that waits is made again under a new one.
pub(super) fn new_incarnation(connection: &Connection, writer: &Writer<'_>) -> Result<(), EngineError> {
    let keys: BTreeSet<DocumentKey> =
        change::waiting(connection, 0, u32::MAX)?.into_iter().map(|waiting| waiting.key).collect();
    let next = writer.incarnation + 1;
    meta::put(connection, INCARNATION, &next)?;
    keys.into_iter().try_for_each(|key| replay(connection, writer, key, next))?;
    super::sealed::remake_all(connection, writer, next)
}

/// Makes the waiting edits of a document again on what is acknowledged of it.
pub(super) fn replay(
    connection: &Connection,
    writer: &Writer<'_>,
    key: DocumentKey,
    incarnation: u32,
) -> Result<(), EngineError> {
    let mine = writer.signer.id();
    let waiting: Vec<_> = change::waiting(connection, 0, u32::MAX)?
        .into_iter()
        .filter(|waiting| waiting.key == key && waiting.actor.signer == mine)
        .collect();
    meta::put(connection, INCARNATION, &incarnation)?;
    for old in &waiting {
        change::forget(connection, old.position)?;
    }
    let next = Writer { incarnation, ..*writer };
    for old in &waiting {
        if let Err(EngineError::Document(_)) = next.edit(connection, key, &old.edits) {
            // It stood on what was refused: set aside with it, its edits kept.
            change::keep_refused(connection, key, &old.edits, "invalid")?;
        }
    }
    projection::refresh(connection, writer.cite, key)
}
