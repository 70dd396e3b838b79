//! Lost and found tablets.

use super::{DEVICE, LONG_NAME};
use domain::api::rescue::*;
use domain::ids::DeviceId;

/// Tablets with a key, without one, removed; and what waits.
pub fn devices() -> RescuesView {
    let device = |n, name: &str, revoked, has_key| RescuableDevice {
        device: DeviceId::from_bytes([n; 16]),
        name: name.into(),
        users: vec![LONG_NAME.into(), "Samir D.".into()],
        revoked,
        has_key,
    };
    RescuesView {
        devices: vec![
            device(1, DEVICE, false, true),
            device(2, "Tablette 2", false, false),
            device(3, "Tablette 3", true, true),
        ],
        waiting: 12,
        held: vec![(LONG_NAME.into(), 3), ("Samir D.".into(), 1)],
    }
}

/// A key that opens nothing.
pub fn key() -> RescueKeyView {
    let groups = ["0000"; 14].join(" ");
    RescueKeyView { name: DEVICE.into(), key: groups.as_str().into() }
}

/// Everything that can be found at once.
pub fn report() -> Recovered {
    Recovered {
        device: DEVICE.into(),
        changes: vec![(LONG_NAME.into(), 41), ("Samir D.".into(), 1)],
        behalf: vec![("Samir D.".into(), 2)],
        set_aside: 1,
        elsewhere: 3,
        erased: 1,
        people: 17,
        parts: 6,
        records: 22,
        known: 4,
        unreadable_parts: 9,
        unreadable_drafts: 1,
        refused: 1,
    }
}
