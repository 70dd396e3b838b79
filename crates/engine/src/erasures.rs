//! What was erased on the server, and which devices have confirmed that they erased it too.

use crate::cohort;
use crate::error::EngineError;
use crate::store::{Store, control, erasure};
use document::control::{LedgerEntry, RecordKind};
use domain::api::ledger::LedgerActKind;
use domain::api::server::{ErasureCause, ErasureDevice, ErasureRow, ErasuresView};
use domain::time::InstantMs;
use std::collections::BTreeMap;

/// Every erasure, the newest first.
///
/// # Errors
/// What SQLite refuses, or a chain that does not hold.
pub fn erasures(store: &Store, now_ms: InstantMs) -> Result<ErasuresView, EngineError> {
    let devices: BTreeMap<_, _> =
        cohort::devices(store, now_ms)?.devices.into_iter().map(|it| (it.device, it)).collect();
    let confirmations = erasure::all(store.connection())?;
    let mut rows = Vec::new();
    for record in control::list(store.connection(), RecordKind::Ledger)? {
        let Some(expected) = confirmations.get(&record.id()) else { continue };
        let entry: LedgerEntry = record.read()?;
        let cause = match entry.act()?.kind {
            LedgerActKind::Withdrawal { purpose, .. } | LedgerActKind::Refusal { purpose } => {
                ErasureCause::Purpose(purpose)
            }
            LedgerActKind::Objection { act } => ErasureCause::Objection(act),
            LedgerActKind::Notice { .. } | LedgerActKind::Agreement { .. } => continue,
        };
        let of = |it: &erasure::Confirmation| {
            let device = devices.get(&it.device)?;
            Some(ErasureDevice {
                name: device.name.clone(),
                user_name: device.user_name.clone(),
                confirmed_on: it.confirmed_on,
                last_seen_ms: device.last_seen_ms,
                revoked: device.revoked,
            })
        };
        let number = record.id()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let devices = expected.iter().filter_map(of).collect();
        rows.push(ErasureRow { number, on: entry.on(), cause, devices });
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.on));
    Ok(ErasuresView { at_ms: now_ms, erasures: rows })
}
