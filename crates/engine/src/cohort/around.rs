//! What a page of figures says beside them: how complete they are, names of places.

use super::devices;
use crate::error::EngineError;
use crate::store::Store;
use crate::store::asset::{QPV_NAMES, SETTINGS};
use domain::api::cite::QpvName;
use domain::api::cohort::{Completeness, LateDevice};
use domain::cite::CiteSettings;
use domain::indicators::{Around, Zone, Zones};
use domain::time::InstantMs;

pub(super) fn around(store: &Store, now_ms: InstantMs, set_aside: u32) -> Result<Around, EngineError> {
    let names: Vec<QpvName> = store.asset(QPV_NAMES)?.unwrap_or_default();
    let settings: CiteSettings = store.asset(SETTINGS)?.unwrap_or_default();
    let name = |zone: &Zone| match zone {
        Zone::Qpv(code) => names.iter().find(|it| it.code == *code).map(|it| it.name.clone()),
        _ => None,
    };
    let zones = Zones::new(names.iter().map(|it| it.code)).all();
    Ok(Around {
        completeness: completeness(store, now_ms, set_aside)?,
        zones: zones.iter().map(|zone| (*zone, name(zone).unwrap_or_default())).collect(),
        mask_below: settings.mask_below,
        today: crate::clock::civil_day(now_ms),
    })
}

fn completeness(store: &Store, now_ms: InstantMs, set_aside: u32) -> Result<Completeness, EngineError> {
    let devices = devices(store, now_ms)?.devices;
    let active = || devices.iter().filter(|device| !device.revoked);
    Ok(Completeness {
        at_ms: now_ms,
        devices: active().count() as u32,
        up_to_date: active().filter(|device| !device.late).count() as u32,
        late: active()
            .filter(|device| device.late)
            .map(|device| LateDevice {
                name: device.name.clone(),
                user: device.user_name.clone(),
                last_seen_ms: device.last_seen_ms,
                announced: device.announced,
            })
            .collect(),
        set_aside,
    })
}
