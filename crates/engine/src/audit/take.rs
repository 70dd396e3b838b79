//! Taking a device's entries on the server: signed by a member of that device, each after the one before.

use super::source_of;
use crate::error::EngineError;
use crate::store::{Store, audit};
use document::audit::{AuditTaken, AuditUpload};
use domain::ids::DeviceId;
use domain::time::InstantMs;

/// Most entries of one upload.
pub(crate) const MOST: usize = 128;

/// Takes what goes on from what is here. A chain that does not go on is noted and shown as broken; what is
/// not signed by a member of the device is left out, and everything after it.
///
/// # Errors
/// What SQLite refuses.
pub fn take(
    store: &mut Store,
    device: DeviceId,
    upload: &AuditUpload,
    now_ms: InstantMs,
) -> Result<AuditTaken, EngineError> {
    let chain = store.chain()?;
    let source = source_of(device);
    store.transact(|connection| {
        for entry in upload.entries.iter().take(MOST) {
            let (last, hash) = audit::end(connection, source)?;
            let Ok(body) = entry.body() else { break };
            let member = entry.signer().and_then(|signer| chain.member(&signer));
            let signed = member.is_some_and(|it| {
                it.device == device && body.user() == Some(it.user) && entry.verify(&it.sign).is_ok()
            });
            if !signed || *body.source != source {
                break;
            }
            if body.seq <= last {
                continue; // Known: an answer that was lost.
            }
            let goes_on = body.seq == last + 1 && *body.previous == hash;
            // The device has nothing older: its store, or this one, was put back to an earlier state.
            let begins_anew = body.seq == upload.oldest && body.seq > last + 1;
            if !goes_on {
                audit::note_gap(connection, source, body.seq, now_ms)?;
                if !begins_anew && body.seq != last + 1 {
                    break;
                }
            }
            let bytes = minicbor::to_vec(entry).expect("encoding into memory does not fail");
            audit::add(connection, source, (body.seq, entry.hash()), body.at_ms, &bytes, false)?;
        }
        Ok(AuditTaken { up_to: audit::end(connection, source)?.0 })
    })
}
