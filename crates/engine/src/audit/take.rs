//! Taking a device's entries on the server, within its exchange: signed by a member of that device, each
//! after the one before.

use super::source_of;
use crate::error::EngineError;
use crate::store::audit;
use document::audit::{AuditEntry, AuditUpload};
use document::control::Chain;
use domain::ids::DeviceId;
use domain::time::InstantMs;
use rusqlite::Connection;

/// Most entries of one upload.
pub(crate) const MOST: usize = 4_096;

/// Takes what goes on from what is here; returns up to which place the device's chain is here then. A chain
/// that does not go on is noted and shown as broken; what does not read, is too much, or is not signed by a
/// member of the device is left out, and everything after it.
pub(crate) fn take(
    connection: &Connection,
    chain: &Chain,
    device: DeviceId,
    upload: &AuditUpload,
    now_ms: InstantMs,
) -> Result<u64, EngineError> {
    let source = source_of(device);
    let stretches =
        if upload.count() > MOST { Vec::new() } else { upload.entries(source).unwrap_or_default() };
    'stretches: for stretch in &stretches {
        if !is_signed(chain, device, stretch) {
            break;
        }
        for entry in stretch {
            if !go_on(connection, source, upload.oldest, entry, now_ms)? {
                break 'stretches;
            }
        }
    }
    Ok(audit::end(connection, source)?.0)
}

/// Whether a stretch is signed by a member of the device, who is the user at work in it.
fn is_signed(chain: &Chain, device: DeviceId, stretch: &[AuditEntry]) -> bool {
    let Some(last) = stretch.last() else { return false };
    let member = last.signer().and_then(|signer| chain.member(&signer));
    member.is_some_and(|it| {
        let user = last.body().ok().and_then(|body| body.user());
        it.device == device && user == Some(it.user) && last.verify(&it.sign).is_ok()
    })
}

/// Takes an entry; false where nothing after it can be taken.
fn go_on(
    connection: &Connection,
    source: [u8; 16],
    oldest: u64,
    entry: &AuditEntry,
    now_ms: InstantMs,
) -> Result<bool, EngineError> {
    let (last, hash) = audit::end(connection, source)?;
    let body = entry.body()?;
    if body.seq <= last {
        return Ok(true); // Known: an answer that was lost.
    }
    let goes_on = body.seq == last + 1 && *body.previous == hash;
    // The device has nothing older: its store, or this one, was put back to an earlier state.
    let begins_anew = body.seq == oldest && body.seq > last + 1;
    if !goes_on {
        audit::note_gap(connection, source, body.seq, now_ms)?;
        if !begins_anew && body.seq != last + 1 {
            return Ok(false);
        }
    }
    let bytes = minicbor::to_vec(entry).expect("encoding into memory does not fail");
    audit::add(connection, source, (body.seq, entry.hash()), body.at_ms, &bytes, false)?;
    Ok(true)
}
