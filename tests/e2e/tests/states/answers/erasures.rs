//! What was erased, and who is to be told.

use super::{DEVICE, LONG_NAME, ORGANISATION, day, moment};
use domain::api::caseload::{ErasedToTell, ToSettleView};
use domain::api::ledger::PartnerId;
use domain::api::person::Author;
use domain::api::server::*;
use domain::ids::SolutionId;
use domain::vocabulary::{ObjectionAct, OrderReason, Purpose};

/// Names of states.
pub fn all() -> Vec<(&'static str, ErasuresView)> {
    let waiting = ErasuresView { at_ms: None, erasures: Vec::new() };
    let none = ErasuresView { at_ms: Some(moment(0)), erasures: Vec::new() };
    vec![("erasures-waiting", waiting), ("erasures-none", none), ("erasures-full", full())]
}

fn full() -> ErasuresView {
    let device = |name: &str, confirmed: Option<i32>, seen: Option<i32>, revoked, copy| ErasureDevice {
        name: name.into(),
        user_name: LONG_NAME.into(),
        confirmed_on: confirmed.map(day),
        last_seen_ms: seen.map(moment),
        revoked,
        copy,
    };
    let devices = vec![
        device(DEVICE, Some(1), Some(3), false, Some(1)),
        device(DEVICE, None, Some(-20), false, Some(2)),
        device("Tablette 2", None, Some(2), false, None),
        device("Tablette 3", None, None, true, None),
    ];
    let row = |number: &str, cause, together: Option<&str>, devices: &[ErasureDevice], partners| ErasureRow {
        number: number.into(),
        on: day(0),
        cause,
        together: together.map(str::to_owned),
        devices: devices.to_vec(),
        partners,
    };
    let partner = |told: Option<i32>| ErasurePartner {
        // One of them protected: only its author knows which it is.
        name: told.map(|_| format!("Chantier d’insertion · {ORGANISATION}")),
        known_by: told.is_none().then(|| LONG_NAME.to_owned()),
        told_on: told.map(day),
        by: told.map(|_| LONG_NAME.into()),
    };
    let order = ErasureCause::Order(OrderReason::Request);
    ErasuresView {
        at_ms: Some(moment(5)),
        erasures: vec![
            row("9f0c41ab", order, Some("9f0c41ab"), &devices, vec![partner(Some(3)), partner(None)]),
            row("0b77d2e1", order, Some("9f0c41ab"), &devices[..1], Vec::new()),
            row("51c0ffee", ErasureCause::Stop, None, &[], Vec::new()),
            row("77aa0192", ErasureCause::Retention, None, &devices[1..], Vec::new()),
            row("d00dfeed", ErasureCause::Purpose(Purpose::ShareContact), None, &devices[..1], Vec::new()),
            row(
                "facade01",
                ErasureCause::Objection(ObjectionAct::NoSharing),
                None,
                &devices[2..],
                Vec::new(),
            ),
        ],
    }
}

/// A real list with partners to tell.
pub fn to_tell(mut real: ToSettleView) -> ToSettleView {
    let one = |n: u8, number: &str, name: Option<String>| ErasedToTell {
        number: number.into(),
        on: day(0),
        cause: "0".repeat(64),
        partner: PartnerId::Open(SolutionId::from_bytes([n; 16])),
        known_by: name.is_none().then(|| Author { name: Some(LONG_NAME.into()), ..Author::UNKNOWN }),
        known_by_left: name.is_none(),
        name,
    };
    real.to_tell = vec![
        one(1, "9f0c41ab", Some(format!("Chantier d’insertion · {ORGANISATION}"))),
        one(2, "9f0c41ab", Some("Garage solidaire".into())),
        one(3, "77aa0192", None),
    ];
    real
}
