//! What was erased on the server, and which devices have confirmed that they erased it too.

use super::partners;
use crate::cohort;
use crate::error::EngineError;
use crate::store::asset::SOLUTIONS;
use crate::store::erasure::Confirmation;
use crate::store::{Store, control, erasure};
use document::control::{self as records, ErasureBody, LedgerEntry, RecordKind};
use document::{Hash, SignerId};
use domain::api::ledger::{LedgerActKind, PartnerId};
use domain::api::server::{DeviceRow, ErasureCause, ErasureDevice, ErasurePartner, ErasureRow, ErasuresView};
use domain::ids::{DeviceId, OrganisationId, PathwayId};
use domain::solution::Solution;
use domain::time::{Day, InstantMs};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Erasures that concern devices of one organisation, and those devices alone: what its référents see.
///
/// # Errors
/// As [`list`].
pub fn of_organisation(
    store: &Store,
    organisation: OrganisationId,
    now_ms: InstantMs,
) -> Result<ErasuresView, EngineError> {
    let chain = store.chain()?;
    let own: BTreeSet<DeviceId> =
        chain.members().filter(|(_, it)| it.organisation == organisation).map(|(_, it)| it.device).collect();
    let mut view = of_devices(store, now_ms, |device| own.contains(&device))?;
    view.erasures.retain(|it| !it.devices.is_empty());
    Ok(view)
}

/// Every erasure, the newest first.
///
/// # Errors
/// What SQLite refuses, or a chain that does not hold.
pub fn list(store: &Store, now_ms: InstantMs) -> Result<ErasuresView, EngineError> {
    of_devices(store, now_ms, |_| true)
}

fn of_devices(
    store: &Store,
    now_ms: InstantMs,
    shown: impl Fn(DeviceId) -> bool,
) -> Result<ErasuresView, EngineError> {
    let devices: BTreeMap<DeviceId, DeviceRow> =
        cohort::devices(store, now_ms)?.devices.into_iter().map(|it| (it.device, it)).collect();
    let devices: BTreeMap<DeviceId, DeviceRow> =
        devices.into_iter().filter(|(device, _)| shown(*device)).collect();
    let chain = store.chain()?;
    let confirmations = erasure::all(store.connection())?;
    let mut rows = Vec::new();
    // A *no* to a purpose: the part, where anybody else held it.
    for record in control::list(store.connection(), RecordKind::Ledger)? {
        let Some(expected) = confirmations.get(&record.id()) else { continue };
        let entry: LedgerEntry = record.read()?;
        let cause = match entry.act()?.kind {
            LedgerActKind::Withdrawal { purpose, .. } | LedgerActKind::Refusal { purpose } => {
                ErasureCause::Purpose(purpose)
            }
            LedgerActKind::Objection { act } => ErasureCause::Objection(act),
            _ => continue,
        };
        rows.push(row(record.id(), entry.on(), cause, expected, &devices));
    }
    // A whole record. Those of one person that were erased together are shown together.
    let mut sets: BTreeMap<PathwayId, Vec<String>> = BTreeMap::new();
    for record in control::list(store.connection(), RecordKind::Erasure)? {
        let body: ErasureBody = record.read()?;
        let cause = match body.cause()? {
            records::ErasureCause::Stop(_) => ErasureCause::Stop,
            records::ErasureCause::Retention => ErasureCause::Retention,
            records::ErasureCause::Order(reason) => ErasureCause::Order(reason),
        };
        let expected = confirmations.get(&record.id()).map_or(&[][..], Vec::as_slice);
        if let Some(head) = body.set() {
            sets.entry(head).or_default().push(number(record.id()));
        }
        rows.push(row(record.id(), body.on(), cause, expected, &devices));
    }
    // Of whole records alone: until then the person's page says which partners are to be told.
    let names: Vec<Solution> = store.asset(SOLUTIONS)?.unwrap_or_default();
    let told = partners::told(store.connection())?;
    for record in control::list(store.connection(), RecordKind::Erasure)? {
        let (id, body): (Hash, ErasureBody) = (record.id(), record.read()?);
        let Some(row) = rows.iter_mut().find(|row| row.number == number(id)) else { continue };
        let who = |signer: &SignerId| chain.member(signer).map(|it| it.user_name.clone());
        let partner = |partner, before: Option<Day>, name, known_by| {
            let said = told.get(&(id, partner));
            let by = said.and_then(|(_, signer)| who(signer));
            ErasurePartner { name, known_by, told_on: before.or(said.map(|(on, _)| *on)), by }
        };
        let open = body.partners().map(|(solution, before)| {
            let name = names.iter().find(|it| it.id == solution).map(named);
            let name = name.unwrap_or_else(|| solution.to_string());
            partner(PartnerId::Open(solution), before, Some(name), None)
        });
        // Which they are, nobody can read here.
        let protected = body
            .protected()
            .map(|it| partner(PartnerId::Protected(it.mark), it.told_on, None, who(&it.known_by)));
        row.partners = open.chain(protected).collect();
    }
    for mut numbers in sets.into_values().filter(|numbers| numbers.len() > 1) {
        numbers.sort();
        let together = rows.iter_mut().filter(|row| numbers.contains(&row.number));
        together.for_each(|row| row.together = numbers.first().cloned());
    }
    // The newest first; within a day what was erased together stands side by side.
    let place =
        |row: &ErasureRow| (row.together.clone().unwrap_or_else(|| row.number.clone()), row.number.clone());
    rows.sort_by_cached_key(|row| (Reverse(row.on), place(row)));
    Ok(ErasuresView { at_ms: Some(now_ms), erasures: rows })
}

fn row(
    id: Hash,
    on: Day,
    cause: ErasureCause,
    expected: &[Confirmation],
    devices: &BTreeMap<DeviceId, DeviceRow>,
) -> ErasureRow {
    let of = |it: &Confirmation| {
        let device = devices.get(&it.device)?;
        let stores = expected.iter().filter(|other| other.device == it.device);
        let place = stores.clone().position(|other| other.store == it.store)?;
        Some(ErasureDevice {
            name: device.name.clone(),
            user_name: device.user_name.clone(),
            confirmed_on: it.confirmed_on,
            last_seen_ms: device.last_seen_ms,
            revoked: device.revoked,
            copy: (stores.count() > 1).then_some(place as u32 + 1),
        })
    };
    let devices = expected.iter().filter_map(of).collect();
    ErasureRow { number: number(id), on, cause, devices, partners: Vec::new(), together: None }
}

/// The number under which an erasure is known.
pub(crate) fn number(id: Hash) -> String {
    crate::request::hex(&id[..4])
}

/// A solution by name and structure.
pub(crate) fn named(it: &Solution) -> String {
    if it.structure.is_empty() { it.name.clone() } else { format!("{} ({})", it.name, it.structure) }
}
