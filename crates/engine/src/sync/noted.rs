//! The device's own audit in an exchange: what its users did goes up last, where there is room; the answer
//! says up to which place the server has it. What cannot be taken now waits for the next exchange.

use crate::audit::{MOST, source_of, trim_in};
use crate::error::EngineError;
use crate::store::{asset, audit};
use crate::write::Writer;
use document::audit::AuditUpload;
use domain::cite::CiteSettings;
use domain::time::InstantMs;
use rusqlite::Connection;

/// Raw bytes of an entry in an upload, about.
const ENTRY: usize = 32;
/// Raw bytes round the entries.
const ROUND: usize = 256;
const DAY_MS: InstantMs = 86_400_000;

/// Entries that wait, those that fit into `budget` bytes; whether more are left.
pub(super) fn gather(
    connection: &Connection,
    writer: &Writer<'_>,
    budget: usize,
) -> Result<(Option<AuditUpload>, bool), EngineError> {
    let source = source_of(writer.device);
    let Some((first, oldest)) = audit::waiting(connection, source)? else { return Ok((None, false)) };
    let room = (budget.saturating_sub(ROUND) / ENTRY).min(MOST);
    if room == 0 {
        return Ok((None, true));
    }
    let mut entries = audit::from(connection, source, first, room as u32 + 1)?;
    let more = entries.len() > room;
    entries.truncate(room);
    let entries: Vec<_> = entries.iter().map_while(|it| minicbor::decode(it).ok()).collect();
    Ok((AuditUpload::of(oldest, &entries), more))
}

/// The server has the chain up to a place; what is too old goes.
pub(super) fn settle(connection: &Connection, writer: &Writer<'_>, up_to: u64) -> Result<(), EngineError> {
    audit::taken(connection, source_of(writer.device), up_to)?;
    let settings: CiteSettings = asset::read(connection, asset::SETTINGS)?.unwrap_or_default();
    trim_in(connection, settings.audit_months, InstantMs::from(writer.on.0) * DAY_MS)?;
    Ok(())
}
