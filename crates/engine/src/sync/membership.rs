//! Membership in an exchange: the server takes a signed step that follows; both sides compare chains.

use super::answer::Outcome;
use super::error::SyncError;
use super::message::Download;
use crate::error::EngineError;
use crate::store::{control, device, log};
use document::DocumentError;
use document::control::{Chain, Enrolment, MembershipBody, Record, Recovery, Step};
use domain::ids::DeviceId;
use domain::time::InstantMs;
use rusqlite::Connection;

/// Takes a membership record on the server, whoever carries it: its signature is what counts.
///
/// It is served to everybody, its bearer included: a device learns its own step from the log, so that
/// an answer lost on the way never leaves it with another chain than the server's.
pub(crate) fn take(
    connection: &Connection,
    chain: &mut Chain,
    record: &Record,
    now_ms: InstantMs,
) -> Result<Outcome, EngineError> {
    let Ok(body) = record.read::<MembershipBody>() else { return Ok(Outcome::Invalid) };
    if body.position != chain.length() || *body.previous != chain.head() {
        let known = chain.id_at(body.position) == Some(record.id());
        return Ok(if known { Outcome::Accepted } else { Outcome::ChainMoved });
    }
    match chain.add(record) {
        Ok(()) => {}
        Err(DocumentError::NotEntitled) => return Ok(Outcome::NotEntitled),
        Err(_) => return Ok(Outcome::Invalid),
    }
    let position = control::keep(connection, record)?;
    log::append(connection, log::What::Control, position, None, None)?;
    match &body.step {
        Step::Enrol(Enrolment { device: id, .. })
        | Step::Recover(Recovery { enrolment: Enrolment { device: id, .. }, .. }) => {
            device::enrolled(connection, DeviceId::from_bytes(**id), now_ms)?;
        }
        Step::Revoke(signer) => {
            let left = chain.member(signer).map(|member| member.device);
            let used = |id| chain.members().any(|(_, member)| member.device == id && !member.revoked);
            if let Some(id) = left.filter(|id| !used(*id)) {
                device::forget_tokens(connection, id)?;
            }
        }
        Step::Found(_) | Step::Establish { .. } | Step::Change(_) | Step::Reprint(_) => {}
    }
    Ok(Outcome::Accepted)
}

/// Compares the chain the server says it has with this device's own, once a frame's records are taken.
///
/// A server that was restored (another epoch) may be behind: what it lacks is offered to it again, so
/// that a restore revokes nothing less.
///
/// # Errors
/// [`SyncError::Untrusted`] for a chain that is shorter, forked, or held back; nothing is deleted.
pub(super) fn compare(
    connection: &Connection,
    chain: &Chain,
    frame: &Download,
    regaining: bool,
) -> Result<(), SyncError> {
    let Some(theirs) = frame.chain_length.checked_sub(1) else { return Err(SyncError::Untrusted) };
    match chain.id_at(theirs) {
        Some(id) if id != frame.chain_head => Err(SyncError::Untrusted),
        Some(_) if chain.length() == frame.chain_length => Ok(()),
        Some(_) if regaining => Ok(control::offer_membership(connection, frame.chain_length)?),
        Some(_) => Err(SyncError::Untrusted),
        // Records that were announced and did not come with the last frame are held back.
        None if frame.remaining == 0 => Err(SyncError::Untrusted),
        None => Ok(()),
    }
}
