//! The server's own audit in an exchange: the server shows where its chain ends, where that is news; the
//! device checks that it goes on from the end it has seen, keeps it, and tells its user where it does not.

use crate::audit::{MONTHS, SERVER, head_view};
use crate::error::EngineError;
use crate::store::{asset, audit, meta};
use document::PublicKey;
use document::audit::{AuditEntry, AuditHead, HeadTrouble, Seen};
use domain::api::audit::HeadView;
use domain::api::sync::AlarmKind;
use domain::cite::CiteSettings;
use domain::time::Day;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// Most entries that one answer goes on by: 8 KiB. A device that is further behind learns the rest later.
const MOST: u32 = 256;
/// Days of a month, the shortest the server keeps one for.
const MONTH_DAYS: u32 = 30;
/// Name under which a device keeps what it has seen.
const KEPT: &str = "server_audit";

/// What a device has seen of the server's chain.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Kept {
    count: u64,
    hash: [u8; 32],
    on: Day,
    /// Since when the server shows an end that does not follow.
    trouble: Option<(AlarmKind, Day)>,
    /// Place of the end that the last entry of this device's own chain has noted.
    noted: u64,
}

/// What to show a device that has seen the chain up to a place; none where nothing is new.
pub(super) fn head(connection: &Connection, seen: Option<u64>) -> Result<Option<AuditHead>, EngineError> {
    let (count, hash) = audit::end(connection, SERVER)?;
    let begins = audit::anchor(connection, SERVER)?.0;
    match seen {
        None if count == 0 => return Ok(None),
        Some(seen) if seen == count => return Ok(None),
        // What this chain once had is gone: the device is told, and says so to its user.
        Some(seen) if seen > count => {
            let end = Seen { count, hash: hash.into() };
            return Ok(Some(AuditHead { end, digests: Vec::new(), signature: [0; 64].into() }));
        }
        _ => {}
    }
    // From the place seen on, where the entries since are all here.
    let from = seen.filter(|seen| *seen >= begins);
    let rows = match from {
        Some(seen) => audit::from(connection, SERVER, seen + 1, MOST)?,
        None => audit::from(connection, SERVER, count, 1)?,
    };
    let read = |bytes: &Vec<u8>| minicbor::decode::<AuditEntry>(bytes).map_err(|_| EngineError::Damaged);
    let entries = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let Some(last) = entries.last() else { return Ok(None) };
    let signature: [u8; 64] = last.signature().try_into().map_err(|_| EngineError::Damaged)?;
    let end = Seen { count: last.body()?.seq, hash: last.hash().into() };
    let digests = from.map_or_else(Vec::new, |_| entries.iter().map(|it| it.digest().into()).collect());
    Ok(Some(AuditHead { end, digests, signature: signature.into() }))
}

/// Place of the end that this device has seen.
pub(super) fn seen(connection: &Connection) -> Result<Option<u64>, EngineError> {
    Ok(meta::get::<Kept>(connection, KEPT)?.map(|it| it.count))
}

/// Takes an end. The first is taken on the founder's signature; a later one must go on from it. A server
/// that was restored openly begins anew, and one that has let old entries go after as long as it keeps
/// them. Anything else is an alarm, until the server shows again what follows; nothing is deleted.
pub(super) fn take(
    connection: &Connection,
    founder: &PublicKey,
    head: &AuditHead,
    restored: bool,
    on: Day,
) -> Result<(), EngineError> {
    let kept: Option<Kept> = meta::get(connection, KEPT)?;
    let end = Kept { count: head.end.count, hash: *head.end.hash, on, trouble: None, noted: 0 };
    let Some(kept) = kept.filter(|_| !restored) else {
        return if head.is_signed(founder) { meta::put(connection, KEPT, &end) } else { Ok(()) };
    };
    let last = Seen { count: kept.count, hash: kept.hash.into() };
    let settings: CiteSettings = asset::read(connection, asset::SETTINGS)?.unwrap_or_default();
    let months = if settings.audit_months == 0 { MONTHS } else { settings.audit_months };
    let trimmed = head.digests.is_empty()
        && head.end.count > kept.count
        && i64::from(on.0) - i64::from(kept.on.0) >= i64::from(months * MONTH_DAYS)
        && head.is_signed(founder);
    let found = if trimmed { Ok(()) } else { head.follows(&last, founder) };
    let kind = match found {
        Ok(()) => return meta::put(connection, KEPT, &Kept { noted: kept.noted, ..end }),
        Err(HeadTrouble::Shortened) => AlarmKind::AuditShortened,
        Err(HeadTrouble::Rewritten) => AlarmKind::AuditRewritten,
    };
    let since = kept.trouble.map_or(on, |(_, since)| since);
    meta::put(connection, KEPT, &Kept { trouble: Some((kind, since)), ..kept })
}

/// The end a device has seen, as its user sees it; and the alarm, if there is one.
pub(crate) type State = (Option<HeadView>, Option<(AlarmKind, Day)>);

/// What a device has seen.
pub(crate) fn state(connection: &Connection) -> Result<State, EngineError> {
    let kept: Option<Kept> = meta::get(connection, KEPT)?;
    Ok((kept.map(|it| head_view(it.count, &it.hash)), kept.and_then(|it| it.trouble)))
}

/// The end seen, for the next entry of this device's own chain; none where an earlier one has noted it.
pub(crate) fn to_note(connection: &Connection) -> Result<Option<Seen>, EngineError> {
    let Some(kept) = meta::get::<Kept>(connection, KEPT)?.filter(|it| it.noted != it.count) else {
        return Ok(None);
    };
    meta::put(connection, KEPT, &Kept { noted: kept.count, ..kept })?;
    Ok(Some(Seen { count: kept.count, hash: kept.hash.into() }))
}
