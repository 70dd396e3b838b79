//! The server's half, outwards: rows of the log as they travel.

use super::message::{SealedItem, SentSealed, SentWrap};
use crate::error::EngineError;
use crate::store::sealed::{change, wrap};
use document::DocumentKey;
use rusqlite::Connection;

/// A sealed change as it travels: its batch, its place there, the item.
pub(crate) fn sealed_row(
    connection: &Connection,
    position: i64,
) -> Result<Option<(i64, u32, SealedItem, DocumentKey)>, EngineError> {
    let Some(served) = change::served(connection, position)? else { return Ok(None) };
    let Some(relied_on) = served.relied_on else { return Ok(None) };
    let item = SealedItem::Group(SentSealed {
        cursor: served.cursor,
        on: served.on,
        level: served.level,
        relied_on: relied_on.into(),
        envelope: served.envelope.into(),
    });
    Ok(Some((served.batch, served.place, item, served.key)))
}

/// A wrap as it travels.
pub(crate) fn wrap_row(connection: &Connection, row: i64) -> Result<Option<SentWrap>, EngineError> {
    Ok(wrap::at(connection, row)?.map(SentWrap::from))
}
