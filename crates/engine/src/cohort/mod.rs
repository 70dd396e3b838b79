//! The merged cohort and its devices, read from the server's projections.

mod around;

use crate::error::EngineError;
use crate::store::asset::{QPV, QPV_NAMES, SETTINGS, SOLUTIONS};
use crate::store::{Store, copies, device, log, past, projection};
use around::around;
use domain::api::cite::{CiteView, QpvName};
use domain::api::cohort::*;
use domain::api::server::{DeviceRow, DevicesView};
use domain::api::solution::{SearchSolutions, SolutionView};
use domain::cite::CiteSettings;
use domain::error::{ApiError, ErrorCode};
use domain::ids::PathwayId;
use domain::indicators::{self, ClosedQuarter, Counter, Narrowing, Release, Shown, Zones};
use domain::outing::OutingDoc;
use domain::pathway::{Past, PathwayDoc};
use domain::solution::Solution;
use domain::territory::QpvShape;
use domain::time::{Day, InstantMs, Quarter};
use domain::vocabulary::DocumentKind;
use std::collections::BTreeMap;

/// A device that was silent for longer is late.
const LATE_MS: InstantMs = 24 * 3_600_000;
/// Quarters whose figures are remembered at once.
const MOST_REMEMBERED: usize = 8;

/// Figures that were computed, for as long as nothing on the log and no day has passed.
#[derive(Debug, Default)]
pub struct Figures {
    at: Option<(log::Mark, Day)>,
    releases: BTreeMap<(i32, u32), Release>,
    set_aside: u32,
}

impl Figures {
    /// A page of figures: of the closed quarter as it was closed, else as they are now.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] for a filter that is not offered; what SQLite refuses.
    pub fn page(
        &mut self,
        store: &Store,
        filter: &CohortFilter,
        now_ms: InstantMs,
    ) -> Result<CohortView, ApiError> {
        let (quarter, narrowing) = Narrowing::of(filter)?;
        let [shown, before] = self.shown(store, [quarter, quarter.before()], now_ms)?;
        let around = around(store, now_ms, self.set_aside)?;
        Ok(indicators::view(filter, narrowing, &shown, &before, around))
    }

    /// Closes a quarter that is over: every page is kept as it is now, and never changes again.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] for a quarter that is not over, or closed already.
    pub fn close(
        &mut self,
        store: &mut Store,
        quarter: Quarter,
        by: &str,
        now_ms: InstantMs,
    ) -> Result<Closed, ApiError> {
        let refused = || ApiError::about(ErrorCode::Invalid, "quarter");
        let today = crate::clock::civil_day(now_ms);
        if !quarter.is_sound() || quarter.period().to >= today {
            return Err(refused());
        }
        let release = self.releases(store, &[quarter], today)?.remove(0);
        let around = around(store, now_ms, self.set_aside)?;
        let closed = ClosedQuarter::new(release, around, now_ms, by.to_owned());
        if store.close_quarter(&closed)? {
            Ok(Closed { at_ms: now_ms, by: closed.by })
        } else {
            Err(refused())
        }
    }

    /// Quarters as they were closed, or as they are now.
    fn shown(
        &mut self,
        store: &Store,
        quarters: [Quarter; 2],
        now_ms: InstantMs,
    ) -> Result<[Shown; 2], EngineError> {
        let closed = [store.closed_quarter(quarters[0])?, store.closed_quarter(quarters[1])?];
        let open: Vec<Quarter> =
            quarters.iter().zip(&closed).filter(|(_, it)| it.is_none()).map(|(it, _)| *it).collect();
        let mut open = self.releases(store, &open, crate::clock::civil_day(now_ms))?.into_iter();
        let mut next = |closed: Option<ClosedQuarter>| match closed {
            Some(closed) => Ok(Shown::Closed(closed)),
            None => open.next().map(Shown::Now).ok_or(EngineError::Damaged),
        };
        let [first, second] = closed;
        Ok([next(first)?, next(second)?])
    }

    /// The releases of quarters, in their order; those not yet remembered are counted in one pass.
    fn releases(
        &mut self,
        store: &Store,
        quarters: &[Quarter],
        today: Day,
    ) -> Result<Vec<Release>, EngineError> {
        let at = (log::mark(store.connection())?, today);
        if self.at != Some(at) || self.releases.len() >= MOST_REMEMBERED {
            self.releases.clear();
            self.at = Some(at);
        }
        let name = |quarter: &Quarter| (quarter.year, quarter.quarter);
        let missing: Vec<Quarter> =
            quarters.iter().filter(|it| !self.releases.contains_key(&name(it))).copied().collect();
        if !missing.is_empty() {
            let (counted, set_aside) = count(store, &missing, today)?;
            self.set_aside = set_aside;
            self.releases.extend(counted.into_iter().map(|it| (name(&it.quarter), it)));
        }
        let found = quarters.iter().map(|it| self.releases.get(&name(it)).cloned());
        found.collect::<Option<_>>().ok_or(EngineError::Damaged)
    }
}

fn zones(store: &Store) -> Result<Zones, EngineError> {
    let names: Vec<QpvName> = store.asset(QPV_NAMES)?.unwrap_or_default();
    Ok(Zones::new(names.into_iter().map(|qpv| qpv.code)))
}

/// Counts quarters, document by document; and how many documents could not be read.
fn count(store: &Store, quarters: &[Quarter], today: Day) -> Result<(Vec<Release>, u32), EngineError> {
    let connection = store.connection();
    let settings: CiteSettings = store.asset(SETTINGS)?.unwrap_or_default();
    let zones = zones(store)?;
    let organisations = || settings.organisations.keys().copied();
    let mut counters: Vec<Counter> =
        quarters.iter().map(|it| Counter::new(*it, zones.clone(), organisations(), today)).collect();
    let unread = past::each_pathway(connection, &store.chain()?, |_, pathway, past| {
        counters.iter_mut().for_each(|counter| counter.pathway(&pathway, &past));
    })?;
    let (outings, unread_outings) = projection::all::<OutingDoc>(connection, DocumentKind::Outing)?;
    for (_, outing) in &outings {
        counters.iter_mut().for_each(|counter| counter.outing(outing));
    }
    let releases = counters.into_iter().map(|counter| counter.masked(settings.mask_below));
    Ok((releases.collect(), unread + unread_outings))
}

/// Every pathway with its past, read once for as many pages of the list as are asked for.
#[derive(Debug)]
pub struct Pathways {
    all: Vec<(PathwayId, PathwayDoc, Past)>,
    zones: Zones,
    today: Day,
}

impl Pathways {
    /// Reads them.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn read(store: &Store, now_ms: InstantMs) -> Result<Self, EngineError> {
        let mut all = Vec::new();
        past::each_pathway(store.connection(), &store.chain()?, |id, pathway, past| {
            all.push((id, pathway, past));
        })?;
        Ok(Self { all, zones: zones(store)?, today: crate::clock::civil_day(now_ms) })
    }

    /// A page of the list without names, as they are now.
    pub fn page(&self, request: &ListPathways) -> PathwayPage {
        indicators::pathways(&self.all, &self.zones, request, self.today)
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
        established: false,
        team: Vec::new(),
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
        let by = log::Bringer { device: member.device, store: seen.store };
        let missing = seen.cursor < end && !log::after(connection, by, seen.cursor, 0, 1)?.is_empty();
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
            late: seen.announced > 0 || seen.last_seen_ms.is_none_or(|at| now_ms - at > LATE_MS),
            announced: seen.announced,
            revoked: member.revoked,
            copies: copies::lately(connection, member.device, now_ms)?,
        });
    }
    rows.sort_by_key(|row| (row.revoked, row.last_seen_ms));
    Ok(DevicesView { at_ms: now_ms, devices: rows })
}
