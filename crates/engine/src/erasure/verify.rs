//! Whether a device agrees that a person is erased: from its own ledger and its own copy, never on the
//! server's word.

use super::term;
use crate::error::EngineError;
use crate::store::{control, erased, link};
use document::control::{ErasureBody, ErasureCause};
use domain::time::Day;
use rusqlite::Connection;

/// What a device finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The cause holds here too.
    Holds,
    /// It does not.
    Unfounded,
    /// The person was in contact later than the server knows.
    TooEarly,
}

/// Looks at the cause of an erasure whose signature holds.
pub(super) fn verify(
    connection: &Connection,
    body: &ErasureBody,
    today: Day,
) -> Result<Verdict, EngineError> {
    Ok(match body.cause()? {
        ErasureCause::Stop(objection) => {
            let ledger = control::ledger(connection, body.pathway())?;
            let mut in_force = ledger.stopped_by().any(|id| id == objection);
            // Of a set, one record was erased for it before: the links through it are gone.
            for other in link::others(connection, body.pathway())? {
                in_force |= erased::cause(connection, other)? == Some(ErasureCause::Stop(objection));
            }
            if in_force { Verdict::Holds } else { Verdict::Unfounded }
        }
        ErasureCause::Retention => match term::of(connection, body.pathway())? {
            Some(term) if term.is_over(today) => Verdict::Holds,
            _ => Verdict::TooEarly,
        },
        // The signature is the cause.
        ErasureCause::Order(_) => Verdict::Holds,
    })
}
