//! Wrapped keys that are not what they say: served without the signature of whom they name, or opening to
//! nothing for whom they were made. The user is told; nothing of them is used.

use super::sealed::wrap::Wrap;
use crate::error::EngineError;
use document::SignerId;
use domain::ids::PathwayId;
use domain::time::Day;
use rusqlite::{Connection, params};

/// Most that are kept: a server can send as many as it likes.
const MOST: u32 = 256;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyDoubt {
    pub(crate) pathway: PathwayId,
    /// Who it names as its author; they are not, where it is not signed.
    pub(crate) by: SignerId,
    /// Whether that author did sign it, and it opens to nothing.
    pub(crate) signed: bool,
    pub(crate) on: Day,
}

impl KeyDoubt {
    /// A wrap that is not signed by whom it names.
    pub(crate) fn unsigned(wrap: &Wrap, on: Day) -> Self {
        Self { pathway: PathwayId::from(wrap.key.id), by: wrap.by, signed: false, on }
    }

    /// A wrap that opens to nothing for whom it was made.
    pub(crate) fn wrong(wrap: &Wrap, on: Day) -> Self {
        Self { signed: true, ..Self::unsigned(wrap, on) }
    }
}

/// Keeps one, the first of its kind with its day.
pub(crate) fn keep(connection: &Connection, it: &KeyDoubt) -> Result<(), EngineError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO key_doubt (doc, signer, what, on_day) SELECT ?1, ?2, ?3, ?4
             WHERE (SELECT count(*) FROM key_doubt) < ?5",
        )?
        .execute(params![it.pathway.as_bytes(), it.by.0, if it.signed { 2 } else { 1 }, it.on.0, MOST])?;
    Ok(())
}

/// All of them, the oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<KeyDoubt>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT doc, signer, what = 2, on_day FROM key_doubt ORDER BY on_day, doc, signer")?;
    let rows = statement.query_map([], |row| {
        Ok(KeyDoubt {
            pathway: PathwayId::from_bytes(row.get(0)?),
            by: SignerId(row.get(1)?),
            signed: row.get(2)?,
            on: Day(row.get(3)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
