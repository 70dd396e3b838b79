//! Entries recorded on this device: which, by whom, when; and where each is.

use crate::error::EngineError;
use document::DocumentKey;
use domain::api::sync::EntryState;
use domain::ids::{DocumentId, FactId, UserId};
use domain::time::InstantMs;
use domain::vocabulary::DocumentKind;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// An entry recorded on this device.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptEntry {
    /// The encounter's or passage's fact.
    pub id: FactId,
    /// Document that holds it.
    pub key: DocumentKey,
    /// When, by this device's clock.
    pub recorded_at_ms: InstantMs,
}

/// Keeps an entry.
pub(crate) fn keep(connection: &Connection, user: UserId, entry: &KeptEntry) -> Result<(), EngineError> {
    connection
        .prepare_cached("INSERT INTO entry (id, user, kind, doc, generation, recorded_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            entry.id.as_bytes(),
            user.as_bytes(),
            entry.key.kind.code(),
            entry.key.id.as_bytes(),
            entry.key.generation,
            entry.recorded_at_ms
        ])?;
    Ok(())
}

/// An entry by its identifier.
pub(crate) fn get(connection: &Connection, id: FactId) -> Result<Option<KeptEntry>, EngineError> {
    let mut statement = connection
        .prepare_cached("SELECT id, kind, doc, generation, recorded_at_ms FROM entry WHERE id = ?1")?;
    statement.query_row([id.as_bytes()], |row| Ok(read(row))).optional()?.transpose()
}

/// A user's entries, newest first, at most so many.
pub(crate) fn list(connection: &Connection, user: UserId, most: u32) -> Result<Vec<KeptEntry>, EngineError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, doc, generation, recorded_at_ms FROM entry WHERE user = ?1
         ORDER BY recorded_at_ms DESC, id LIMIT ?2",
    )?;
    let rows = statement
        .query_map(params![user.as_bytes(), most], |row| Ok(read(row)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().collect()
}

fn read(row: &Row<'_>) -> Result<KeptEntry, EngineError> {
    let kind: String = row.get(1)?;
    Ok(KeptEntry {
        id: FactId::from_bytes(row.get(0)?),
        key: DocumentKey {
            kind: DocumentKind::from_code(&kind).ok_or(EngineError::Damaged)?,
            id: DocumentId::from_bytes(row.get(2)?),
            generation: row.get(3)?,
        },
        recorded_at_ms: row.get(4)?,
    })
}

/// Where an entry is: on this device until all of its document is acknowledged; set aside where something of it
/// was refused.
pub(crate) fn whereabouts(connection: &Connection, it: &KeptEntry) -> Result<EntryState, EngineError> {
    let key = it.key;
    let of = params![key.kind.code(), key.id.as_bytes(), key.generation];
    let waits = connection
        .prepare_cached(
            "SELECT 1 FROM outbox JOIN change USING (position)
             WHERE acknowledged = 0 AND kind = ?1 AND doc = ?2 AND generation = ?3",
        )?
        .exists(of)?;
    if waits {
        return Ok(EntryState::OnDevice);
    }
    let refused: Option<String> = connection
        .prepare_cached(
            "SELECT reason FROM refused WHERE kind = ?1 AND doc = ?2 AND generation = ?3 AND instr(edits, ?4) > 0
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![key.kind.code(), key.id.as_bytes(), key.generation, it.id.to_string()], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(refused.map_or(EntryState::Received, |reason| EntryState::SetAside { reason }))
}
