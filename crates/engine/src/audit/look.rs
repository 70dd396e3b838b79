//! Which entries of a device's own chain are about somebody: found by the pseudonyms of one user.

use super::About;
use crate::error::EngineError;
use crate::store::audit;
use document::audit::AuditEntry;
use domain::ids::UserId;
use domain::time::InstantMs;
use domain::vocabulary::AuditAct;
use rusqlite::Connection;

/// What was found.
pub(crate) struct Found {
    /// When and what, newest first.
    pub(crate) lines: Vec<(InstantMs, Option<AuditAct>)>,
    /// The oldest entry that is here, whomever it is about.
    pub(crate) since_ms: Option<InstantMs>,
}

/// A user's entries about a person.
pub(crate) fn of_person(
    connection: &Connection,
    source: [u8; 16],
    user: UserId,
    pseudonyms: &[About],
) -> Result<Found, EngineError> {
    let mut found = Found { lines: Vec::new(), since_ms: None };
    for bytes in audit::from(connection, source, 0, u32::MAX)? {
        let entry = minicbor::decode::<AuditEntry>(&bytes).map_err(|_| EngineError::Damaged)?;
        let body = entry.body()?;
        found.since_ms = Some(found.since_ms.map_or(body.at_ms, |since| since.min(body.at_ms)));
        let about = body.about.is_some_and(|about| pseudonyms.contains(&about));
        if about && body.user() == Some(user) {
            found.lines.push((body.at_ms, body.act()));
        }
    }
    found.lines.reverse();
    Ok(found)
}
