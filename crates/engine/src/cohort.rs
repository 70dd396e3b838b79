//! The merged cohort and its devices, read from the server's projections.

use crate::error::EngineError;
use crate::store::asset::{QPV, QPV_NAMES, SETTINGS, SOLUTIONS};
use crate::store::{Store, device, log, projection};
use domain::api::cite::{CiteView, QpvName};
use domain::api::cohort::*;
use domain::api::server::{DeviceRow, DevicesView};
use domain::api::solution::{SearchSolutions, SolutionView};
use domain::cite::CiteSettings;
use domain::ids::{OutingId, PathwayId};
use domain::indicators::{self, Source};
use domain::location::Location;
use domain::outing::OutingDoc;
use domain::pathway::PathwayDoc;
use domain::solution::Solution;
use domain::territory::QpvShape;
use domain::time::{Day, InstantMs};
use domain::vocabulary::DocumentKind;
use std::collections::BTreeMap;

/// A device that was silent for longer is late.
const LATE_MS: InstantMs = 24 * 3_600_000;

/// Everything the cohort's figures are made of, as the server has it now.
#[derive(Debug)]
pub struct Cohort {
    pathways: Vec<(PathwayId, PathwayDoc)>,
    outings: Vec<(OutingId, OutingDoc)>,
    qpvs: BTreeMap<Location, String>,
    settings: CiteSettings,
    completeness: Completeness,
    today: Day,
}

impl Cohort {
    /// Reads it.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn read(store: &Store, now_ms: InstantMs) -> Result<Self, EngineError> {
        let connection = store.connection();
        let (pathways, unread) = projection::all::<PathwayDoc>(connection, DocumentKind::Pathway)?;
        let (outings, unread_outings) = projection::all::<OutingDoc>(connection, DocumentKind::Outing)?;
        let names: Vec<QpvName> = store.asset(QPV_NAMES)?.unwrap_or_default();
        let devices = devices(store, now_ms)?.devices;
        let active = || devices.iter().filter(|device| !device.revoked);
        let late = |device: &&DeviceRow| device.last_seen_ms.is_none_or(|seen| now_ms - seen > LATE_MS);
        let completeness = Completeness {
            at_ms: now_ms,
            devices: active().count() as u32,
            up_to_date: active().filter(|device| !late(device) && device.announced == 0).count() as u32,
            late: active()
                .filter(|device| late(device) || device.announced > 0)
                .map(|device| LateDevice {
                    name: device.name.clone(),
                    user: device.user_name.clone(),
                    last_seen_ms: device.last_seen_ms,
                    announced: device.announced,
                })
                .collect(),
            set_aside: unread + unread_outings,
        };
        Ok(Self {
            pathways: pathways.into_iter().map(|(id, it)| (id.into(), it)).collect(),
            outings: outings.into_iter().map(|(id, it)| (id.into(), it)).collect(),
            qpvs: names.into_iter().map(|qpv| (Location::Qpv(qpv.code), qpv.name)).collect(),
            settings: store.asset(SETTINGS)?.unwrap_or_default(),
            completeness,
            today: crate::clock::civil_day(now_ms),
        })
    }

    /// Figures.
    pub fn figures(&self, filter: &CohortFilter) -> CohortView {
        self.with_source(|source| indicators::cohort(source, filter, self.completeness.clone()))
    }

    /// Map.
    pub fn map(&self, filter: &CohortFilter, shapes: &[QpvShape]) -> MapView {
        self.with_source(|source| indicators::map(source, shapes, filter, self.completeness.clone()))
    }

    /// List of pathways.
    pub fn pathways(&self, request: &ListPathways) -> PathwayPage {
        indicators::pathways(&self.pathways, request)
    }

    fn with_source<T>(&self, work: impl FnOnce(Source<'_>) -> T) -> T {
        let name = |place: Location| self.qpvs.get(&place).cloned().unwrap_or_else(|| place.to_string());
        let places: Vec<Location> = self.qpvs.keys().copied().collect();
        work(Source {
            places: &places,
            pathways: &self.pathways,
            outings: &self.outings,
            name: &name,
            mask_below: self.settings.mask_below,
            today: self.today,
        })
    }
}

/// Polygons of the cité's QPV.
///
/// # Errors
/// What SQLite refuses.
pub fn qpv_shapes(store: &Store) -> Result<Vec<QpvShape>, EngineError> {
    Ok(store.asset(QPV)?.unwrap_or_default())
}

/// The cité, for the browser face.
///
/// # Errors
/// What SQLite refuses.
pub fn cite(store: &Store) -> Result<CiteView, EngineError> {
    let settings: CiteSettings = store.asset(SETTINGS)?.unwrap_or_default();
    Ok(CiteView {
        ready: settings.is_ready(),
        qpvs: store.asset(QPV_NAMES)?.unwrap_or_default(),
        my_places: Vec::new(),
        settings,
    })
}

/// The directory of solutions, searched.
///
/// # Errors
/// What SQLite refuses.
pub fn solutions(store: &Store, request: &SearchSolutions) -> Result<Vec<SolutionView>, EngineError> {
    let all: Vec<Solution> = store.asset(SOLUTIONS)?.unwrap_or_default();
    Ok(domain::solution::search(&all, &request.query, request.domain))
}

/// The devices, the latest to synchronise last.
///
/// # Errors
/// What SQLite refuses, or a chain that does not hold.
pub fn devices(store: &Store, now_ms: InstantMs) -> Result<DevicesView, EngineError> {
    let connection = store.connection();
    let end = log::last(connection)?;
    let settings: CiteSettings = store.asset(SETTINGS)?.unwrap_or_default();
    let mut rows = Vec::new();
    for (_, member) in store.chain()?.members() {
        let seen = device::seen(connection, member.device)?;
        let missing = seen.cursor < end && !log::after(connection, member.device, seen.cursor, 1)?.is_empty();
        rows.push(DeviceRow {
            device: member.device,
            user: member.user,
            name: member.device_name.clone(),
            user_name: member.user_name.clone(),
            role: member.role,
            organisation: settings.organisations.get(&member.organisation).cloned().unwrap_or_default(),
            enrolled_at_ms: seen.enrolled_at_ms,
            last_seen_ms: seen.last_seen_ms,
            up_to_date: !missing && seen.announced == 0 && seen.last_seen_ms.is_some(),
            announced: seen.announced,
            revoked: member.revoked,
        });
    }
    rows.sort_by_key(|row| (row.revoked, row.last_seen_ms));
    Ok(DevicesView { at_ms: now_ms, devices: rows })
}
